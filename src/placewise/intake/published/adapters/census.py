"""Counts of people or households by a characteristic, in either of the two layouts such tables come in."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.faults import refuse
from placewise.intake.published.content import OTHER_EDITION, Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import (
    Adapter,
    Area,
    Reading,
    check_area,
    cycle_words,
    get_observations,
    join_tables,
    repeat_words,
)


class CountsInColumns(Adapter):
    """A row an area, a column a group, and a column with the total."""

    area: Area
    indicator: str
    total: str
    split: str
    groups: dict[str, str]
    """Group -> its column."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table(self.area.columns, [self.total, *self.groups.values()])
        check_area(content, self.area, table, unique=True)
        said: dict[str, Any] = {"indicator": self.indicator, "area_kind": self.area.kind, "period": file.period}
        counts = np.stack([table[column].to_numpy() for column in self.groups.values()], axis=1)
        everyone = get_observations(source, area=table[self.area.code], value=table[self.total], **said)
        by_group = get_observations(
            source,
            area=repeat_words(table[self.area.code], len(self.groups)),
            split=self.split,
            group=cycle_words(list(self.groups), len(table)),
            value=pa.array(counts.ravel(), from_pandas=True),
            **said,
        )
        return Reading(join_tables([everyone, by_group]), self.area.get_names(table), len(table), len(table))


class CountsInRows(Adapter):
    """A row for each area and group. Rows of other groups (percentages, say) are set aside and counted."""

    area: Area
    indicator: str
    split: str
    group: str
    value: str
    groups: dict[str, str]
    """Group -> the publisher's words for it."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*self.area.columns, self.group], [self.value])
        check_area(content, self.area, table, unique=False)
        words = pa.array(self.groups.values(), pa.string())
        absent = pc.invert(pc.is_in(words, value_set=pc.unique(table[self.group])))
        if (first := pc.index(absent, True).as_py()) >= 0:
            fault = f"the column {self.group} never holds `{words[first].as_py()}`"
            raise refuse(content.name, fault, OTHER_EDITION)
        place = pc.index_in(table[self.group], value_set=words)
        kept = table.filter(place.is_valid())
        observations = get_observations(
            source,
            indicator=self.indicator,
            area_kind=self.area.kind,
            area=kept[self.area.code],
            period=file.period,
            split=self.split,
            group=pa.chunked_array([pa.array(list(self.groups))]).take(place.drop_null()),
            value=kept[self.value],
        )
        aside = len(table) - len(kept)
        rejected = {"the row is of no group that the deployment counts": aside} if aside else {}
        return Reading(observations, self.area.get_names(table), len(table), len(kept), rejected)
