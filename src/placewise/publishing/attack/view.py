"""A release as a reader has it: which counts it tells of, cell by cell, and what it says of each.

The same people are counted in many tables: everyone registered is what every prevalence is asked of, and the people on
a register are both a numerator and what the register's measures of care are asked of. So a count is known by what it
counts, and what one table hides another may show. Two that are called alike but were ever shown otherwise are not one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.encoding import get_codes
from placewise.floor.language.describe import describe
from placewise.floor.language.nodes import Registered
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.measures.contract import ALL
from placewise.measures.cube import PEOPLE
from placewise.measures.splits import REGISTER_GROUPS
from placewise.publishing.contract import HIDDEN, NO_DATA, SHOWN, MeasureCard, is_unit_measure
from placewise.publishing.disclosure import STATES

ABSENT = -1
"""The release has no such cell: nothing is known of it."""
UNPUBLISHED = -2
"""The release has no such cell, and it must stay unknown as a hidden one: people who are not on a register."""
OUTSIDE = ""
"""The area of people who are counted in the whole system and in no area below it."""
YES, NO = REGISTER_GROUPS

Cell = tuple[str, str, str]
Grid = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rule:
    """As a release tells it, which may be looser than this version allows: that is what an attack is to find.

    adds_up: whether counts are rounded together, each to a neighbouring multiple, so that parts make their totals; if
    not, each is rounded to the nearest.
    """

    suppress_below: int
    round_to: int
    adds_up: bool = False

    @property
    def smallest_shown(self) -> int:
        """What the smallest counts that are shown are rounded to, in steps of the rounding."""
        return -(-self.suppress_below // self.round_to)


@dataclass(frozen=True, slots=True)
class Table:
    """One released table over the view's cells and months. state: index into STATES, ABSENT or UNPUBLISHED;
    numbers: where shown.

    Of numerator, missed and denominator, `counts` says what each counts; None where the table has no such count.
    """

    name: str
    counts: tuple[str | None, str | None, str | None]
    state: npt.NDArray[np.int8]
    numerator: Grid
    denominator: Grid
    rule: Rule
    sensitive: bool = False
    is_mean: bool = False
    is_apart: bool = False
    """Rounded apart from the release, as what an earlier one showed: it adds up with that, and not with this one."""

    @property
    def hidden(self) -> npt.NDArray[np.bool_]:
        """What a reader is not to know: bool[cells, months]."""
        return (self.state == STATES.index(HIDDEN)) | (self.state == UNPUBLISHED)


@dataclass(frozen=True, slots=True)
class KnownCount:
    """The smallest and largest that one of the view's counts can be in a cell and month, as a publisher tells it."""

    count: str
    cell: Cell
    month: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Home:
    """Of an area where people live: the area it lies in, and its fifth of deprivation; "" where neither is known."""

    parent: str
    fifth: str

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Home":
        """As a release tells the area."""
        return cls(said["parent"], said["fifth"])


@dataclass(frozen=True, slots=True)
class View:
    """tables: each [cells, months]; counts: what is counted; registers: register -> what counts the people on it."""

    cells: tuple[Cell, ...]
    months: tuple[str, ...]
    counts: tuple[str, ...]
    tables: tuple[Table, ...]
    registers: Mapping[str, str]
    parents: Mapping[str, str]
    """Area -> the area it is part of, of those that ever reported."""
    known: tuple[KnownCount, ...] = ()
    """What official figures tell of the same people: see official.py."""
    homes: Mapping[str, Home] = field(default_factory=dict)
    """The areas where people live, whichever practice they are registered with."""
    told_elsewhere: tuple[Grid, Grid] | None = None
    """The least and most each count can be by how other releases rounded it, beside counts that this one shows no
    more: int64[counts x cells, months]. See earlier.py."""

    def place(self, count: str) -> int:
        """Where the count's cells begin among the bounds of all counts."""
        return self.counts.index(count) * len(self.cells)


def build_view(
    tables: Mapping[str, pa.Table],
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Mapping[str, Mapping[str, Any]],
    months: Sequence[str],
    rule: Rule,
    *,
    outside: bool = False,
) -> View:
    """tables: RELEASED_MEASURE by measure; population: RELEASED_POPULATION; areas: as in the manifest, with those where
    people live (RELEASED_RESIDENCE).

    months: YYYY-MM, oldest first; outside: whether anybody counted belongs to no area below the whole system.
    """
    everyone = describe(Registered())
    homes = {code: Home.of(said) for code, said in areas.items() if said["level"] in RESIDENCE}
    whole = with_months(population, months)
    whole = whole.rename_columns({"people": "denominator"}).append_column("numerator", whole["people"])
    released = {name: table.unify_dictionaries() for name, table in {PEOPLE: whole, **tables}.items()}
    found = {cell for table in released.values() for cell in _find_cells(table)}
    cells = sorted(found | {(area, split, NO) for area, split, group in found if group == YES})
    if outside:
        cells += sorted({(OUTSIDE, split, group) for area, split, group in cells if area not in homes})
    counts = {card.measure: _get_counts(card, everyone) for card in cards} | {PEOPLE: (None, None, everyone)}
    known, rows = {card.measure: card for card in cards}, _Rows.of(cells, homes)
    spread = _tell_namesakes_apart(
        replace(
            _spread(name, table, counts[name], rows, months, rule),
            sensitive=name in known and known[name].sensitive,
            is_mean=name in known and known[name].statistic == "mean",
        )
        for name, table in released.items()
    )
    met = {table.name: table.counts[0] for table in spread}
    return View(
        cells=tuple(cells),
        months=tuple(months),
        counts=tuple(dict.fromkeys(count for table in spread for count in table.counts if count)),
        tables=tuple(spread),
        registers={card.register: of for card in cards if card.register and (of := met[card.measure])},
        parents={
            code: said["parent"]
            for code, said in areas.items()
            if said["level"] and said["reported"] and code not in homes
        },
        homes=homes,
    )


def _get_counts(card: MeasureCard, everyone: str) -> tuple[str | None, str | None, str | None]:
    """What numerator, missed and denominator count.

    A rate's events are no part of what it is of, which may be weighted. A mean or median counts who has a value.
    """
    mine = f"{card.measure}: "
    if is_unit_measure(card):
        match card.statistic:
            case "proportion":
                return mine + "met", mine + "missed", mine + "of"
            case "rate":
                return mine + "events", None, mine + "of"
            case _:
                return None, None, mine + "values"
    of, met = card.denominator_means, card.numerator_means
    return met if of == everyone else f"{of} and {met}", mine + "missed", of


def _tell_namesakes_apart(tables: Iterable[Table]) -> list[Table]:
    """A table's count that is shown otherwise than its namesake in an earlier table gets a name of its own."""
    said: dict[str, tuple[npt.NDArray[np.bool_], Grid]] = {}
    apart = []
    for table in tables:
        shown = table.state == STATES.index(SHOWN)
        counts = list(table.counts)
        for place, numbers in ((0, table.numerator), (2, table.denominator)):
            count = counts[place]
            if count and count in said:
                both = shown & said[count][0]
                if not np.array_equal(numbers[both], said[count][1][both]):
                    counts[place] = count = f"{table.name}: {count}"
            if count and count not in said:
                said[count] = shown, numbers
        apart.append(replace(table, counts=(counts[0], counts[1], counts[2])))
    return apart


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows of every table of a view are of. area: a number of each; lived_in: whether people live there;
    outside: whether it is none; not_on: the rows of people who are not on a register; on: of those who are, and
    everybody: of both, -1 where there is no such row."""

    cells: Sequence[Cell]
    area: npt.NDArray[np.intp]
    lived_in: npt.NDArray[np.bool_]
    outside: npt.NDArray[np.bool_]
    not_on: npt.NDArray[np.intp]
    on: npt.NDArray[np.intp]
    everybody: npt.NDArray[np.intp]

    @classmethod
    def of(cls, cells: Sequence[Cell], homes: Mapping[str, Home]) -> "_Rows":
        at = {cell: place for place, cell in enumerate(cells)}
        on_registers = [
            (place, at[area, split, YES], at.get((area, ALL, ALL), -1))
            for (area, split, group), place in at.items()
            if group == NO and (area, split, YES) in at
        ]
        return cls(
            cells,
            np.unique([area for area, _, _ in cells], return_inverse=True)[1],
            np.array([area in homes for area, _, _ in cells]),
            np.array([area == OUTSIDE for area, _, _ in cells]),
            *np.array(on_registers, np.intp).reshape(-1, 3).T,
        )


def _spread(
    name: str,
    table: pa.Table,
    counts: tuple[str | None, str | None, str | None],
    rows: _Rows,
    months: Sequence[str],
    rule: Rule,
) -> Table:
    shape = (len(rows.cells), len(months))
    state = np.full(shape, ABSENT, np.int8)
    numerator, denominator = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    at = place_rows(table, rows.cells, months)
    codes, said = get_codes(table["state"])
    words = np.array([STATES.index(word) for word in said], np.int8)
    state[at] = words[codes]
    for grid, column in ((numerator, "numerator"), (denominator, "denominator")):
        grid[at] = table[column].combine_chunks().fill_null(0).to_numpy()
    # An area without a row never reported: it adds nothing to what it is part of. But not every measure is told by
    # where people live.
    there = np.zeros(rows.area.max() + 1, bool)
    there[rows.area[at[0]]] = True
    is_told = ~rows.lived_in | (rows.lived_in & there[rows.area]).any()
    state[~there[rows.area] & is_told & ~rows.outside] = STATES.index(NO_DATA)
    _hide_unpublished(state, (state == STATES.index(SHOWN)) & (denominator == 0), rows)
    return Table(name, counts, state, numerator, denominator, rule)


def _hide_unpublished(state: npt.NDArray[np.int8], nobody: npt.NDArray[np.bool_], rows: _Rows) -> None:
    """People who are not on a register are released nowhere, since they are everybody less those who are. Where
    everybody is shown to be nobody there is nothing to keep."""
    on_register = state[rows.on]
    is_told = (on_register == STATES.index(SHOWN)) | (on_register == STATES.index(HIDDEN))
    nothing_to_keep = nobody[rows.everybody] & (rows.everybody >= 0)[:, None]
    is_unpublished = (state[rows.not_on] == ABSENT) & is_told & ~nothing_to_keep
    state[rows.not_on] = np.where(is_unpublished, UNPUBLISHED, state[rows.not_on])


def with_months(table: pa.Table, months: Sequence[str]) -> pa.Table:
    """People are counted in the last month."""
    if "month" in table.column_names:
        return table
    return table.append_column("month", pa.repeat(_last_day(months[-1]), len(table)))


def place_levels(levels: Sequence[pa.Table], view: View) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """As place_rows, of each of several tables of one schema."""
    cells, months = place_rows(with_months(pa.concat_tables(levels), view.months), view.cells, view.months)
    ends = np.cumsum([len(level) for level in levels])[:-1]
    return list(zip(np.split(cells, ends), np.split(months, ends), strict=True))


def place_rows(
    table: pa.Table, cells: Sequence[Cell], months: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each row of a released table, the places of its cell and of its month."""
    rows = _place(table, {cell: place for place, cell in enumerate(cells)})
    return rows, _month_numbers(table) - _number(months[0])


def _find_cells(table: pa.Table) -> set[Cell]:
    return set(_Combined.of(table).cells)


def _place(table: pa.Table, at: Mapping[Cell, int]) -> npt.NDArray[np.int64]:
    """Where each row's cell is, looked up once for each combination of words."""
    combined = _Combined.of(table)
    places = np.full(combined.most, -1, np.int64)
    places[combined.different] = [at.get(cell, -1) for cell in combined.cells]
    return places[combined.rows]


@dataclass(frozen=True, slots=True)
class _Combined:
    """The combinations of area, split and group in a table. rows: a number below `most` for each row; different: those
    there are, rising; cells: the words of each of them."""

    rows: npt.NDArray[np.int64]
    most: int
    different: npt.NDArray[np.intp]
    cells: Sequence[Cell]

    @classmethod
    def of(cls, table: pa.Table) -> "_Combined":
        (area, areas), (split, splits), (group, groups) = (
            get_codes(table[name]) for name in ("area", "split", "group")
        )
        rows = (area.astype(np.int64) * len(splits) + split) * len(groups) + group
        # All there could be are few, so marking them is quicker than sorting the rows.
        is_there = np.zeros(len(areas) * len(splits) * len(groups), bool)
        is_there[rows] = True
        different = np.flatnonzero(is_there)
        pairs, each_group = np.divmod(different, len(groups) or 1)
        each_area, each_split = np.divmod(pairs, len(splits) or 1)
        words = ((areas, each_area), (splits, each_split), (groups, each_group))
        cells = list(zip(*(map(these.__getitem__, of.tolist()) for these, of in words), strict=True))
        return cls(rows, len(is_there), different, cells)


def _month_numbers(table: pa.Table) -> npt.NDArray[np.int64]:
    days = table["month"].combine_chunks().cast(pa.int32()).to_numpy()
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _number(month: str) -> int:
    return int(np.datetime64(month, "M").astype(np.int64))


def _last_day(month: str) -> pa.Scalar:
    day = (np.datetime64(month, "M") + 1).astype("datetime64[D]") - 1
    return pa.scalar(day.astype(date), pa.date32())
