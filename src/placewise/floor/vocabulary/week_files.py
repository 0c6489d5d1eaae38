"""awards.csv and calendar.csv: what a weekly message is drafted from, each figure by the name of its claim.

awards.csv: awarded_on (YYYY-MM-DD), fund (its name), projects, providers and amount (the claims that state them).
calendar.csv: told_on (the day it was told), day (as it was written: Tuesday, Wednesday 1 November, 15 November), claim
(that states what is on, and its day).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, FaultsFound

AWARDS_FILE, CALENDAR_FILE = "awards.csv", "calendar.csv"
AWARD_COLUMNS = ("awarded_on", "fund", "projects", "providers", "amount")
CALENDAR_COLUMNS = ("told_on", "day", "claim")

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """projects, providers, amount: names of claims."""

    awarded_on: date
    fund: str
    projects: str
    providers: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    told_on: date
    day: str
    claim: str


def read_awards(path: Path) -> tuple[Award, ...]:
    """None where there is no such file. Raises FaultsFound with every mistake."""

    def award(day: date, row: dict[str, str]) -> Award:
        return Award(
            awarded_on=day,
            fund=row["fund"],
            projects=row["projects"],
            providers=row["providers"],
            amount=row["amount"],
        )

    return _read(path, AWARD_COLUMNS, "awarded_on", award)


def read_calendar(path: Path) -> tuple[CalendarEntry, ...]:
    """None where there is no such file. Raises FaultsFound with every mistake."""

    def entry(day: date, row: dict[str, str]) -> CalendarEntry:
        return CalendarEntry(told_on=day, day=row["day"], claim=row["claim"])

    return _read(path, CALENDAR_COLUMNS, "told_on", entry)


def _read(path: Path, columns: tuple[str, ...], dated: str, make: Callable[[date, dict[str, str]], T]) -> tuple[T, ...]:
    if not path.is_file():
        return ()
    rows, faults = find_rows(path, columns)
    made = []
    for line, cells in rows:
        empty = [name for name in columns if not cells[name]]
        if empty:
            faults.append(Fault(str(path), line, f"it has no {empty[0]}", "fill it in"))
            continue
        try:
            made.append(make(date.fromisoformat(cells[dated]), cells))
        except ValueError:
            faults.append(Fault(str(path), line, f"`{cells[dated]}` in {dated} is no date", "write it as 2026-01-31"))
    if faults:
        raise FaultsFound(faults)
    return tuple(made)
