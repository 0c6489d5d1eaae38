"""The day a page of evidence is asked for: as things stand, or as the record stood at the end of a past day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from placewise_site.evidence.releases import NotReleased


@dataclass(frozen=True, slots=True)
class AskedDay:
    """on: the day by which targets fall due; known_by: the last moment of a past day, None for now; clock: the day that
    was named, by which the list of conflicts tells what is overdue, None for each document's own."""

    on: date
    known_by: datetime | None
    clock: date | None = None

    def link(self, name: str, /, _query: dict[str, str] | None = None, **parts: str) -> str:
        """The address of another page of evidence of the same day."""
        asked = {key: value for key, value in (_query or {}).items() if value}
        if self.known_by:
            asked["as_of"] = self.on.isoformat()
        path = reverse(name, kwargs=parts)
        return f"{path}?{urlencode(asked)}" if asked else path


def read_day(request: HttpRequest) -> AskedDay:
    """?as_of=2026-01-31. Raises NotReleased, which is a page of its own, for what is no day."""
    written = request.GET.get("as_of", "")
    if not written:
        return AskedDay(timezone.localdate(), None)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise NotReleased(f"{written} is not a date: write it as 2026-01-31") from None
    last = datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())
    return AskedDay(day, None if last >= timezone.now() else last, day)
