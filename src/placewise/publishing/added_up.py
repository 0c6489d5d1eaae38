"""Observations added up to a system's areas, in SQL over one load; no disclosure here.

An area counts where a lookup places it in this system, or, for sources whose areas are those shown, where the
deployment names it: its organisations, those above them, and the groupings and counterparts of its published.yaml.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.faults import refuse
from placewise.floor.vocabulary import people
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.intake.contract import LIES_IN, NAMES_FILE, NOT_RECORDED, OBSERVATIONS_FILE
from placewise.measures.contract import ALL
from placewise.publishing.counterparts import Counterpart
from placewise.publishing.figures import Figure, Grouping, Split, Unplaced

BANDS = {
    "life_course": (people.LIFE_COURSE, people.LIFE_COURSE_STARTS),
    "age_band": (people.AGE_BANDS, people.AGE_BAND_STARTS),
}
OLDEST = 130
Listed = Mapping[str, Sequence[Counterpart]]
"""Counterparts by their kind of area."""
NONE_LISTED: Listed = {}

_TABLES = (
    """
    create table here as select source, area from read_parquet($file)
    where indicator = $lies_in and split = $top and "group" = $system
    """,
    """
    create table observations as select * from read_parquet($file)
    where area in (select area from here union select area from own)
    """,
    'create table lies_in as select source, area, split, "group" from observations where indicator = $lies_in',
)
"""here: the areas that each lookup places in this system. Names put into SQL are slugs: checked in figures.py."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How a source's areas become areas of one kind: SQL of area and target; of: the kind the source's areas are."""

    sql: str
    of: str


class AddedUp:
    """One load of observations, open for adding up. Use as a context manager."""

    def __init__(
        self, observations: Path, hierarchy: Hierarchy, groupings: dict[str, Grouping], listed: Listed = NONE_LISTED
    ) -> None:
        self._file = observations / OBSERVATIONS_FILE
        self._system, self._top = hierarchy.top.code, hierarchy.levels[0]
        self._areas = _get_areas(hierarchy, groupings, listed)
        self.names = _get_names(observations / NAMES_FILE, hierarchy, groupings, listed)
        self._kinds: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def __enter__(self) -> "AddedUp":
        """Take out of the load what is about this system, once: a small part of a file about the country."""
        self._database = duckdb.connect()
        columns = (pa.array(column) for column in zip(*self._areas, strict=True))
        self._database.register("own", pa.table(dict(zip(("kind", "of", "area", "target"), columns, strict=True))))
        values = {"file": str(self._file), "lies_in": LIES_IN, "top": self._top, "system": self._system}
        for sql in _TABLES:
            self._database.execute(sql, {name: value for name, value in values.items() if f"${name}" in sql})
        kinds = self._database.execute("select distinct source, indicator, area_kind from observations").fetchall()
        for source, indicator, kind in kinds:
            self._kinds[source, indicator].add(kind)
        return self

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def add(self, figure: Figure, lookup: str, period: str, kind: str, split: str) -> pa.Table:
        """area, period, group, numerator, denominator: one figure at one kind of area by one split.

        lookup and period: an item of figure.lookups. A sum with an empty value in it is empty, never too small.
        """
        placing = self._place(figure.source, figure.counts, lookup, kind)
        said = figure.splits[split]
        group, join = self._get_group(figure, split, said)
        value, denominator = "o.value", "o.denominator"
        if said.only:
            value = 'case when list_contains($only, o."group") then o.value when o.value is not null then 0 end'
            denominator = "o.value"
        whole = (
            "denominator"
            if said.only
            else {
                "count": "null",
                "ratio": "denominator",
                "share": "case when bool_and(numerator is not null) over whole then sum(numerator) over whole end",
            }[figure.shown_as]
        )
        periods = [period] if period else figure.periods
        return self._table(
            f"""
            with placed as ({placing.sql}),
            counted as (
                select placed.target as area, o.period, {group} as "group",
                    {value} as value, {denominator} as denominator
                from observations o join placed on placed.area = o.area {join}
                where o.source = $source and o.indicator = $counts and o.split = $of and o.area_kind = $kind
                {"and list_contains($periods, o.period)" if periods else ""}
            ),
            added as (
                select area, period, "group",
                    case when count(value) = count(*) then sum(value) end as numerator,
                    case when count(denominator) = count(*) then sum(denominator) end as denominator
                from counted group by area, period, "group"
            ),
            measured as (
                select area, period, "group", numerator, {whole} as denominator
                from added window whole as (partition by area, period)
            )
            select * from measured where "group" is not null order by area, period, "group"
            """,
            source=figure.source,
            counts=figure.counts,
            of=said.of,
            kind=placing.of,
            **({"periods": periods} if periods else {}),
            **({"only": said.only} if said.only else {}),
        )

    def find_unplaced(self, unplaced: Unplaced, kind: str) -> pa.Table:
        """area, numerator: the people of areas that one lookup places here and the other does not."""
        placing = self._place(unplaced.source, unplaced.counts, unplaced.placed_by, kind)
        still = self._place(unplaced.source, unplaced.counts, unplaced.left_out_by, placing.of)
        return self._table(
            f"""
            select placed.target as area, sum(o.denominator) as numerator
            from observations o join ({placing.sql}) placed on placed.area = o.area
            where o.source = $source and o.indicator = $counts and o.split = $all and o.period = $period
                and o.area not in (select area from ({still.sql}))
            group by placed.target order by placed.target
            """,
            source=unplaced.source,
            counts=unplaced.counts,
            all=ALL,
            period=unplaced.period,
        )

    def _place(self, source: str, counts: str, lookup: str, kind: str) -> Placing:
        kinds = self._kinds[source, counts]
        if lookup:
            of = self._check_edition(source, lookup, kinds)
            here = f"select area from here where source = '{lookup}'"
            if kind == of:
                return Placing(f"select area, area as target from ({here})", of)
            there = _members(lookup, kind)
            return Placing(f'select area, "group" as target from {there} where area in ({here})', of)
        parts = {of for parent, of, _, _ in self._areas if parent == kind and of in kinds}
        ofs = [kind] if kind in kinds else sorted(parts)
        if kinds and len(ofs) != 1:
            shown = ", ".join(sorted(kinds))
            raise refuse(source, f"its areas ({shown}) are not in one way parts of a {kind}", "name a lookup with `by`")
        of = ofs[0] if ofs else kind
        return Placing(f"select area, target from own where kind = '{kind}' and own.of = '{of}'", of)

    def _get_group(self, figure: Figure, name: str, split: Split) -> tuple[str, str]:
        """The SQL of the group, and the join it needs."""
        if split.by:
            self._check_edition(figure.source, split.by, self._kinds[figure.source, figure.counts])
            join = f"left join {_members(split.by, name)} as joined on joined.area = o.area"
            return f"coalesce(joined.\"group\", '{NOT_RECORDED}')", join
        if mapped := _get_groups(split):
            rows = [(word, group) for group, words in mapped.items() for word in words]
            words, groups = (pa.array(column) for column in zip(*rows, strict=True))
            self._database.register("mapped", pa.table({"word": words, "shown": groups}))
            return "mapped.shown", 'left join mapped on mapped.word = o."group"'
        return 'o."group"', ""

    def _check_edition(self, source: str, lookup: str, kinds: set[str]) -> str:
        """The kind of area that a lookup places. Raises FaultsFound where the source's areas are of another edition."""
        placed = self._kinds[lookup, LIES_IN]
        if kinds and placed and not placed & kinds:
            raise refuse(
                source,
                f"it counts by {', '.join(sorted(kinds))} and {lookup} places {', '.join(sorted(placed))}",
                "join counts and lookups of one edition",
            )
        return next(iter(placed & kinds or placed), "")

    def _table(self, sql: str, **values: Any) -> pa.Table:
        return self._database.execute(sql, values).to_arrow_table()


def _get_names(
    file: Path, hierarchy: Hierarchy, groupings: dict[str, Grouping], listed: Listed
) -> dict[tuple[str, str], str]:
    """Kind and code -> name: the deployment's own where it has one, else the publisher's."""
    table = pq.read_table(file)
    columns = (table[name].to_pylist() for name in ("kind", "code", "name"))
    names = {(kind, code): name for kind, code, name in zip(*columns, strict=True)}
    names |= {(each.level or each.kind, each.code): each.name for each in hierarchy.organisations.values()}
    names |= {(kind, each.code): each.name for kind, counterparts in listed.items() for each in counterparts}
    return names | {(each.kind, code): each.name for code, each in groupings.items()}


def _members(lookup: str, split: str) -> str:
    """The areas a lookup places and their groups in one split, as a subquery."""
    return f"(select area, \"group\" from lies_in where source = '{lookup}' and split = '{split}')"


def _get_groups(split: Split) -> dict[str, Sequence[str]]:
    """Group shown -> the source's groups in it; none where they are shown as they are."""
    if not split.bands:
        return dict(split.groups)
    names, starts = BANDS[split.bands]
    ends = [*starts[1:], OLDEST]
    bands = zip(names, starts, ends, strict=True)
    return {name: [word for age in range(start, end) for word in (f"{age}", f"{age}+")] for name, start, end in bands}


def _get_areas(hierarchy: Hierarchy, groupings: dict[str, Grouping], listed: Listed) -> list[tuple[str, str, str, str]]:
    """kind, of, area, target: every organisation as itself and under those above it, the members of groupings, and
    counterparts as themselves."""
    rows = []
    for each in hierarchy.organisations.values():
        kind = each.level or each.kind
        if kind in hierarchy.levels and not each.level:
            continue  # was a part of this system once, and is not now
        above = each
        while True:
            rows.append((above.level or above.kind, kind, each.code, above.code))
            if not above.parent:
                break
            above = hierarchy.organisations[above.parent]
    rows += [(each.kind, each.of, member, code) for code, each in groupings.items() for member in each.members]
    rows += [(kind, kind, each.code, each.code) for kind, counterparts in listed.items() for each in counterparts]
    return rows
