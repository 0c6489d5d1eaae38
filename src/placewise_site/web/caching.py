"""What somebody who has signed in is shown is kept by nobody: no shared computer's browser and no proxy."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


def kept_by_nobody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an answer in a session is marked no-store unless it says how long it keeps, as a chart does."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        says = response.has_header("Cache-Control") or response.status_code == HTTPStatus.NOT_MODIFIED
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not says:
            add_never_cache_headers(response)
        return response

    return answer
