"""The first draft of a week's message: awards, what was stated and decided this week, what is on next and later.

Every figure stands as the name of its claim, so that the draft says what the record says.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from placewise_site.evidence.ledger.queries.listing import find_named, find_stated_between
from placewise_site.evidence.week import Award, CalendarEntry, get_awards, get_calendar
from placewise_site.stories.boards import find_meetings, iter_decisions, tell_meeting
from placewise_site.stories.rules.days import resolve_day

WEEK, ONE_DAY = timedelta(days=7), timedelta(days=1)
AHEAD = timedelta(weeks=8)


def draft_message(user: Any, week: date) -> str:
    """The calendar is the deployment's file where that tells of the week, and else the public meetings of the record.

    Raises ValidationError where an entry of the calendar is on another day than its claim says."""
    awards = [each for each in get_awards() if week - WEEK < each.awarded_on <= week]
    entries = _on_days(user, [each for each in get_calendar() if week - WEEK < each.told_on <= week])
    used = {name for each in awards for name in (each.projects, each.providers, each.amount)}
    used |= {entry.claim for _, entry in entries}
    decided = list(iter_decisions(week - WEEK + ONE_DAY, week))
    stated = [row for row in find_stated_between(user, week - WEEK + ONE_DAY, week) if row.name not in used]
    lines = [(day, _tell_entry(entry)) for day, entry in entries]
    if not entries:
        meetings = find_meetings(week + ONE_DAY, week + AHEAD)
        lines = [(day, tell_meeting(day, body, week)) for day, body in meetings]
    parts = [
        ("Awards", [_tell_award(each) for each in awards]),
        ("This week", [f"{{{row.name}|statement}}: {{{row.name}}}." for row in stated]),
        ("Decided", [_tell_decision(resolved, rests) for resolved, rests in decided]),
        ("Next week", [line for day, line in lines if day <= week + WEEK]),
        ("Coming up", [line for day, line in lines if week + WEEK < day <= week + AHEAD]),
    ]
    return "\n\n".join("\n".join((f"# {title}", *told)) for title, told in parts if told)


def _tell_award(award: Award) -> str:
    whom, projects = f"{{{award.providers}|word}} provider organisations", f"{{{award.projects}|number}} projects"
    return f"We have written to {whom} about the first {projects} of the {award.fund}: {{{award.amount}}} is allocated."


def _tell_decision(resolved: str, rests: Sequence[str]) -> str:
    said = f"{resolved.rstrip('.')}."
    return " ".join((said, *(f"It rests on {{{name}|statement}}: {{{name}}}." for name in rests)))


def _tell_entry(entry: CalendarEntry) -> str:
    return f"{{{entry.claim}|day}}: {{{entry.claim}|statement}}."


def _on_days(user: Any, entries: Sequence[CalendarEntry]) -> list[tuple[date, CalendarEntry]]:
    """The entries by their days, which are worked out from what was written and held against their claims."""
    said = {name: row.content.word for name, row in find_named(user, [each.claim for each in entries]).items()}
    found = []
    for each in entries:
        day = resolve_day(each.day, each.told_on)
        if said.get(each.claim) != day.isoformat():
            told = said.get(each.claim, "no day that you may read")
            raise ValidationError(f"{each.claim} is on {day.isoformat()} by the calendar, and its claim says {told}.")
        found.append((day, each))
    return sorted(found, key=lambda pair: pair[0])
