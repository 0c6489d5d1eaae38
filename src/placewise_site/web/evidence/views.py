"""Claims that were stated: search, one with all that is known of it, and what stands against what."""

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.ledger.lifecycle import Removed
from placewise_site.evidence.ledger.models import StatedClaim
from placewise_site.evidence.ledger.queries import find_uses
from placewise_site.evidence.ledger.queries.conflicts import find_conflicts, find_due, with_claims
from placewise_site.evidence.ledger.queries.listing import (
    find_claim,
    find_claims,
    find_parts,
    get_documents,
    get_history,
    read_claims_of,
)
from placewise_site.web.evidence import wording
from placewise_site.web.evidence.day import AskedDay, read_day
from placewise_site.web.opening import tells_what_is_closed

MOST_ROWS = 50
MOST_CONFLICTS = 20
"""Each shows its figures side by side, so fewer stand on a page."""


@tells_what_is_closed
def evidence_search(request: HttpRequest) -> HttpResponse:
    day, words, page = read_day(request), request.GET.get("words", "").strip(), _page(request)
    count, rows = find_claims(request.user, words, day.known_by, (page - 1) * MOST_ROWS, MOST_ROWS)
    claims = read_claims_of(rows, day.on, day.known_by)
    context = (
        _said(day)
        | {
            "claims": claims,
            "words": words,
            "may_propose": request.user.has_perm("evidence.propose_claims"),
        }
        | _paging(day, "evidence", page, -(-count // MOST_ROWS), words=words)
        | {"count": count}
    )
    return render(request, "evidence/search.jinja", context)


@tells_what_is_closed
def stated_claim(request: HttpRequest, claim: str) -> HttpResponse:
    day = read_day(request)
    try:
        found = find_claim(request.user, claim, day.on, day.known_by)
    except StatedClaim.DoesNotExist:
        raise Http404(f"no claim {claim} is for you to read") from None
    context = _said(day) | {"found": found, "history": get_history(request.user, claim, day.known_by)}
    if found.content is None:
        return render(request, "evidence/removed.jinja", context, status=HTTPStatus.GONE)
    context |= {
        "columns": wording.columns(found.row, found.content),
        "source": wording.source(found.row, found.content, context["documents"].get(found.content.document)),
        "parts": read_claims_of(find_parts(request.user, claim, day.known_by), day.on, day.known_by),
        "uses": find_uses(claim, day.known_by),
        "removals": Removed.choices,
        "may_propose": day.known_by is None and request.user.has_perm("evidence.propose_claims"),
        "may_agree": day.known_by is None and request.user.has_perm("evidence.agree_claims"),
        "may_remove": day.known_by is None and request.user.has_perm("evidence.remove_claims"),
    }
    return render(request, "evidence/claim.jinja", context)


@tells_what_is_closed
def conflicts(request: HttpRequest) -> HttpResponse:
    day, type_, page = read_day(request), request.GET.get("type", ""), _page(request)
    count, blocking, shown = find_conflicts(
        request.user, type_, day.clock, day.known_by, (page - 1) * MOST_CONFLICTS, MOST_CONFLICTS
    )
    context = _said(day) | {
        "conflicts": with_claims(request.user, shown, day.known_by),
        "blocking": blocking,
        "type": type_,
        "types": {key: words for key, words in wording.TYPE_WORDS.items() if key != "superseded"},
        "due_by_document": find_due(request.user, None, day.known_by, MOST_CONFLICTS),
        "due_today": find_due(request.user, day.on, day.known_by, MOST_CONFLICTS),
        "may_settle": day.known_by is None and request.user.has_perm("evidence.agree_claims"),
    }
    return render(
        request,
        "evidence/conflicts.jinja",
        context | _paging(day, "conflicts", page, -(-count // MOST_CONFLICTS), type=type_) | {"count": count},
    )


def _said(day: AskedDay) -> dict[str, Any]:
    return {"day": day, "wording": wording, "documents": get_documents()}


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1


def _paging(day: AskedDay, view: str, page: int, pages: int, **asked: str) -> dict[str, str]:
    """The addresses of the pages before and after, "" where there is none."""

    def link(number: int) -> str:
        return day.link(view, {**asked, "page": str(number)}) if 0 < number <= pages else ""

    return {"previous": link(page - 1), "following": link(page + 1)}
