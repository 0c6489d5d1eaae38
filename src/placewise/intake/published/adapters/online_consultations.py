"""Submissions via Online Consultation Systems in General Practice (NHS England): which practices have such a system.

Documented layout (practice-level table): a row a month, practice and supplier: MONTH, GP_CODE, GP_NAME, SUPPLIER. A
practice counts once a month, as having a system where any of its rows names a supplier; one whose rows name none is in
the denominator only. So the share keeps both its counts and is never "over 99%".

Untested on a real file.
"""

import numpy as np
import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import Adapter, Area, Reading, check_area, get_observations

AREA, MONTH, SUPPLIER = Area(kind=PRACTICE, code="GP_CODE", name="GP_NAME"), "MONTH", "SUPPLIER"
INDICATOR = "online_consultation_available"


class OnlineConsultations(Adapter):
    without_system: list[str] = ["", "None", "No known system"]
    """What stands in the column SUPPLIER where a practice has no system."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*AREA.columns, MONTH, SUPPLIER])
        check_area(content, AREA, table, unique=False)
        named = pc.invert(pc.is_in(table[SUPPLIER], value_set=pc.cast(self.without_system, "string")))
        has = (
            table.append_column("has", named)
            .group_by([MONTH, AREA.code], use_threads=False)
            .aggregate([("has", "max")])
        )
        observations = get_observations(
            source,
            indicator=INDICATOR,
            area_kind=AREA.kind,
            area=has[AREA.code],
            period=get_months(content, MONTH, has[MONTH]),
            value=pc.cast(has["has_max"], "float64"),
            denominator=np.ones(len(has)),
        )
        return Reading(observations, AREA.get_names(table), len(table), len(table))
