"""Awards and calendar of the deployment, from which the weekly message is drafted."""

from placewise.floor.vocabulary.week_files import (
    AWARDS_FILE,
    CALENDAR_FILE,
    Award,
    CalendarEntry,
    read_awards,
    read_calendar,
)
from placewise_site.evidence.deployment import get_deployment

__all__ = ["Award", "CalendarEntry", "get_awards", "get_calendar"]


def get_awards() -> tuple[Award, ...]:
    return read_awards(get_deployment().folder / AWARDS_FILE)


def get_calendar() -> tuple[CalendarEntry, ...]:
    return read_calendar(get_deployment().folder / CALENDAR_FILE)
