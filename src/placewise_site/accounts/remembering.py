"""What a person holds, grants and seats, read once a request. Outside of a request nothing is remembered."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

T = TypeVar("T")
_remembered: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("remembered", default=None)


def remembers_what_is_held(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: each request begins with an empty memory of its own and takes it away."""

    def answer(request: HttpRequest) -> HttpResponse:
        before = _remembered.set({})
        try:
            return get_response(request)
        finally:
            _remembered.reset(before)

    return answer


def recall(read: Callable[[], T], *asked: object) -> T:
    """What was found earlier in this request, or what is read now. asked: what of, and whose: the person's key."""
    memory = _remembered.get()
    if memory is None:
        return read()
    if asked not in memory:
        memory[asked] = read()
    found: T = memory[asked]
    return found


def stop_remembering(**_: object) -> None:
    """A grant or seat was written: nothing is remembered until the request ends, since the write may be rolled back."""
    _remembered.set(None)
