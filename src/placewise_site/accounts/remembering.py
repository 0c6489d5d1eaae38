"""The grants of a person, read once a request. Outside of a request nothing is remembered, so each asks anew."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from placewise_site.accounts.models.grants import Grant

_remembered: ContextVar[dict[int, tuple[Grant, ...]] | None] = ContextVar("remembered", default=None)


def remembers_grants(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: each request begins with an empty memory of its own and takes it away."""

    def answer(request: HttpRequest) -> HttpResponse:
        before = _remembered.set({})
        try:
            return get_response(request)
        finally:
            _remembered.reset(before)

    return answer


def recall(person: int, read: Callable[[], tuple[Grant, ...]]) -> tuple[Grant, ...]:
    """What a person was found to hold earlier in this request, or what is read now. person: their key."""
    memory = _remembered.get()
    if memory is None:
        return read()
    if person not in memory:
        memory[person] = read()
    return memory[person]


def stop_remembering(**_: object) -> None:
    """A grant was written: until the request ends nothing is remembered, since the write may yet be rolled back."""
    _remembered.set(None)
