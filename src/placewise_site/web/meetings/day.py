"""Pages that can be seen as they stood on a past day."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from placewise_site.meetings.past import as_it_stood
from placewise_site.web.evidence.day import read_day
from placewise_site.web.opening import tells_what_is_closed


def of_a_day(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view that takes `(request, day, ...)` and renders at once: it finds the record of the day asked for."""

    @wraps(view)
    @tells_what_is_closed
    def seen(request: HttpRequest, **parts: Any) -> HttpResponse:
        day = read_day(request)
        with as_it_stood(day.known_by):
            return view(request, day, **parts)

    return seen
