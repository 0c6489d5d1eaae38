"""Practices and registered patients by sub-ICB location and month (NHS England, coverage file of GP appointments).

SUB_ICB_LOCATION_CODE, Appointment_Month (01AUG2020), and patients registered at open practices. The publisher gives the
whole series on its boundaries of today.
"""

from placewise.intake.contract import NAMES
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile
from placewise.intake.published.months import get_months
from placewise.intake.published.reading import Adapter, Reading, get_observations, join_tables

AREA, MONTH = "SUB_ICB_LOCATION_CODE", "Appointment_Month"
VALUES = {
    "registered_patients": "Patients registered at open practices",
    "open_practices": "Open Practices",
}


class RegisteredPatients(Adapter):
    area_kind: str
    """What this deployment calls a sub-ICB location."""

    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        table = content.table([AREA, MONTH], list(VALUES.values()))
        months = get_months(content, MONTH, table[MONTH])
        observations = [
            get_observations(
                source,
                indicator=indicator,
                area_kind=self.area_kind,
                area=table[AREA],
                period=months,
                value=table[column],
            )
            for indicator, column in VALUES.items()
        ]
        return Reading(join_tables(observations), NAMES.empty_table(), len(table), len(table))
