"""The layouts Placewise can read, by the name a deployment's published.yaml gives them.

Another layout is another class of Adapter, named by its package in the entry-point group `placewise.sources`.
"""

from functools import cache
from importlib.metadata import entry_points

from placewise.intake.published.adapters.census import CountsInColumns, CountsInRows
from placewise.intake.published.adapters.deprivation import DeprivationIndex
from placewise.intake.published.adapters.gp_appointments import GpAppointments
from placewise.intake.published.adapters.lookup import Lookup
from placewise.intake.published.adapters.online_consultations import OnlineConsultations
from placewise.intake.published.adapters.population import SingleYearOfAge
from placewise.intake.published.adapters.practice_list import PracticeList
from placewise.intake.published.adapters.quality_outcomes import QualityOutcomesPrevalence
from placewise.intake.published.adapters.referral_to_treatment import ReferralToTreatment
from placewise.intake.published.adapters.registered_patients import RegisteredPatients
from placewise.intake.published.reading import Adapter

GROUP = "placewise.sources"

BUILT_IN: dict[str, type[Adapter]] = {
    "lookup": Lookup,
    "deprivation_index": DeprivationIndex,
    "single_year_of_age": SingleYearOfAge,
    "counts_in_columns": CountsInColumns,
    "counts_in_rows": CountsInRows,
    "quality_outcomes_prevalence": QualityOutcomesPrevalence,
    "practice_list": PracticeList,
    "registered_patients": RegisteredPatients,
    "referral_to_treatment": ReferralToTreatment,
    "gp_appointments": GpAppointments,
    "online_consultations": OnlineConsultations,
}


@cache
def find_adapters() -> dict[str, type[Adapter]]:
    """Every layout that can be read: ours, and those of the packages installed beside Placewise."""
    found = dict(BUILT_IN)
    for point in entry_points(group=GROUP):
        adapter = point.load()
        if isinstance(adapter, type) and issubclass(adapter, Adapter):
            found[point.name] = adapter
    return found
