"""Equality impact assessments: what the data say, what people say, and when it is complete."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from placewise_site.assurance.actions.assessments import (
    begin_assessment,
    bring_assessment,
    say_effect,
    sign_assessment,
)
from placewise_site.assurance.models import Assessment
from placewise_site.assurance.queries.assessments import find_assessments, find_unsaid, get_characteristics
from placewise_site.evidence.releases import current_release, find_release
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import Sight
from placewise_site.meetings.queries.cases import find_items_to_assess
from placewise_site.web.assurance.asking import ask, check_may, for_roles, form_page
from placewise_site.web.assurance.forms import AssessmentForm, EffectForm, ItemForm
from placewise_site.web.assurance.released import programmes_of
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day
from placewise_site.web.opening import answer_nothing_yet

PRACTICE = "practice"


@for_roles
@of_a_day
def assessments(request: HttpRequest, day: AskedDay) -> HttpResponse:
    found = find_assessments(request.user).defer("prefilled")
    return render(request, "assurance/assessments.jinja", {"day": day, "assessments": found})


@for_roles
@of_a_day
def assessment(request: HttpRequest, day: AskedDay, assessment: int) -> HttpResponse:
    found = get_object_or_404(find_assessments(request.user), pk=assessment)
    cards = find_release(found.release).manifest.measures
    said = json.loads(found.prefilled)
    context = {
        "day": day,
        "assessment": found,
        "area": said["area"],
        "month": said["month"],
        "characteristics": get_characteristics(found),
        "unsaid": find_unsaid(found),
        "scales": {card.measure: scale_of(card) for card in cards},
    }
    return render(request, "assurance/assessment.jinja", context)


@for_roles
def new_assessment(request: HttpRequest) -> HttpResponse:
    check_may(request, "assess_equality")
    release = current_release()
    if release is None:
        return answer_nothing_yet(request)
    areas = {code: area.name for code, area in Sight(release, request.user).areas.items() if area.level != PRACTICE}
    return ask(
        request,
        AssessmentForm(request.POST or None, areas=areas, programmes=programmes_of(request)),
        lambda by, **said: begin_assessment(by=by, release=release, **said),
        title="Begin an assessment of equality",
        button="Begin it",
        done="It is filled in as far as the data go. Next: say what is expected for whom.",
        back=reverse("assessments"),
    )


@for_roles
def effect(request: HttpRequest, assessment: int) -> HttpResponse:
    check_may(request, "assess_equality")
    found = get_object_or_404(Assessment.objects.visible_to(request.user), pk=assessment)
    asked = request.GET.get("characteristic", "")
    return ask(
        request,
        EffectForm(request.POST or None, initial={"characteristic": asked}),
        lambda by, **said: say_effect(by=by, assessment=found, **said),
        title=f"What is expected: {found}",
        button="Keep this",
        done="It is kept.",
        back=reverse("assessment", kwargs={"assessment": found.pk}),
    )


sign = form_page(
    may="sign_assessments",
    form=ItemForm,
    action=sign_assessment,
    title="Sign the assessment: {0}",
    button="Sign it",
    done="The assessment is signed and closed.",
    back="assessment",
    of=Assessment,
    name="assessment",
    lead="Once signed it is closed, and a decision may rest on it.",
    given=lambda request, row: {"items": find_items_to_assess(request.user), "may_wait": True},
)


bring = form_page(
    may="sign_assessments",
    form=ItemForm,
    action=bring_assessment,
    title="Bring the assessment to a meeting: {0}",
    button="Bring it",
    done="A decision on the item may rest on this assessment.",
    back="assessment",
    of=Assessment,
    name="assessment",
    given=lambda request, row: {"items": find_items_to_assess(request.user)},
)
