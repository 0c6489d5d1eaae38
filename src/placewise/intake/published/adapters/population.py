"""Residents by single year of age, a row an area: columns 0, 1, 2 ... and an open last age (90+)."""

import re
from typing import Any

import numpy as np

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

INDICATOR = "residents"


class SingleYearOfAge(Adapter):
    area: Area
    total: str

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        ages = [each for each in content.columns if re.fullmatch(r"\d+\+?", each)]
        if [int(each.rstrip("+")) for each in ages] != list(range(len(ages))) or not ages or not ages[-1].endswith("+"):
            raise refuse(content.name, "its age columns do not run from 0 to an open last age", OTHER_EDITION)
        table = content.table(self.area.columns, [self.total, *ages])
        check_area(content, self.area, table, unique=True)
        counts = np.stack([table[age].to_numpy() for age in ages], axis=1)
        total = table[self.total].to_numpy()
        added = counts.sum(axis=1)
        if wrong := np.flatnonzero(~(added == total)).tolist():
            row = wrong[0]
            fault = f"the ages add up to {added[row]:.0f} and the column {self.total} says {total[row]:.0f}"
            raise content.fault(row, fault)
        said: dict[str, Any] = {"indicator": INDICATOR, "area_kind": self.area.kind, "period": file.period}
        everyone = get_observations(source, area=table[self.area.code], value=total, **said)
        by_age = get_observations(
            source,
            area=repeat_words(table[self.area.code], len(ages)),
            split="age",
            group=cycle_words(ages, len(table)),
            value=counts.ravel(),
            **said,
        )
        return Reading(join_tables([everyone, by_age]), self.area.get_names(table), len(table), len(table))
