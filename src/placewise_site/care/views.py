"""My patients: the lists of a practice, for the team that treats its patients."""

import io
from http import HTTPStatus
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import practices_open_to
from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.month_strip import draw_strip, months_in_words
from placewise_site.care.queries import ListCard, available_lists, find_list, rows_to_show
from placewise_site.evidence.explanations import FaultsFound, explain_case
from placewise_site.evidence.persons import AccessDenied, open_call_list
from placewise_site.organisations.models import Organisation

SEALED = ["rank", "reason", "excluded", "shown", "sealed", "key_id"]
"""What leaves in a download. The pseudonym stays: beside the NHS number it would lead through every other table."""

MOST_ROWS = 1_000_000
"""No list is longer: what a reader writes into an address is kept in the log, so it is kept short."""


@asks_for_second_factor
def my_patients(request: HttpRequest) -> HttpResponse:
    context = {"practices": practices_open_to(request.user), "lists": available_lists()}
    status = HTTPStatus.OK if context["practices"] else HTTPStatus.FORBIDDEN
    return render(request, "care/my_patients.jinja", context, status=status)


@asks_for_second_factor
def call_list(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    place, card = _asked(request, practice, list_slug)
    rows = rows_to_show(_open(request, place, card))
    context = {
        "practice": place,
        "card": card,
        "to_call": [row for row in rows if row["excluded"] is None],
        "excluded": [row for row in rows if row["excluded"] is not None],
    }
    response = render(request, "care/call_list.jinja", context)
    add_never_cache_headers(response)
    return response


@asks_for_second_factor
def sealed_list(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    place, card = _asked(request, practice, list_slug)
    file = io.BytesIO()
    pq.write_table(_open(request, place, card).select(SEALED), file)
    response = HttpResponse(file.getvalue(), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = f'attachment; filename="{card.slug}-{place.code}.parquet"'
    add_never_cache_headers(response)
    return response


@asks_for_second_factor
def why_listed(request: HttpRequest, practice: str, list_slug: str, build: str, rank: int) -> HttpResponse:
    """One row of a list, laid open. build: the one whose list was on the page that led here."""
    place, card = _asked(request, practice, list_slug)
    assert isinstance(request.user, User)
    if rank > MOST_ROWS:
        raise Http404("no list is so long")
    context: dict[str, Any] = {"practice": place, "card": card, "rank": rank}
    try:
        case = explain_case(by=request.user, practice=place, list_slug=card.slug, build=build, rank=rank)
    except AccessDenied as denied:
        raise PermissionDenied(_not_shown(place)) from denied
    except FaultsFound as gone:
        context |= {"reason": str(gone.faults[0])}
        response = render(request, "care/not_explained.jinja", context, status=HTTPStatus.NOT_FOUND)
    else:
        context |= {"case": case, "draw_strip": draw_strip, "months_in_words": months_in_words}
        response = render(request, "care/why_listed.jinja", context)
    add_never_cache_headers(response)
    return response


def _asked(request: HttpRequest, practice: str, list_slug: str) -> tuple[Organisation, ListCard]:
    place = get_object_or_404(Organisation.objects.visible_to(request.user), code=practice)
    card = find_list(list_slug)
    if card is None:
        raise Http404("there is no such list in the build in force")
    return place, card


def _open(request: HttpRequest, practice: Organisation, card: ListCard) -> pa.Table:
    assert isinstance(request.user, User)
    try:
        return open_call_list(by=request.user, practice=practice, list_slug=card.slug)
    except AccessDenied as denied:
        raise PermissionDenied(_not_shown(practice)) from denied


def _not_shown(practice: Organisation) -> str:
    return (
        f"This list is for the team that treats the patients of {practice.name}. "
        "Nothing was shown, and the attempt was recorded."
    )
