"""Patients Registered at a GP Practice (NHS England): each practice's list, all ages and sexes.

EXTRACT_DATE (01JAN2021), CODE, SEX, AGE, NUMBER_OF_PATIENTS; rows of one sex or age, where the file has them, are set
aside. The practice's postcode is not read.
"""

import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import Adapter, Area, Reading, check_area, get_observations

AREA = Area(kind=PRACTICE, code="CODE")
INDICATOR = "registered_patients"


class PracticeList(Adapter):
    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table(["EXTRACT_DATE", "CODE", "SEX", "AGE"], ["NUMBER_OF_PATIENTS"])
        everyone = pc.and_(pc.equal(table["SEX"], "ALL"), pc.equal(table["AGE"], "ALL"))
        check_area(content, AREA, table, unique=False)
        kept = table.filter(everyone)
        observations = get_observations(
            source,
            indicator=INDICATOR,
            area_kind=AREA.kind,
            area=kept[AREA.code],
            period=get_months(content, "EXTRACT_DATE", kept["EXTRACT_DATE"]),
            value=kept["NUMBER_OF_PATIENTS"],
        )
        aside = len(table) - len(kept)
        rejected = {"the row is of one sex or age and is part of the practice's total": aside} if aside else {}
        return Reading(observations, NAMES.empty_table(), len(table), len(kept), rejected)
