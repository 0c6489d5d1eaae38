"""The record as it stood: while a past moment is looked at, rows of meetings that were written since are not there.

Who may read what is asked of the present all the same (`as_it_is`): a ruling of today keeps yesterday's page from a
member as well, and a paper recalled today is in no past.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

from placewise_site.meetings import clock

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def get_moment() -> datetime | None:
    """The last moment of the past that is looked at; None for the record as it is."""
    return _moment.get()


def get_day() -> date:
    """The day that is looked at: a past one, or today."""
    moment = _moment.get()
    return timezone.localdate(moment) if moment else clock.today()


@contextmanager
def as_it_stood(moment: datetime | None) -> Iterator[None]:
    before = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(before)


def as_it_is() -> AbstractContextManager[None]:
    return as_it_stood(None)
