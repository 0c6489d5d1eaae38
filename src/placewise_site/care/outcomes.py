"""Outcomes read back from a practice's clinical system: a CSV of row key, state and day, and a route of invitations."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from placewise_site.care.lifecycle import Route, State
from placewise_site.care.standing import Wanted

COLUMNS = ("row_key", "state", "day")
ROUTE = "route"
MOST_BYTES = 1_000_000
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Rejected:
    """line: of the file, from 1, as a spreadsheet counts them; why: a sentence that quotes nothing from the file."""

    line: int
    why: str


def read_outcomes(content: bytes) -> tuple[list[tuple[int, Wanted]], list[Rejected]]:
    """The steps of a file, each with its line, and the rows that cannot be read. What a file holds besides its columns
    is never read, so that an NHS number in it goes nowhere."""
    if len(content) > MOST_BYTES:
        return [], [Rejected(1, f"The file has more than {MOST_BYTES:,} bytes. Send it in parts.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Rejected(1, "The file is not text. Save it as CSV (UTF-8).")]
    try:
        return _read_rows(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error:
        return [], [Rejected(1, "The file is no CSV. Save it as CSV (UTF-8).")]


def _read_rows(lines: "csv.DictReader[str]") -> tuple[list[tuple[int, Wanted]], list[Rejected]]:
    missing = [name for name in COLUMNS if name not in (lines.fieldnames or ())]
    if missing:
        return [], [Rejected(1, f"The first line must name the columns; {', '.join(missing)} is not there.")]
    wanted: list[tuple[int, Wanted]] = []
    rejected: list[Rejected] = []
    for row in lines:
        try:
            wanted.append((lines.line_num, _read(row)))
        except ValueError as error:
            rejected.append(Rejected(lines.line_num, str(error)))
        if len(wanted) + len(rejected) > MOST_ROWS:
            return [], [Rejected(lines.line_num, f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")]
    if not wanted and not rejected:
        rejected.append(Rejected(1, "The file has no rows below its first line."))
    return wanted, rejected


def _read(row: Mapping[str, Any]) -> Wanted:
    """Raises ValueError, in a sentence."""
    key, state, day = ((row[name] or "").strip().lower() for name in COLUMNS)
    route = (row.get(ROUTE) or "").strip().lower()
    if not (len(key) <= 16 and key.isascii() and key.isalnum()):
        raise ValueError("This is no row key. Take it from the opened list.")
    if state not in State.values:
        raise ValueError(f"This state is not known. Write one of {', '.join(State.values)}.")
    if route and route not in Route.values:
        raise ValueError(f"This route is not known. Write one of {', '.join(Route.values)}.")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise ValueError("This is no day. Write it as 2026-01-31.") from None
    return Wanted(key, State(state), route, on)
