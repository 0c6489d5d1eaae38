"""The OMOP CDM 5.3 and 5.4 as intake knows it: which columns a table may have, and what of it the warehouse keeps.

Source: OHDSI Common Data Model specification, versions 5.3.1 and 5.4. A table may have the columns of either.
"""

from dataclasses import dataclass

INTEGER, BIGINT, DOUBLE, DATE, TEXT = "INTEGER", "BIGINT", "DOUBLE", "DATE", "VARCHAR"


@dataclass(frozen=True, slots=True)
class Kept:
    """One column the warehouse keeps: its name there, its name in the source, and its SQL type.

    otherwise: SQL over the source's columns for a row (or a source) that has no value; None: a value is required;
    needs: a column `otherwise` reads that a source may lack, and then: what stands instead where it does.
    """

    name: str
    source: str
    kind: str
    otherwise: str | None = None
    needs: str = ""
    then: str = "NULL"


@dataclass(frozen=True, slots=True)
class Received:
    """One table of the source and what becomes of it.

    table: its name in the warehouse; concept: the source's concept column, for the report on unmapped codes.
    """

    table: str
    source: str
    columns: tuple[Kept, ...]
    concept: str = ""


_PERSON = Kept("person_id", "person_id", BIGINT)


def _event(table: str, source: str, stem: str, date: str, *more: Kept) -> Received:
    concept = f"{stem}_concept_id"
    columns = (_PERSON, Kept("date", date, DATE), Kept("concept_id", concept, INTEGER), *more)
    return Received(table, source, columns, concept)


_DRUG_START = "TRY_CAST(drug_exposure_start_date AS DATE)"
_DRUG_END = f"{_DRUG_START} + least(greatest(coalesce(TRY_CAST(days_supply AS INTEGER), 0), 0), 366)"
"""Where no end is recorded: the start and the days supplied (OMOP CDM convention for drug_exposure_end_date), but no
more than a year of them."""

_VALUE = Kept("value", "value_as_number", DOUBLE, "NULL")

EVENTS: tuple[Received, ...] = (
    _event("condition", "condition_occurrence", "condition", "condition_start_date"),
    _event("procedure", "procedure_occurrence", "procedure", "procedure_date"),
    _event("visit", "visit_occurrence", "visit", "visit_start_date"),
    _event("drug", "drug_exposure", "drug", "drug_exposure_start_date",
           Kept("end_date", "drug_exposure_end_date", DATE, _DRUG_END, "days_supply", _DRUG_START)),
    _event("measurement", "measurement", "measurement", "measurement_date",
           _VALUE, Kept("unit_concept_id", "unit_concept_id", INTEGER, "0")),
    _event("observation", "observation", "observation", "observation_date", _VALUE),
)  # fmt: skip

PERIODS = Received(
    "observation_period",
    "observation_period",
    (
        _PERSON,
        Kept("start_date", "observation_period_start_date", DATE),
        Kept("end_date", "observation_period_end_date", DATE),
    ),
)
REGISTRATION = Received(
    "registration",
    "registration",
    (
        _PERSON,
        Kept("practice", "practice", TEXT),
        Kept("start_date", "start_date", DATE),
        Kept("end_date", "end_date", DATE, "NULL"),
    ),
)
RESIDENCE = Received(
    "residence",
    "residence",
    (
        _PERSON,
        Kept("small_area", "small_area", TEXT),
        Kept("start_date", "start_date", DATE),
        Kept("end_date", "end_date", DATE, "NULL"),
    ),
)
DEATH = Received("death", "death", (_PERSON, Kept("date", "death_date", DATE)))
PEOPLE = Received(
    "person",
    "person",
    (
        _PERSON,
        Kept("birth_year", "year_of_birth", INTEGER),
        Kept("birth_month", "month_of_birth", INTEGER, "1"),
        Kept("gender", "gender_concept_id", INTEGER),
        Kept("race", "race_concept_id", INTEGER, "0"),
        Kept("category", "race_source_value", TEXT, "''"),
    ),
)

_COLUMNS = {
    "person": "person_id gender_concept_id year_of_birth month_of_birth day_of_birth birth_datetime race_concept_id "
    "ethnicity_concept_id location_id provider_id care_site_id person_source_value gender_source_value "
    "gender_source_concept_id race_source_value race_source_concept_id ethnicity_source_value "
    "ethnicity_source_concept_id",
    "observation_period": "observation_period_id person_id observation_period_start_date observation_period_end_date "
    "period_type_concept_id",
    "condition_occurrence": "condition_occurrence_id person_id condition_concept_id condition_start_date "
    "condition_start_datetime condition_end_date condition_end_datetime condition_type_concept_id "
    "condition_status_concept_id stop_reason provider_id visit_occurrence_id visit_detail_id condition_source_value "
    "condition_source_concept_id condition_status_source_value",
    "drug_exposure": "drug_exposure_id person_id drug_concept_id drug_exposure_start_date drug_exposure_start_datetime "
    "drug_exposure_end_date drug_exposure_end_datetime verbatim_end_date drug_type_concept_id stop_reason refills "
    "quantity days_supply sig route_concept_id lot_number provider_id visit_occurrence_id visit_detail_id "
    "drug_source_value drug_source_concept_id route_source_value dose_unit_source_value",
    "procedure_occurrence": "procedure_occurrence_id person_id procedure_concept_id procedure_date procedure_datetime "
    "procedure_end_date procedure_end_datetime procedure_type_concept_id modifier_concept_id quantity provider_id "
    "visit_occurrence_id visit_detail_id procedure_source_value procedure_source_concept_id modifier_source_value",
    "measurement": "measurement_id person_id measurement_concept_id measurement_date measurement_datetime "
    "measurement_time measurement_type_concept_id operator_concept_id value_as_number value_as_concept_id "
    "unit_concept_id range_low range_high provider_id visit_occurrence_id visit_detail_id measurement_source_value "
    "measurement_source_concept_id unit_source_value unit_source_concept_id value_source_value measurement_event_id "
    "meas_event_field_concept_id",
    "observation": "observation_id person_id observation_concept_id observation_date observation_datetime "
    "observation_type_concept_id value_as_number value_as_string value_as_concept_id qualifier_concept_id "
    "unit_concept_id provider_id visit_occurrence_id visit_detail_id observation_source_value "
    "observation_source_concept_id unit_source_value qualifier_source_value value_source_value observation_event_id "
    "obs_event_field_concept_id",
    "visit_occurrence": "visit_occurrence_id person_id visit_concept_id visit_start_date visit_start_datetime "
    "visit_end_date visit_end_datetime visit_type_concept_id provider_id care_site_id visit_source_value "
    "visit_source_concept_id admitting_source_concept_id admitting_source_value discharge_to_concept_id "
    "discharge_to_source_value admitted_from_concept_id admitted_from_source_value discharged_to_concept_id "
    "discharged_to_source_value preceding_visit_occurrence_id",
    "death": "person_id death_date death_datetime death_type_concept_id cause_concept_id cause_source_value "
    "cause_source_concept_id",
    "location": "location_id address_1 address_2 city state zip county location_source_value country_concept_id "
    "country_source_value latitude longitude",
    "care_site": "care_site_id care_site_name place_of_service_concept_id location_id care_site_source_value "
    "place_of_service_source_value",
    "registration": "person_id practice start_date end_date",
    "residence": "person_id small_area start_date end_date",
    "sealed_identity": "person_id practice sealed key_id",
    "small_areas": "small_area place deprivation_decile deprivation_edition geography_edition",
}

COLUMNS: dict[str, frozenset[str]] = {table: frozenset(names.split()) for table, names in _COLUMNS.items()}
"""The columns each table that intake reads may have, in CDM 5.3 or 5.4, and of our own four extension tables."""

REQUIRED: dict[str, tuple[str, ...]] = {
    **{
        each.source: tuple(kept.source for kept in each.columns if kept.otherwise is None)
        for each in (PEOPLE, PERIODS, REGISTRATION, RESIDENCE, DEATH, *EVENTS)
    },
    "location": ("location_id", "location_source_value"),
    "care_site": ("care_site_id", "care_site_source_value"),
    "sealed_identity": ("person_id", "practice", "sealed", "key_id"),
    "small_areas": ("small_area", "place", "deprivation_decile", "deprivation_edition", "geography_edition"),
}

NOTES = frozenset({"note", "note_nlp"})
"""Free text by nature."""

_VOCABULARY = """
concept vocabulary domain concept_class concept_relationship relationship concept_synonym concept_ancestor
source_to_concept_map drug_strength
"""
VOCABULARY = frozenset(_VOCABULARY.split())
"""Tables about codes, not about people."""

_NOT_LOADED = """
condition_era drug_era dose_era visit_detail device_exposure specimen fact_relationship provider payer_plan_period cost
cohort cohort_definition cohort_attribute attribute_definition cdm_source metadata episode episode_event
"""
NOT_LOADED = frozenset(_NOT_LOADED.split())
"""Tables of the CDM that no room asks for: their rows are counted and stay where they are."""

RACE_GROUPS = {
    8527: "white", 8515: "asian", 8516: "black", 8557: "other", 8657: "other", 8522: "other",
}  # fmt: skip
"""OMOP's race concepts as ethnic groups, for a source without the NHS Data Dictionary's categories."""

BIRTH_DETAIL = ("day_of_birth", "birth_datetime")
ADDRESS_LINES = ("address_1", "address_2")
EARLIEST_YEAR = 1880
