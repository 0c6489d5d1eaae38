"""Figures a row each: an area, a period, perhaps an indicator and a group, a number and perhaps what it is of."""

import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.faults import refuse
from placewise.intake.published.content import OTHER_EDITION, Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import Adapter, Area, Reading, check_area, get_observations


class FiguresInRows(Adapter):
    """indicator, period, group, denominator: columns of the file; without one of them the file has one indicator (its
    `counts`), the period of the file, no groups and no denominators. A row without a group is of everybody.

    wanted: the publisher's words for an indicator, by our name; rows of others are set aside and counted.
    """

    area: Area
    number: str
    counts: str = ""
    indicator: str = ""
    wanted: dict[str, str] = {}
    period: str = ""
    denominator: str = ""
    group: str = ""
    split: str = ""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        words = [each for each in (self.indicator, self.period, self.group) if each]
        numbers = [each for each in (self.number, self.denominator) if each]
        table = content.table([*self.area.columns, *words], numbers)
        check_area(content, self.area, table, unique=False)
        kept = self._pick(content, table) if self.wanted else table
        whole = pc.equal(kept[self.group], "") if self.group else None
        aside = len(table) - len(kept)
        return Reading(
            get_observations(
                source,
                indicator=self._name(kept),
                area_kind=self.area.kind,
                area=kept[self.area.code],
                period=kept[self.period] if self.period else file.period,
                value=kept[self.number],
                denominator=kept[self.denominator] if self.denominator else None,
                split="all" if whole is None else pc.if_else(whole, "all", self.split),
                group="all" if whole is None else pc.if_else(whole, "all", kept[self.group]),
            ),
            self.area.get_names(kept),
            len(table),
            len(kept),
            {"the row is of no indicator that the deployment reads": aside} if aside else {},
        )

    def _pick(self, content: Content, table: pa.Table) -> pa.Table:
        words = pa.array(self.wanted.values(), pa.string())
        absent = pc.invert(pc.is_in(words, value_set=pc.unique(table[self.indicator])))
        if (first := pc.index(absent, True).as_py()) >= 0:
            fault = f"the column {self.indicator} never holds `{words[first].as_py()}`"
            raise refuse(content.name, fault, OTHER_EDITION)
        return table.filter(pc.is_in(table[self.indicator], value_set=words))

    def _name(self, kept: pa.Table) -> str | pa.ChunkedArray:
        if not self.indicator:
            return self.counts
        if not self.wanted:
            return kept[self.indicator]
        place = pc.index_in(kept[self.indicator], value_set=pa.array(self.wanted.values(), pa.string()))
        return pa.chunked_array([pa.array(list(self.wanted))]).take(place)
