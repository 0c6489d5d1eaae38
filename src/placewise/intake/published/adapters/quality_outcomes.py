"""Quality and Outcomes Framework prevalence (NHS England): each practice's registers, and the list each is a part of.

A row a year, practice and disease group: YEAR, PRACTICE_CODE, GROUP_CODE, REGISTER, PATIENT_LIST_TYPE,
PRACTICE_LIST_SIZE. The list is the one the register is drawn from (all ages, or 18 and over, and so on), so that
register over list is the prevalence the publisher gives.
"""

import numpy as np
import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.reading import Adapter, Area, Reading, check_area, get_observations

AREA = Area(kind=PRACTICE, code="PRACTICE_CODE")


class QualityOutcomesPrevalence(Adapter):
    area: Area = AREA

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table(["YEAR", self.area.code, "GROUP_CODE"], ["REGISTER", "PRACTICE_LIST_SIZE"])
        check_area(content, self.area, table, unique=False)
        bad = pc.invert(pc.match_substring_regex(table["YEAR"], r"^\d{4}-\d{2}$"))
        if (row := pc.index(bad, True).as_py()) >= 0:
            raise content.fault(
                row, f"the column YEAR holds `{table['YEAR'][row].as_py()}`, which is not a year like 2020-21"
            )
        register, size = table["REGISTER"].to_numpy(), table["PRACTICE_LIST_SIZE"].to_numpy()
        possible = (register >= 0) & (register <= size)
        kept = table.filter(possible)
        observations = get_observations(
            source,
            indicator=pc.binary_join_element_wise("qof", pc.utf8_lower(kept["GROUP_CODE"]), "_"),
            area_kind=self.area.kind,
            area=kept[self.area.code],
            period=kept["YEAR"],
            value=kept["REGISTER"],
            denominator=kept["PRACTICE_LIST_SIZE"],
        )
        aside = int(np.count_nonzero(~possible))
        rejected = {"the register is empty, or longer than the list it is drawn from": aside} if aside else {}
        return Reading(observations, NAMES.empty_table(), len(table), len(kept), rejected)
