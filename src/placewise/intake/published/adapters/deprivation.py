"""An index of multiple deprivation: the decile in which each small area lies (1 is most deprived), and its score."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import (
    Adapter,
    Area,
    Reading,
    check_area,
    get_membership,
    get_observations,
    join_tables,
)

SPLIT = "deprivation_decile"


class DeprivationIndex(Adapter):
    area: Area
    decile: str
    score: str

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table(self.area.columns, [self.decile, self.score])
        check_area(content, self.area, table, unique=True)
        decile = table[self.decile].fill_null(0).to_numpy()
        if wrong := np.flatnonzero(~np.isin(decile, np.arange(1, 11))).tolist():
            raise content.fault(wrong[0], f"the column {self.decile} holds no decile from 1 to 10")
        groups = pc.cast(pa.array(decile.astype(np.int8)), pa.string())
        area = table[self.area.code]
        lies_in = get_membership(source, self.area.kind, area, file.period, SPLIT, groups)
        scores = get_observations(
            source,
            indicator="deprivation_score",
            area_kind=self.area.kind,
            area=area,
            period=file.period,
            value=table[self.score],
        )
        return Reading(join_tables([lies_in, scores]), self.area.get_names(table), len(table), len(table))
