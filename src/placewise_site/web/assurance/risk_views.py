"""The register of risks, the map of assurance, one risk, and what is done to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.assurance.actions.risks import (
    add_control,
    enter_risk,
    score_by_measure,
    score_for_reason,
    try_control,
    watch_risk,
)
from placewise_site.assurance.models import Control, Risk
from placewise_site.assurance.queries.risks import count_colours, get_cards
from placewise_site.evidence.releases import current_release
from placewise_site.evidence.sight import Sight
from placewise_site.web.assurance.asking import ask, check_may, for_roles, form_page
from placewise_site.web.assurance.forms import ControlForm, NothingForm, RiskForm, ScoreForm, TrialForm, WatchForm
from placewise_site.web.assurance.released import better_of, scales_of, titles_of
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day


@for_roles
@of_a_day
def risks(request: HttpRequest, day: AskedDay) -> HttpResponse:
    cards = get_cards(Risk.objects.visible_to(request.user), day.on)
    context = {"day": day, "cards": cards, "colours": count_colours(cards)}
    return render(request, "assurance/risks.jinja", context)


@for_roles
@of_a_day
def risk(request: HttpRequest, day: AskedDay, risk: int) -> HttpResponse:
    found = get_object_or_404(Risk.objects.visible_to(request.user), pk=risk)
    (card,) = get_cards(Risk.objects.visible_to(request.user).filter(pk=found.pk), day.on)
    context = {"day": day, "card": card, "titles": titles_of(), "scales": scales_of()}
    return render(request, "assurance/risk.jinja", context)


new_risk = form_page(
    may="keep_risks",
    form=RiskForm,
    action=enter_risk,
    title="Enter a risk",
    button="Enter this risk",
    done="The risk is in the register. It is red until it has a control that was tested.",
    back="risks",
)


score = form_page(
    may="keep_risks",
    form=ScoreForm,
    action=score_for_reason,
    title="Move the score: {0}",
    button="Move the score",
    done="The score has moved, and the reason stands beside it.",
    back="risk",
    of=Risk,
    name="risk",
    lead="A score moves with the measure that the risk is watched by, or for a reason that others can read.",
)


@for_roles
def measure_score(request: HttpRequest, risk: int) -> HttpResponse:
    check_may(request, "keep_risks")
    found = get_object_or_404(Risk.objects.visible_to(request.user), pk=risk)

    def read(by: object) -> None:
        release = current_release()
        if release is not None:
            score_by_measure(by=request.user, risk=found, sight=Sight(release, request.user))  # type: ignore[arg-type]

    return ask(
        request,
        NothingForm(request.POST if request.method == "POST" else None),
        read,
        title=f"Read the measure: {found}",
        button="Read it now",
        done="The score stands where the measure of the release in force puts it.",
        back=reverse("risk", kwargs={"risk": found.pk}),
        lead="How likely the risk is follows from the released value of its measure.",
    )


@for_roles
def watch(request: HttpRequest, risk: int) -> HttpResponse:
    check_may(request, "keep_risks")
    found = get_object_or_404(Risk.objects.visible_to(request.user), pk=risk)
    return ask(
        request,
        WatchForm(request.POST or None, measures=titles_of()),
        lambda by, **said: watch_risk(by=by, risk=found, better=better_of(said["measure"]), **said),
        title=f"Watch by a measure: {found}",
        button="Watch it",
        done="From now on the measure says how likely the risk is.",
        back=reverse("risk", kwargs={"risk": found.pk}),
    )


new_control = form_page(
    may="keep_risks",
    form=ControlForm,
    action=add_control,
    title="Add a control: {0}",
    button="Add this control",
    done="The control is entered. Until it is tested the risk is red.",
    back="risk",
    of=Risk,
    name="risk",
)


control_trial = form_page(
    may="keep_risks",
    form=TrialForm,
    action=try_control,
    title="Record a test: {0}",
    button="Record this test",
    done="The test is recorded.",
    back="risk",
    of=Control,
    name="control",
    back_of=lambda row: {"risk": row.risk_id},
)
