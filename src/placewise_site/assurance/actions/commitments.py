"""Record what one organisation owes another, give evidence, and close it: never by whoever gave the evidence."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import works_at
from placewise_site.accounts.words import write_words
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.lifecycle import Kind, State, find_refusal, is_for_owner
from placewise_site.assurance.models import Commitment, Review, Step
from placewise_site.organisations.models import Organisation


@transaction.atomic
def record_commitment(
    *,
    by: User | None,
    kind: Kind,
    title: str,
    source: str,
    owner: Organisation,
    owed_to: Organisation,
    due: date,
    measure: str = "",
    no_measure_because: str = "",
    programme: str = "",
    review: Review | None = None,
    is_invented: bool = False,
) -> Commitment:
    """Raises ValidationError where an organisation owes itself, or nothing says how it will be seen to have worked."""
    check_may(by, "keep_reviews" if review else "keep_commitments")
    if owner == owed_to:
        raise ValidationError("Name another organisation to which it is owed: nobody answers to themselves.")
    if bool(measure) == bool(no_measure_because.strip()):
        raise ValidationError("Name the measure by which it will be seen to have worked, or say why there is none.")
    commitment = Commitment(
        at=timezone.now(),
        by=by,
        kind=kind,
        title=title,
        source=source,
        owner=owner,
        owed_to=owed_to,
        due=due,
        measure=measure,
        no_measure_because=no_measure_because.strip(),
        programme=programme,
        review=review,
        is_invented=is_invented,
    )
    commitment.full_clean()
    commitment.save()
    record_event(by=by, action="commitment_recorded", subject=title, commitment=commitment.pk, owner=owner.code)
    return commitment


@transaction.atomic
def take_step(
    *, by: User | None, commitment: Commitment, state: State, words: str = "", evidence_on: date | None = None
) -> Step:
    """Raises PermissionDenied for whoever works for neither side, ValidationError where the step is not to be taken."""
    Commitment.objects.select_for_update().get(pk=commitment.pk)
    before = get_state(commitment)
    evidence = [step for step in commitment.steps.all() if step.state == State.EVIDENCED]
    _check_side(by, commitment, before, state)
    refusal = find_refusal(before, state, has_words=bool(words.strip()), has_evidence=bool(evidence))
    if refusal:
        raise ValidationError(refusal)
    if state == State.CLOSED and by is not None and by.pk == evidence[-1].by_id:
        raise PermissionDenied("Whoever gave the evidence does not close it: ask somebody to whom it is owed.")
    if state == State.EVIDENCED and (evidence_on is None or evidence_on > timezone.localdate()):
        raise ValidationError("Say of which day the evidence is: today or before.")
    step = Step.objects.create(
        at=timezone.now(),
        by=by,
        commitment=commitment,
        state=state,
        words=write_words(by=by, words=words) if words.strip() else None,
        evidence_on=evidence_on if state == State.EVIDENCED else None,
    )
    record_event(by=by, action="commitment_moved", subject=commitment.title, commitment=commitment.pk, state=state)
    return step


def get_state(commitment: Commitment) -> State:
    """Where it stands now."""
    last = commitment.steps.last()
    return State(last.state) if last else State.OPEN


def _check_side(by: User | None, commitment: Commitment, before: State, after: State) -> None:
    if by is None:
        return
    side = commitment.owner if is_for_owner(before, after) else commitment.owed_to
    if not works_at(by, side):
        raise PermissionDenied(f"This step is for people of {side}.")
