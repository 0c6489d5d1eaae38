"""What must hold of the files of a release: read back and asked in SQL, apart from the code that wrote them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from placewise.floor.checking import Check, hold
from placewise.floor.database import quoted
from placewise.floor.faults import refuse
from placewise.publishing.contract import MEASURES_FOLDER, POPULATION_FILE, SHOWN, MeasureCard, ReleaseManifest
from placewise.publishing.definition import DisclosureRule

ROOM = "publishing"
OPENS_RECORDS = frozenset({"door", "intake", "population", "registers", "measures", "lists"})
"""Rooms whose checks are made of persons' rows or of exact counts, so that no number in them is safe."""
_SAFE = "no small number is shown"
_ROUND = "every number is rounded"
_HIDDEN = "a hidden cell holds nothing"
_VALUE = "a value says no more than its counts"
_SAID = "what is said of the records counts nobody exactly"
_TOLD = {
    _SAFE: "No numerator, denominator, difference of the two or number of people shown is below the rule's limit.",
    _ROUND: "Every count shown is a multiple of the rule's step.",
    _HIDDEN: "A cell that is hidden, or has no data, has no number at all.",
    _VALUE: "Every share, rate and limit follows from the two rounded counts beside it; means and medians are rounded.",
}


def check_release(folder: Path, rule: DisclosureRule, cards: Sequence[MeasureCard] = ()) -> tuple[Check, ...]:
    """A row a check, over all the files of a release. Raises FaultsFound, with the file, where one does not keep it.

    cards: those of the release; a measure without one is a share.
    """
    rows: Counter[str] = Counter()
    known = {card.measure: card for card in cards}
    paths = [*sorted((folder / MEASURES_FOLDER).glob("*.parquet")), folder / POPULATION_FILE]
    with duckdb.connect(config={"threads": 1}) as database:
        for path in paths:
            broken = _broken(path, known.get(path.stem), rule)
            wanted = ", ".join(f"count(*) FILTER ({each})" for each in broken.values())
            query = f"SELECT count(*), {wanted} FROM read_parquet({quoted(path)})"
            ((asked, *wrong),) = database.execute(query).fetchall()
            for check, many in zip(broken, wrong, strict=True):
                hold(ROOM, check, many == 0, f"{many:,} rows of {path.name} break it.")
                rows[check] += asked
    return tuple(Check(ROOM, check, True, f"{told} Asked of {rows[check]:,} rows.") for check, told in _TOLD.items())


def check_manifest(manifest: ReleaseManifest, rule: DisclosureRule) -> Check:
    """That the manifest tells of records what the rule allows. Raises FaultsFound, with the first that breaks it.

    Rows of tables and people of loads are hidden or rounded; a sentence of a room that opens records has no number.
    """
    exact = [*_find_exact_counts(manifest, rule), *_find_numbers_said(manifest.checks)]
    told = f"{exact[0]} tells an exact number." if exact else "Rows of records are rounded and no sentence counts them."
    return hold(ROOM, _SAID, not exact, told)


def check_doubt(in_doubt: Sequence[str], releases: Path) -> Check:
    """That protection came to its end. in_doubt: months in which hidden counts may still be narrowed.

    Raises FaultsFound where there are any: only figures that are out already can be in the way.
    """
    if in_doubt:
        fault = (
            f"in {', '.join(in_doubt)} what was released before and what publishers tell would give small numbers away "
            "whatever else is hidden, so the release in force stays"
        )
        remedy = "withdraw the release that shows these months, or leave out the measure that is new"
        raise refuse(releases, fault, remedy)
    return Check(ROOM, "no hidden number is left in doubt", True, "Nothing shown narrows a hidden small number.")


def _find_exact_counts(manifest: ReleaseManifest, rule: DisclosureRule) -> Iterator[str]:
    """Tables, loads and coding drives with a count that is neither hidden nor rounded, or that is too small."""
    smallest = rule.suppress_below - rule.round_to // 2
    for row in (*(each for each in manifest.sources if "table" in each), *manifest.loads):
        for count in _iter_counts(row):
            if count % rule.round_to or 0 < count < smallest:
                yield f"The {'table' if 'table' in row else 'load for'} {row.get('table') or row['purpose']}"
    for drives in manifest.drives:
        for area, said in drives.areas.items():
            if (excess := said["excess"]) is not None and (excess % rule.round_to or 0 < excess < smallest):
                yield f"The coding drives of {drives.register} in {area}"


def _iter_counts(said: object) -> Iterator[float]:
    """Every number in a row of the manifest, however deep."""
    if isinstance(said, dict):
        said = list(said.values())
    if isinstance(said, list | tuple):
        for each in said:
            yield from _iter_counts(each)
    elif isinstance(said, int | float) and not isinstance(said, bool):
        yield said


def _find_numbers_said(checks: Iterable[dict[str, Any]]) -> Iterator[str]:
    for each in checks:
        if each["room"] in OPENS_RECORDS and re.search(r"\d", each["told"]):
            yield f"The check “{each['check']}” of {each['room']}"


def _broken(path: Path, card: MeasureCard | None, rule: DisclosureRule) -> dict[str, str]:
    """Check -> the SQL condition of a row of a file that breaks it. card: of a measure."""
    if path.name == POPULATION_FILE:
        return _broken_counts(("people",), rule)
    if card is not None and card.statistic in ("mean", "median"):
        even = f"abs(value - round(value, {card.decimals})) > 1e-9"
        more = f"value IS NOT NULL AND (state <> {quoted(SHOWN)} OR {even})"
        return _broken_counts(("denominator",), rule) | {_VALUE: f"({more}) OR numerator IS NOT NULL OR {_OUTSIDE}"}
    broken = _broken_counts(("numerator", "denominator"), rule)
    if card is not None and card.statistic == "rate":
        apart = f"abs(value - {card.per} * numerator / denominator) > {0.5 * 10**-card.decimals + 1e-9}"
        more = f"value IS NOT NULL AND (state <> {quoted(SHOWN)} OR {apart})"
        return broken | {_VALUE: f"({more}) OR {_OUTSIDE} OR lower < 0"}
    # Rounding moves a count by half a step at most, and a difference by a step, so nothing shown may be less than this.
    apart = f"denominator - numerator BETWEEN 1 AND {rule.suppress_below - 1 - 2 * (rule.round_to // 2)}"
    more = f"value IS NOT NULL AND (state <> {quoted(SHOWN)} OR abs(value - numerator / denominator) > 1e-12)"
    return broken | {
        _SAFE: f"{broken[_SAFE]} OR {apart}",
        _VALUE: f"({more}) OR numerator > denominator OR {_OUTSIDE} OR lower < 0 OR upper > 1",
    }


_OUTSIDE = "lower > value OR upper < value"


def _broken_counts(counts: tuple[str, ...], rule: DisclosureRule) -> dict[str, str]:
    small = [f"{name} BETWEEN 1 AND {rule.suppress_below - 1 - rule.round_to // 2}" for name in counts]
    uneven = [f"{name} % {rule.round_to} <> 0" for name in counts]
    absent = f"state = {quoted(SHOWN)} AND ({' OR '.join(f'{name} IS NULL' for name in counts)})"
    present = f"state <> {quoted(SHOWN)} AND coalesce({', '.join(counts)}) IS NOT NULL"
    return {_SAFE: " OR ".join(small), _ROUND: " OR ".join(uneven), _HIDDEN: f"({absent}) OR ({present})"}
