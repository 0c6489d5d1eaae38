"""Coding drives: months in which a practice put far more people on a register than in its other months.

A clean-up of records, or a search for people treated but never coded, puts many on at once: the register grows, and
nobody fell ill. Found among exact counts when a release is made; only words and rounded counts leave.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.surges import FALSE_ALARM, find_surges
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import Cube
from placewise.measures.definition import ADDED
from placewise.publishing.contract import CodingDrives, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded

MONTHS = 12
USUAL_MONTHS = 36
"""A month is held against the practice's others of this many: enough to know what is usual, and still of our days."""

TOLD = (
    f"The months of each practice's last {USUAL_MONTHS // 12} years are held against one another, for each person on "
    "its list. A month counts as a coding drive where it has more additions than chance alone would bring in any month "
    f"of any practice in {FALSE_ALARM:.0%} of releases, if people are put on the register independently of one "
    "another. What a practice does in every month is no drive."
)


def find_drives(
    cube: Cube, cards: Iterable[MeasureCard], hierarchy: Hierarchy, rule: DisclosureRule
) -> tuple[CodingDrives, ...]:
    """For each measure that counts the people put on a register within a month: the drives of the last 12 months.

    A sensitive measure is left out: a few people more or less would tell too much of a practice.
    """
    return tuple(
        _find(cube, card.measure, card.change["register"], hierarchy, rule)
        for card in cards
        if card.change and card.change["turn"] == ADDED and card.change["months"] == 1 and not card.sensitive
    )


def _find(cube: Cube, measure: str, register: str, hierarchy: Hierarchy, rule: DisclosureRule) -> CodingDrives:
    counts = cube.read(measure)[ALL]
    added, people = (each[:, 0, -USUAL_MONTHS:] for each in (counts.numerator, counts.denominator))
    surges = find_surges(added, people)
    last = slice(-min(MONTHS, added.shape[1]), None)
    found, excess = surges.found[:, last], np.where(surges.found, added - surges.usual, 0.0)[:, last]
    months = [end.isoformat()[:7] for end in cube.window.month_ends[last]]
    reporting = np.flatnonzero(people[:, last].sum(axis=1))
    practices = _practices_within(cube.units(), reporting.tolist(), hierarchy)
    return CodingDrives(
        register=register,
        measure=measure,
        first_month=months[0],
        told=TOLD,
        areas={
            area: {
                "practices": len(rows),
                "with_drive": int(found[rows].any(axis=1).sum()),
                "months": [month for place, month in enumerate(months) if found[rows, place].any()],
                "excess": get_rounded(int(np.rint(excess[rows].sum())), rule),
            }
            for area, rows in practices.items()
        },
    )


def _practices_within(
    units: Sequence[str], rows: Iterable[int], hierarchy: Hierarchy
) -> dict[str, npt.NDArray[np.intp]]:
    """Area -> which of these rows are its practices; a practice outside the hierarchy counts in the top one only."""
    within: dict[str, list[int]] = {}
    outside = {hierarchy.levels[0]: hierarchy.top.code}
    for row in rows:
        for area in hierarchy.chains.get(units[row], outside).values():
            within.setdefault(area, []).append(row)
    return {area: np.array(found) for area, found in sorted(within.items())}
