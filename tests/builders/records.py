"""Small records as practices' systems would send them (synthetic/contract.py), a few invented people at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import nhs_number
import pyarrow as pa
import pyarrow.parquet as pq
from nacl.public import PrivateKey

from placewise.door.contract import SMALL_AREAS, Declaration

EXTRACTED_ON = date(2026, 4, 1)
LINKAGE_KEY = bytes(range(32))
PRACTICES = ("P1", "P2", "P3")
AREAS = ("E1", "E2")
HYPERTENSION, SYSTOLIC, RESTRICTED = 316866, 3004249, 4300000
MILLIMETRES_OF_MERCURY = 8876


def make_number(position: int) -> str:
    """A valid NHS number from the range kept for tests: the same for the same position."""
    found, stem = -1, 999_000_000
    while True:
        check = nhs_number.calculate_checksum(str(stem))
        found += check != 10
        if found == position:
            return f"{stem}{check}"
        stem += 1


@dataclass(frozen=True)
class Someone:
    """One invented person. spells: practice, start, end; conditions, observations: concept, date; readings: concept,
    date, value, and the concept of their unit where it is no millimetres of mercury."""

    number: str
    born: tuple[int, int] = (1960, 5)
    sex: int = 8532
    ethnicity: str | None = "A"
    spells: Sequence[tuple[str, date, date | None]] = (("P1", date(2015, 1, 1), None),)
    area: str = "E1"
    died: date | None = None
    conditions: Sequence[tuple[int, date]] = ()
    readings: Sequence[tuple[int, date, float] | tuple[int, date, float, int]] = ()
    observations: Sequence[tuple[int, date]] = ()


def _schema(columns: str) -> pa.Schema:
    """OMOP names tell the type: dates, numbers and text by their endings, whole numbers else."""

    def find_type(name: str) -> pa.DataType:
        if name.endswith(("_date", "_datetime")):
            return pa.date32()
        if name.endswith(("_source_value", "note_text", "zip", "address_1", "nhs_number", "kind")):
            return pa.string()
        return pa.float64() if name == "value_as_number" else pa.int64()

    return pa.schema([(name, find_type(name)) for name in columns.split()])


SCHEMAS = {
    "person": _schema(
        "person_id gender_concept_id year_of_birth month_of_birth day_of_birth birth_datetime race_concept_id"
        " race_source_value person_source_value"
    ),
    "observation_period": _schema(
        "observation_period_id person_id observation_period_start_date observation_period_end_date"
    ),
    "registration": _schema("person_id care_site_id registration_start_date registration_end_date"),
    "residence": _schema("person_id location_id residence_start_date residence_end_date"),
    "death": _schema("person_id death_date cause_source_value"),
    "condition_occurrence": _schema(
        "condition_occurrence_id person_id condition_concept_id condition_start_date condition_source_value"
    ),
    "measurement": _schema(
        "measurement_id person_id measurement_concept_id measurement_date value_as_number unit_concept_id"
    ),
    "drug_exposure": _schema("drug_exposure_id person_id drug_concept_id drug_exposure_start_date"),
    "procedure_occurrence": _schema("procedure_occurrence_id person_id procedure_concept_id procedure_date"),
    "observation": _schema("observation_id person_id observation_concept_id observation_date"),
    "visit_occurrence": _schema("visit_occurrence_id person_id visit_concept_id visit_start_date"),
    "note": _schema("note_id person_id note_text"),
    "care_site": _schema("care_site_id care_site_source_value"),
    "location": _schema("location_id location_source_value zip address_1"),
    "opt_out": _schema("nhs_number kind from_date"),
}


@dataclass(frozen=True)
class OptOut:
    number: str
    kind: str
    since: date = date(2020, 1, 1)


@dataclass(frozen=True)
class Records:
    folder: Path
    keys: dict[str, PrivateKey] = field(default_factory=dict)

    @property
    def practice_keys(self) -> Path:
        return self.folder / "practice_keys"


def make_declaration(purpose: str = "direct_care", **changes: object) -> Declaration:
    values = {
        "source": "general_practice",
        "purpose": purpose,
        "legal_basis": "UK GDPR articles 6(1)(e) and 9(2)(h)",
        "controller": "The practices",
        "retention_until": date(2030, 1, 1),
        "cdm_version": "5.4",
        "extracted_on": EXTRACTED_ON,
        "declares_practices": True,
        "synthetic": False,
    }
    return Declaration(**{**values, **changes})  # type: ignore[arg-type]


def write_records(
    folder: Path, people: Sequence[Someone], opt_outs: Sequence[OptOut] = (), recipients: Sequence[str] = ()
) -> Records:
    """Write RECORDS, with day of birth, postcode, note and address, which the door must keep back. recipients: who has
    a key besides the practices."""
    folder.mkdir(parents=True)
    ids = range(1, len(people) + 1)
    rows: dict[str, list[dict]] = {
        "person": [
            {
                "person_id": key,
                "gender_concept_id": each.sex,
                "year_of_birth": each.born[0],
                "month_of_birth": each.born[1],
                "day_of_birth": 17,
                "birth_datetime": date(*each.born, 17),
                "race_concept_id": 0,
                "race_source_value": each.ethnicity,
                "person_source_value": each.number,
            }
            for key, each in zip(ids, people, strict=True)
        ],
        "observation_period": [
            {
                "observation_period_id": key,
                "person_id": key,
                "observation_period_start_date": each.spells[0][1],
                "observation_period_end_date": EXTRACTED_ON,
            }
            for key, each in zip(ids, people, strict=True)
            if each.spells
        ],
        "registration": [
            {
                "person_id": key,
                "care_site_id": PRACTICES.index(practice),
                "registration_start_date": start,
                "registration_end_date": end,
            }
            for key, each in zip(ids, people, strict=True)
            for practice, start, end in each.spells
        ],
        "residence": [
            {
                "person_id": key,
                "location_id": AREAS.index(each.area),
                "residence_start_date": date(2015, 1, 1),
                "residence_end_date": None,
            }
            for key, each in zip(ids, people, strict=True)
        ],
        "death": [
            {"person_id": key, "death_date": each.died, "cause_source_value": "told by the coroner"}
            for key, each in zip(ids, people, strict=True)
            if each.died
        ],
        "condition_occurrence": [
            {
                "condition_occurrence_id": key * 100 + number,
                "person_id": key,
                "condition_concept_id": concept,
                "condition_start_date": day,
                "condition_source_value": f"as {people[key - 1].number} told the nurse",
            }
            for key, each in zip(ids, people, strict=True)
            for number, (concept, day) in enumerate(each.conditions)
        ],
        "measurement": [
            {
                "measurement_id": key * 100 + number,
                "person_id": key,
                "measurement_concept_id": concept,
                "measurement_date": day,
                "value_as_number": value,
                "unit_concept_id": unit[0] if unit else MILLIMETRES_OF_MERCURY,
            }
            for key, each in zip(ids, people, strict=True)
            for number, (concept, day, value, *unit) in enumerate(each.readings)
        ],
        "observation": [
            {
                "observation_id": key * 100 + number,
                "person_id": key,
                "observation_concept_id": concept,
                "observation_date": day,
            }
            for key, each in zip(ids, people, strict=True)
            for number, (concept, day) in enumerate(each.observations)
        ],
        "note": [{"note_id": 1, "person_id": 1, "note_text": "Lives at 1 High Street, LS1 4AP"}],
        "care_site": [{"care_site_id": key, "care_site_source_value": code} for key, code in enumerate(PRACTICES)],
        "location": [
            {"location_id": key, "location_source_value": code, "zip": "LS1 4AP", "address_1": "1 High Street"}
            for key, code in enumerate(AREAS)
        ],
        "opt_out": [{"nhs_number": each.number, "kind": each.kind, "from_date": each.since} for each in opt_outs],
    }
    for table, schema in SCHEMAS.items():
        pq.write_table(pa.Table.from_pylist(rows.get(table, []), schema=schema), folder / f"{table}.parquet")
    areas = [
        {"small_area": code, "place": "PLACE", "deprivation_decile": decile, "deprivation_edition": "IMD 2019",
         "geography_edition": "invented"}
        for decile, code in enumerate(AREAS, 1)
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist(areas, schema=SMALL_AREAS), folder / "small_areas.parquet")
    records = Records(folder, {practice: PrivateKey.generate() for practice in (*PRACTICES, *recipients)})
    records.practice_keys.mkdir()
    for practice, key in records.keys.items():
        (records.practice_keys / f"{practice}.pub").write_text(bytes(key.public_key).hex())
        (records.practice_keys / f"{practice}.key").write_text(bytes(key).hex())
    return records
