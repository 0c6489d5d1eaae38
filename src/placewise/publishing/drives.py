"""Coding drives: months in which a practice put far more people on a register than in its other months.

A clean-up of records, or a search for people treated but never coded, puts many on at once: the register grows, and
nobody fell ill. Found in the released counts alone, which are frozen: nothing is told that somebody who reads the
release could not find too, and late records change no drive of a past month.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.statistics.surges import FALSE_ALARM, find_surges
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.definition import ADDED
from placewise.publishing.contract import HIDDEN, NO_DATA, CodingDrives, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded

MONTHS = 12
USUAL_MONTHS = 36
"""A month is held against the practice's others of this many: enough to know what is usual, and still of our days."""

TOLD = (
    f"The released months of each practice's last {USUAL_MONTHS // 12} years are held against one another, for each "
    "person on its list. A month counts as a coding drive where it has more additions than chance alone would bring in "
    f"any month of any practice in {FALSE_ALARM:.0%} of releases, if people are put on the register independently of "
    "one another. What a practice does in every month is no drive. A hidden month counts as the largest small number, "
    "so that an excess is told rather too small."
)


def find_drives(
    read: Callable[[str], pa.Table], cards: Iterable[MeasureCard], hierarchy: Hierarchy, rule: DisclosureRule
) -> tuple[CodingDrives, ...]:
    """For each measure that counts the people put on a register within a month: the drives of the last 12 months.

    read: RELEASED_MEASURE of a measure. A sensitive measure is left out: a few people more or less would tell too much
    of a practice.
    """
    return tuple(
        _find(read(card.measure), card.measure, card.change["register"], hierarchy, rule)
        for card in cards
        if card.change and card.change["turn"] == ADDED and card.change["months"] == 1 and not card.sensitive
    )


def _find(released: pa.Table, measure: str, register: str, hierarchy: Hierarchy, rule: DisclosureRule) -> CodingDrives:
    units, months, added, people = _read_practices(released, rule)
    surges = find_surges(added, people)
    last = slice(-min(MONTHS, len(months)), None)
    found, excess = surges.found[:, last], np.where(surges.found, added - surges.usual, 0.0)[:, last]
    practices = _practices_within(units, hierarchy)
    return CodingDrives(
        register=register,
        measure=measure,
        first_month=months[last][0],
        told=TOLD,
        areas={
            area: {
                "practices": len(rows),
                "with_drive": int(found[rows].any(axis=1).sum()),
                "months": [month for place, month in enumerate(months[last]) if found[rows, place].any()],
                "excess": get_rounded(int(np.rint(excess[rows].sum())), rule),
            }
            for area, rows in practices.items()
        },
    )


def _read_practices(
    released: pa.Table, rule: DisclosureRule
) -> tuple[list[str], list[str], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The practices that reported, the last months (YYYY-MM), and by practice and month the people added and those on
    the list: those of a hidden month as the largest small number, among as many as in the practice's other months."""
    rows = released.filter(pc.and_(pc.equal(released["level"], PRACTICE), pc.equal(released["split"], ALL)))
    states = np.array(rows["state"].to_pylist())
    months, month = np.unique(rows["month"].to_numpy().astype("datetime64[M]"), return_inverse=True)
    units, unit = np.unique(np.array(rows["area"].to_pylist(), str), return_inverse=True)
    added, people, hidden = (np.zeros((len(units), len(months)), np.int64) for _ in range(3))
    for grid, column in ((added, "numerator"), (people, "denominator")):
        grid[unit, month] = rows[column].fill_null(0).to_numpy()
    hidden[unit, month] = states == HIDDEN
    usual = people.sum(axis=1) // np.maximum((people > 0).sum(axis=1), 1)
    people = np.where(hidden, usual[:, None], people)
    added = np.where(hidden, np.minimum(rule.suppress_below - 1, people), added)
    reported = np.zeros((len(units), len(months)), bool)
    reported[unit, month] = states != NO_DATA
    kept = reported[:, -MONTHS:].any(axis=1)
    last = slice(-min(USUAL_MONTHS, len(months)), None)
    return units[kept].tolist(), [str(each) for each in months[last]], added[kept][:, last], people[kept][:, last]


def _practices_within(units: Sequence[str], hierarchy: Hierarchy) -> Mapping[str, npt.NDArray[np.intp]]:
    """Area -> which of these practices are its own."""
    within: dict[str, list[int]] = {}
    for row, unit in enumerate(units):
        for area in hierarchy.chains[unit].values():
            within.setdefault(area, []).append(row)
    return {area: np.array(found) for area, found in sorted(within.items())}
