"""Enter a risk and its controls, test a control, and move a score: by its measure, or for a recorded reason."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import Control, ControlTest, Risk, Score, Watch
from placewise_site.assurance.models.risks import Ground
from placewise_site.assurance.rules.risks import LEAST, MOST, get_likelihood
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import NotAllowed, Sight
from placewise_site.organisations.models import Organisation


@transaction.atomic
def enter_risk(
    *,
    by: User | None,
    title: str,
    what_follows: str,
    owner: Organisation,
    likelihood: int,
    impact: int,
    reason: str,
    programme: str = "",
    is_invented: bool = False,
) -> Risk:
    """reason: why this score to begin with. Raises ValidationError for a score off the scale."""
    check_may(by, "keep_risks")
    risk = Risk.objects.create(
        at=timezone.now(),
        by=by,
        title=title,
        what_follows=what_follows,
        owner=owner,
        programme=programme,
        is_invented=is_invented,
    )
    _score(by, risk, likelihood, impact, Ground.OPENED, reason=reason)
    record_event(by=by, action="risk_entered", subject=title, risk=risk.pk)
    return risk


@transaction.atomic
def watch_risk(*, by: User | None, risk: Risk, measure: str, area: str, steps: Sequence[float], better: str) -> Watch:
    """From now on the measure says how likely the risk is. steps: four of its values, the best first.

    better: higher or lower, as the measure has it. Raises ValidationError for steps out of order.
    """
    check_may(by, "keep_risks")
    try:
        get_likelihood(None, steps, higher_is_better=better == "higher")
    except ValueError as error:
        raise ValidationError(f"The {error}.") from error
    watch = Watch.objects.create(
        at=timezone.now(), by=by, risk=risk, measure=measure, area=area, steps=[float(each) for each in steps]
    )
    record_event(by=by, action="risk_watched", subject=risk.title, risk=risk.pk, measure=measure)
    return watch


@transaction.atomic
def score_by_measure(*, by: User | None, risk: Risk, sight: Sight) -> Score | None:
    """Move the likelihood to where the released value of the measure puts it; None where it stands there already.

    Raises ValidationError where no measure watches the risk, or its value is hidden or not released.
    """
    check_may(by, "keep_risks")
    if not hasattr(risk, "watch"):
        raise ValidationError("No measure watches this risk: give a reason for another score.")
    watch = risk.watch
    try:
        card, cell = sight.measure(watch.measure), sight.latest(watch.measure, watch.area)
    except (NotReleased, NotAllowed) as error:
        raise ValidationError(f"Its measure cannot be read: {error}.") from error
    likelihood = get_likelihood(cell.value, watch.steps, higher_is_better=card.better == "higher")
    if likelihood is None:
        raise ValidationError("Its measure is hidden or not reported in this release, so the score stays.")
    last = risk.scores.order_by("-pk")[:1].get()
    if last.likelihood == likelihood:
        return None
    score = _score(by, risk, likelihood, last.impact, Ground.MEASURE, claim=cell.address)
    record_event(by=by, action="risk_scored_by_measure", subject=risk.title, risk=risk.pk, claim=cell.address)
    return score


@transaction.atomic
def score_for_reason(*, by: User | None, risk: Risk, likelihood: int, impact: int, reason: str) -> Score:
    """Move the score because somebody says why. Raises ValidationError without a reason, or for no move."""
    check_may(by, "keep_risks")
    last = risk.scores.order_by("-pk")[:1].get()
    if (last.likelihood, last.impact) == (likelihood, impact):
        raise ValidationError("The score stands there already.")
    score = _score(by, risk, likelihood, impact, Ground.REASON, reason=reason)
    record_event(by=by, action="risk_scored_for_reason", subject=risk.title, risk=risk.pk, score=score.pk)
    return score


@transaction.atomic
def add_control(*, by: User | None, risk: Risk, title: str, line: int, test_every_days: int) -> Control:
    """Until it is tested the risk is red."""
    check_may(by, "keep_risks")
    control = Control(at=timezone.now(), by=by, risk=risk, title=title, line=line, test_every_days=test_every_days)
    control.full_clean()
    control.save()
    record_event(by=by, action="control_added", subject=risk.title, control=control.pk)
    return control


@transaction.atomic
def try_control(*, by: User | None, control: Control, on: date, passed: bool, evidence: str) -> ControlTest:
    """Raises ValidationError for a day to come, or without what was found."""
    check_may(by, "keep_risks")
    if on > timezone.localdate():
        raise ValidationError("A test of a day to come has not been made yet.")
    words = write_words(by=by, words=evidence)
    test = ControlTest.objects.create(at=timezone.now(), by=by, control=control, on=on, passed=passed, evidence=words)
    record_event(by=by, action="control_tested", subject=control.risk.title, control=control.pk, passed=passed)
    return test


def _score(
    by: User | None, risk: Risk, likelihood: int, impact: int, ground: Ground, *, claim: str = "", reason: str = ""
) -> Score:
    if not (LEAST <= likelihood <= MOST and LEAST <= impact <= MOST):
        raise ValidationError(f"Likelihood and impact are {LEAST} to {MOST} each.")
    words = None if ground == Ground.MEASURE else write_words(by=by, words=reason)
    return Score.objects.create(
        at=timezone.now(),
        by=by,
        risk=risk,
        likelihood=likelihood,
        impact=impact,
        ground=ground,
        claim=claim,
        reason=words,
    )
