"""What somebody who has signed in is shown is kept by nobody: no shared computer's browser and no proxy.

What anybody may see may be kept, and must be asked about each time: a withdrawn release is gone from the next look on.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers, patch_cache_control


def kept_by_nobody(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an answer in a session is marked no-store, any other no-cache, unless it says how it may be kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        says = response.has_header("Cache-Control") or response.status_code == HTTPStatus.NOT_MODIFIED
        if says:
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        else:
            patch_cache_control(response, no_cache=True)
        return response

    return answer
