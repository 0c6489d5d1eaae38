"""claims.csv: stated figures, a row each, read with all mistakes at once. No rule reads a note.

`measure` names our own count of the same thing, beside which a release shows the claim (publishing/stated.py).
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

from placewise.floor.csv_rows import Row, find_rows
from placewise.floor.faults import Fault, FaultsFound, listed, nearest
from placewise.floor.ledger.claim import STATUS, Bound, Kind, Nesting, StatedClaim

CLAIMS_FILE = "claims.csv"
COLUMNS = [
    *("id", "document", "section", "statement", "value", "value_high", "unit", "kind", "population_or_definition"),
    *("geography", "as_of", "note", "measurand", "family", "basis", "bound", "cumulative", "period_from", "period_to"),
    *("part_of", "nesting", "target_by", "document_date", "times_printed"),
]
OPTIONAL = ("measure", "geography_edition", "method", "method_version", "lower", "upper")
"""Columns that a file may leave out."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "bound": get_args(Bound),
    "nesting": get_args(Nesting),
    "cumulative": ("yes", "no"),
}
WORDS_UNITS = (STATUS, "date", "month", "year")
"""Units whose values are written as they are said, and compared as words."""


def read_claims(path: Path) -> tuple[StatedClaim, ...]:
    """Raises FaultsFound with every mistake, each with its line."""
    rows, faults = find_rows(path, COLUMNS, OPTIONAL)
    claims = [claim for line, row in rows if (claim := _read_row(path, line, row, faults)) is not None]
    faults += _find_links(path, rows)
    if faults:
        raise FaultsFound(sorted(faults, key=lambda each: each.line or 0))
    return tuple(claims)


def read_typed(cells: Mapping[str, str]) -> StatedClaim:
    """One claim that a person typed, by the same rules as a row of a file; cells left out are empty.

    Raises FaultsFound with every mistake.
    """
    faults: list[Fault] = []
    blank = dict.fromkeys((*COLUMNS, *OPTIONAL), "") | {"cumulative": "no", "bound": "exact", "id": "typed"}
    claim = _read_row(Path(), 0, blank | dict(cells), faults)
    if claim is None:
        raise FaultsFound(faults)
    return claim


def _read_row(path: Path, line: int, row: Mapping[str, Any], faults: list[Fault]) -> StatedClaim | None:
    before = len(faults)

    def wrong(fault: str, remedy: str) -> None:
        faults.append(Fault(str(path), line, fault, remedy))

    for name, choices in CHOICES.items():
        if row[name] not in choices:
            wrong(f"`{row[name]}` is no {name}", f"write one of {listed([each for each in choices if each])}")
    for name in ("id", "document", "statement", "value", "unit", "measurand"):
        if not row[name].strip():
            wrong(f"it has no {name}", "fill it in")

    def day(name: str, *, last: bool = False) -> date | None:
        written = row[name]
        if not written:
            return None
        try:
            return _parse_day(written, last=last)
        except ValueError:
            wrong(f"`{written}` in {name} is no day or month", "write it like 2021-04 or 2021-04-30")
            return None

    def number(name: str) -> float | None:
        try:
            return float(row[name]) if row[name] else None
        except ValueError:
            wrong(f"`{row[name]}` in {name} is no number", "write digits, without commas or signs")
            return None

    value = row["value"] if row["unit"] in WORDS_UNITS else number("value")
    times = number("times_printed")
    dated = day("document_date")
    if dated is None and not row["document_date"]:
        wrong("it has no document_date", "write the day the document is dated")
    claim_days = day("period_from"), day("period_to", last=True), day("target_by", last=True)
    high, limits = number("value_high"), (number("lower"), number("upper"))
    if len(faults) > before or value is None or dated is None:
        return None
    return StatedClaim(
        id=row["id"],
        document=row["document"],
        section=row["section"],
        statement=row["statement"],
        value=value,
        value_high=high,
        unit=row["unit"],
        kind=row["kind"],
        population=row["population_or_definition"],
        geography=row["geography"],
        as_of=row["as_of"],
        measurand=row["measurand"],
        family=row["family"],
        basis=row["basis"],
        bound=row["bound"],
        cumulative=row["cumulative"] == "yes",
        period_from=claim_days[0],
        period_to=claim_days[1],
        part_of=row["part_of"],
        nesting=row["nesting"],
        target_by=claim_days[2],
        document_date=dated,
        times_printed=int(times or 1),
        note=row["note"],
        measure=row["measure"],
        geography_edition=row["geography_edition"],
        method=row["method"],
        method_version=row["method_version"],
        lower=limits[0],
        upper=limits[1],
    )


def _find_links(path: Path, rows: list[Row]) -> list[Fault]:
    """Ids that stand twice, and parts of claims that are not there."""
    known: dict[str, int] = {}
    faults = []
    for line, row in rows:
        if row["id"] in known:
            faults.append(Fault(str(path), line, f"the id {row['id']} is on line {known[row['id']]} too", "change one"))
        known.setdefault(row["id"], line)
    for line, row in rows:
        if row["part_of"] and row["part_of"] not in known:
            fault = f"it is part of {row['part_of']}, and there is no such claim"
            faults.append(Fault(str(path), line, fault, nearest(row["part_of"], known)))
    return faults


def _parse_day(written: str, *, last: bool) -> date:
    if len(written) == len("2021-04"):
        first = date.fromisoformat(f"{written}-01")
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1) if last else first
    return date.fromisoformat(written)
