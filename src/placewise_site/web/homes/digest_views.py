"""A practice's week on one page, to print or to read on the screen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.opening import find_practice, not_shown, signed_in
from placewise_site.care.queries import available_lists
from placewise_site.evidence.persons import AccessDenied
from placewise_site.web.homes.digest import open_week


@asks_for_second_factor
def this_week(request: HttpRequest, practice: str) -> HttpResponse:
    place = find_practice(request, practice)
    try:
        week = open_week(by=signed_in(request), practice=place)
    except AccessDenied as denied:
        raise PermissionDenied(not_shown(place)) from denied
    titles = {card.slug: card.title for card in available_lists()}
    response = render(request, "homes/this_week.jinja", {"practice": place, "week": week, "titles": titles})
    add_never_cache_headers(response)
    return response
