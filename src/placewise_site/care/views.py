"""My patients: the lists of a practice, for the team that treats its patients."""

from http import HTTPStatus
from typing import Any

import pyarrow as pa
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.queries import practices_open_to, recipients_open_to
from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.forms import StepForm, get_step_form
from placewise_site.care.lifecycle import ATTENDED, State
from placewise_site.care.month_strip import draw_strip, months_in_words
from placewise_site.care.opening import find_asked, not_shown, open_list, signed_in
from placewise_site.care.queries import ListCard, available_lists, contacts_for_others, handed_lists, reach_of, works_of
from placewise_site.care.working_list import REACHES, WorkingList, build_working_list
from placewise_site.evidence.explanations import FaultsFound, explain_case
from placewise_site.evidence.persons import AccessDenied, find_done
from placewise_site.organisations.models import Organisation

MOST_ROWS = 1_000_000
"""No list is longer: what a reader writes into an address is kept in the log, so it is kept short."""


@asks_for_second_factor
def my_patients(request: HttpRequest) -> HttpResponse:
    lists = sorted(available_lists(), key=lambda card: card.title)
    recipients = {each: handed_lists(each) for each in recipients_open_to(request.user)}
    context = {"practices": practices_open_to(request.user), "lists": lists, "recipients": recipients}
    status = HTTPStatus.OK if context["practices"] or recipients else HTTPStatus.FORBIDDEN
    return render(request, "care/my_patients.jinja", context, status=status)


@asks_for_second_factor
def call_list(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    place, card = find_asked(request, practice, list_slug)
    rows = open_list(request, place, card)
    form = get_step_form(card.recipient)(initial={"on": timezone.localdate()})
    return show_list(request, place, card, rows, form)


def show_list(
    request: HttpRequest,
    practice: Organisation,
    card: ListCard,
    rows: pa.Table,
    form: StepForm,
    wrong: tuple[str, ...] = (),
    chosen: frozenset[str] = frozenset(),
) -> HttpResponse:
    """The page of a list that was opened. wrong: why nothing that was sent was recorded; chosen: keys still ticked."""
    only = request.GET.get("reach", "")
    working = _work_through(practice, card, rows, only if only in REACHES else "")
    here = reverse("call_list", kwargs={"practice": practice.code, "list_slug": card.slug})
    context = {
        "practice": practice,
        "card": card,
        "working": working,
        "form": form,
        "wrong": wrong,
        "chosen": chosen,
        "reaches": REACHES,
        "only": only if only in REACHES else "",
        "here": here,
        "seen": ATTENDED if card.recipient else State.SEEN.label,
        "everybody": reverse("every_contact", kwargs={"practice": practice.code}),
    }
    failed = bool(wrong or form.errors)
    status = HTTPStatus.BAD_REQUEST if failed else HTTPStatus.OK
    response = render(request, "care/call_list.jinja", context, status=status)
    add_never_cache_headers(response)
    return response


def _work_through(practice: Organisation, card: ListCard, rows: pa.Table, only: str) -> WorkingList:
    works = works_of(practice, card.slug)
    return build_working_list(
        rows,
        works,
        reach_of(practice),
        contacts_for_others(practice, card.slug, timezone.localdate()),
        find_done(practice, card.slug) if works else frozenset(),
        only,
    )


@asks_for_second_factor
def why_listed(request: HttpRequest, practice: str, list_slug: str, build: str, rank: int) -> HttpResponse:
    """One row of a list, laid open. build: the one whose list was on the page that led here."""
    place, card = find_asked(request, practice, list_slug)
    if rank > MOST_ROWS or card.recipient:
        raise Http404("no list is so long, and a recipient sees no more of a record than its list says")
    context: dict[str, Any] = {"practice": place, "card": card, "rank": rank}
    try:
        case = explain_case(by=signed_in(request), practice=place, list_slug=card.slug, build=build, rank=rank)
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(place)) from denied
    except FaultsFound as gone:
        context |= {"reason": str(gone.faults[0])}
        response = render(request, "care/not_explained.jinja", context, status=HTTPStatus.NOT_FOUND)
    else:
        context |= {"case": case, "draw_strip": draw_strip, "months_in_words": months_in_words}
        response = render(request, "care/why_listed.jinja", context)
    add_never_cache_headers(response)
    return response
