"""Everybody on any list once, and one person across all lists: make every contact count."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.actions import record_for_person, record_reach
from placewise_site.care.forms import ReachForm, StepForm
from placewise_site.care.lifecycle import Reach, State
from placewise_site.care.opening import find_practice, not_shown, open_everybody, signed_in
from placewise_site.care.queries import available_lists, reach_of, steps_of, works_by_list
from placewise_site.care.standing import NOTHING
from placewise_site.care.working_list import REACHES, UNKNOWN
from placewise_site.evidence.persons import AccessDenied, FaultsFound, open_person
from placewise_site.organisations.models import Organisation


@asks_for_second_factor
def every_contact(request: HttpRequest, practice: str) -> HttpResponse:
    place = find_practice(request, practice)
    rows, works = open_everybody(request, place), works_by_list(place)
    people = [
        {
            "rank": rank,
            "row_key": key,
            "gaps": [{**gap, "work": works.get(gap["list"], {}).get(key, NOTHING)} for gap in gaps],
        }
        for rank, key, gaps in zip(*(rows[name].to_pylist() for name in ("rank", "row_key", "gaps")), strict=True)
    ]
    context = {
        "practice": place,
        "people": people,
        "titles": {card.slug: card.title for card in available_lists()},
        "here": reverse("every_contact", kwargs={"practice": place.code}),
    }
    return _private(render(request, "care/every_contact.jinja", context))


@asks_for_second_factor
def person(request: HttpRequest, practice: str, row_key: str) -> HttpResponse:
    """One person's reasons on every list, what was done, and what to record; a form for work and one for reach."""
    place = find_practice(request, practice)
    try:
        rows = open_person(by=signed_in(request), practice=place, row_key=row_key[:16])
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(place)) from denied
    except FaultsFound:
        context: dict[str, Any] = {"practice": place, "steps": [], "titles": {}}
        return _private(render(request, "care/on_no_list.jinja", context, status=HTTPStatus.NOT_FOUND))
    step, reach = StepForm(initial={"on": timezone.localdate()}), ReachForm()
    wrong: list[str] = []
    chosen = request.POST.getlist("lists") or [each["list"] for each in rows if each["excluded"] is None]
    if request.method == "POST":
        done, step, reach, wrong = _record(request, place, row_key, rows)
        if done:
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    works = works_by_list(place)
    context = {
        "practice": place,
        "rows": [{**each, "work": works.get(each["list"], {}).get(row_key, NOTHING)} for each in rows],
        "cards": {card.slug: card for card in available_lists()},
        "steps": steps_of(place, row_key),
        "reached": REACHES[reach_of(place).get(row_key, UNKNOWN)],
        "step": step,
        "reach": reach,
        "wrong": wrong,
        "chosen": chosen,
    }
    failed = bool(wrong or step.errors or reach.errors)
    status = HTTPStatus.BAD_REQUEST if failed else HTTPStatus.OK
    return _private(render(request, "care/person.jinja", context, status=status))


def _record(
    request: HttpRequest, practice: Organisation, row_key: str, rows: list[dict[str, Any]]
) -> tuple[str, StepForm, ReachForm, list[str]]:
    """What was recorded, in a sentence, or "" with the forms and what is wrong."""
    if "reach" in request.POST:
        reach = ReachForm(request.POST)
        if reach.is_valid():
            found = Reach(reach.cleaned_data["reach"])
            record_reach(by=signed_in(request), practice=practice, listed=[row_key], row_key=row_key, reach=found)
            return f"Recorded: {found.label.lower()}.", StepForm(), reach, []
        return "", StepForm(initial={"on": timezone.localdate()}), reach, []
    step, asked = StepForm(request.POST), set(request.POST.getlist("lists"))
    if not step.is_valid():
        return "", step, ReachForm(), []
    said = step.cleaned_data
    gaps = {each["list"]: each["excluded"] for each in rows if each["list"] in asked}
    try:
        record_for_person(
            by=signed_in(request), practice=practice, row_key=row_key, gaps=gaps, state=State(said["state"]),
            route=said["route"], on=said["on"],
        )  # fmt: skip
    except ValidationError as error:
        return "", step, ReachForm(), error.messages
    return f"Recorded: {State(said['state']).label.lower()}.", step, ReachForm(), []


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
