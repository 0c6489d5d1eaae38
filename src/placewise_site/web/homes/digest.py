"""A practice's week on one page, to print or to read on the screen: what is new, what worsened, what to do first."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.opening import find_practice, not_shown, open_everybody, signed_in
from placewise_site.care.progress import WEEK, done_since, progress_of
from placewise_site.care.queries import available_lists, works_by_list
from placewise_site.care.standing import NOTHING
from placewise_site.evidence.persons import AccessDenied, open_changes
from placewise_site.evidence.releases import NotReleased, current_release
from placewise_site.evidence.sight import Sight
from placewise_site.organisations.models import Organisation
from placewise_site.programmes.queries import findings_of_own_practice
from placewise_site.web.findings.rows import WORSE, FindingRow, build_rows, get_standing

FIRST = 5
"""So many people are named to begin with: the first by the published rule with whom nothing is under way."""


@asks_for_second_factor
def this_week(request: HttpRequest, practice: str) -> HttpResponse:
    place, today, lists = find_practice(request, practice), timezone.localdate(), available_lists()
    try:
        changes = open_changes(by=signed_in(request), practice=place)
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(place)) from denied
    progress = progress_of(place, lists, changes, today)
    context = {
        "practice": place,
        "today": today,
        "since": today - WEEK,
        "progress": progress,
        "grew": [each for each in progress if each.grew_by],
        "unanswered": [each for each in progress if each.unanswered],
        "done": done_since(place, today - WEEK),
        "worse": _worse(request, place),
        "first": _first(request, place),
        "titles": {card.slug: card.title for card in lists},
    }
    response = render(request, "homes/this_week.jinja", context)
    add_never_cache_headers(response)
    return response


def _first(request: HttpRequest, practice: Organisation) -> list[dict[str, Any]]:
    """rank, row_key and the lists that call them."""
    rows, works = open_everybody(request, practice), works_by_list(practice)
    found: list[dict[str, Any]] = []
    for rank, key, gaps in zip(*(rows[name].to_pylist() for name in ("rank", "row_key", "gaps")), strict=True):
        called = [gap["list"] for gap in gaps if gap["excluded"] is None]
        touched = [each for each in called if works.get(each, {}).get(key, NOTHING).on]
        if called and not touched:
            found.append({"rank": rank, "row_key": key, "lists": called})
        if len(found) == FIRST:
            break
    return found


def _worse(request: HttpRequest, practice: Organisation) -> list[FindingRow]:
    """What was found of the practice to its disadvantage, in the release in force."""
    try:
        release = current_release()
    except NotReleased:
        return []
    if release is None:
        return []
    found = findings_of_own_practice(request.user, Sight(release, request.user), practice.code)
    return [row for row in get_standing(build_rows(found)) if row.side == WORSE]
