"""The OMOP CDM 5.3 and 5.4 as intake knows it: which columns a table may have, and what of it the warehouse keeps.

Source: OHDSI Common Data Model specification, versions 5.3.1 and 5.4. A table may have the columns of either.
"""

from dataclasses import dataclass

from placewise.door import contract as door
from placewise.floor.vocabulary.cdm import TABLES

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

_VALUE = (Kept("value", "value_as_number", DOUBLE, "NULL"), Kept("unit_concept_id", "unit_concept_id", INTEGER, "0"))

EVENTS: tuple[Received, ...] = (
    _event("condition", "condition_occurrence", "condition", "condition_start_date"),
    _event("procedure", "procedure_occurrence", "procedure", "procedure_date"),
    _event("visit", "visit_occurrence", "visit", "visit_start_date",
           Kept("end_date", "visit_end_date", DATE, "TRY_CAST(visit_start_date AS DATE)")),
    _event("drug", "drug_exposure", "drug", "drug_exposure_start_date",
           Kept("end_date", "drug_exposure_end_date", DATE, _DRUG_END, "days_supply", _DRUG_START)),
    _event("measurement", "measurement", "measurement", "measurement_date", *_VALUE),
    _event("observation", "observation", "observation", "observation_date", *_VALUE),
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
SEALED = Received(
    "sealed_identity", "sealed_identity", (_PERSON, Kept("practice", "practice", TEXT), Kept("key_id", "key_id", TEXT))
)
SMALL_AREAS = Received("small_areas", "small_areas", ())
REPLACED = Received("replaced", "replaced", ())
"""Checked whole: no row of them is set aside."""
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

_OLDER = {
    "visit_occurrence": (
        "admitting_source_concept_id",
        "admitting_source_value",
        "discharge_to_concept_id",
        "discharge_to_source_value",
    )
}
"""What CDM 5.3 has and 5.4 names otherwise."""

_EXTENSIONS = {
    "registration": door.REGISTRATION,
    "residence": door.RESIDENCE,
    "sealed_identity": door.SEALED_IDENTITY,
    "small_areas": door.SMALL_AREAS,
    "replaced": door.REPLACED,
}

COLUMNS: dict[str, frozenset[str]] = {
    table: frozenset(schema.names).union(_OLDER.get(table, ())) for table, schema in (TABLES | _EXTENSIONS).items()
}
"""The columns each table that intake reads may have, in CDM 5.3 or 5.4, and of our own five extension tables."""

REQUIRED: dict[str, tuple[str, ...]] = {
    **{
        each.source: tuple(kept.source for kept in each.columns if kept.otherwise is None)
        for each in (PEOPLE, PERIODS, REGISTRATION, RESIDENCE, DEATH, *EVENTS)
    },
    "location": ("location_id", "location_source_value"),
    "care_site": ("care_site_id", "care_site_source_value"),
    "sealed_identity": tuple(door.SEALED_IDENTITY.names),
    "small_areas": tuple(door.SMALL_AREAS.names),
    "replaced": tuple(door.REPLACED.names),
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
