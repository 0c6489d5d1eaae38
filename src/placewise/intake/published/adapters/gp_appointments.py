"""Appointments in General Practice (NHS England): appointments a month by how they were held.

Documented layout (supporting information of the publication): the regional file has Appointment_Month, APPT_MODE and
COUNT_OF_APPOINTMENTS by SUB_ICB_LOCATION_CODE (CCG_CODE before July 2022); the practice-level file has
APPOINTMENT_MONTH_START_DATE and GP_CODE. All statuses, staff and booking times are added up. An area without
appointments of a mode has no row for it.

Untested on a real file.
"""

import pyarrow as pa
import pyarrow.compute as pc

from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import Adapter, Area, Reading, check_area, get_observations, join_tables

MODE, COUNT = "APPT_MODE", "COUNT_OF_APPOINTMENTS"
MODES = {
    "Face-to-Face": "face_to_face",
    "Telephone": "telephone",
    "Home Visit": "home_visit",
    "Video Conference/Online": "video_or_online",
    "Video/Online": "video_or_online",
    "Unknown": "not_recorded",
}
INDICATOR, SPLIT = "gp_appointments", "appointment_mode"


class GpAppointments(Adapter):
    area: Area
    month: str

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([*self.area.columns, self.month, MODE], [COUNT])
        check_area(content, self.area, table, unique=False)
        place = pc.index_in(table[MODE], value_set=pa.array(MODES, pa.string()))
        if (row := pc.index(pc.is_null(place), True).as_py()) >= 0:
            raise content.fault(row, f"the column {MODE} holds `{table[MODE][row].as_py()}`, which is no mode we know")
        table = table.append_column("mode", pa.chunked_array([pa.array(list(MODES.values()))]).take(place))
        tables = [self._added(source, content, table, "all"), self._added(source, content, table, SPLIT)]
        return Reading(join_tables(tables), self.area.get_names(table), len(table), len(table))

    def _added(self, source: str, content: Content, table: pa.Table, split: str) -> pa.Table:
        keys = [self.month, self.area.code, *(["mode"] if split == SPLIT else [])]
        added = table.group_by(keys, use_threads=False).aggregate([(COUNT, "sum")])
        return get_observations(
            source,
            indicator=INDICATOR,
            area_kind=self.area.kind,
            area=added[self.area.code],
            period=get_months(content, self.month, added[self.month]),
            split=split,
            group=added["mode"] if split == SPLIT else "all",
            value=added[f"{COUNT}_sum"],
        )
