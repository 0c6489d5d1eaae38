"""What the synthetic system hands to the door: what practices' own systems would hold, so NHS numbers and all.

    RECORDS/
      manifest.json         SyntheticManifest as JSON: people, seed, window, rows by table, planted truths
      person.parquet        OMOP CDM 5.4; person_source_value is the NHS number (from the 999 test range);
                            race_source_value is the NHS Data Dictionary ethnic category code (A to S, Z, 99)
      observation_period, condition_occurrence, drug_exposure, measurement, procedure_occurrence, observation,
      visit_occurrence, death, location, care_site   (.parquet, OMOP CDM 5.4 columns)
      registration.parquet  person_id, care_site_id, registration_start_date, registration_end_date
      residence.parquet     person_id, location_id, residence_start_date, residence_end_date
      opt_out.parquet       nhs_number, kind (type_1, national), from_date
      small_areas.parquet   as in door/contract.py: the synthetic small areas, their place and decile
      practice_keys/        PRACTICE.key (private, only on the practice's machine) and PRACTICE.pub, hexadecimal

care_site.care_site_source_value is the practice's organisation code; location.location_source_value the small area's
code. Concepts are those of codelists/. OMOP's own date columns keep their CDM names.
"""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class PlantedTruth:
    """Something put into the synthetic system on purpose, with the answer a correct analysis must find.

    kind: treatment_gap, outlying_practice, falling_measurement, true_improvement, found_twice,
    coding_drive or none; measure: the measure's slug; where: organisation codes, small_area deciles or groups it holds
    for; expected: the figures that must come out, by name, each with its tolerance as [low, high].
    """

    kind: str
    measure: str
    where: dict[str, Any]
    expected: dict[str, tuple[float, float]]
    told: str
    """One plain sentence."""


@dataclass(frozen=True, slots=True)
class SyntheticManifest:
    deployment: str
    people: int
    seed: int
    first_month: str
    last_month: str
    cdm_version: str
    rows: dict[str, int]
    planted: tuple[PlantedTruth, ...]


REGISTRATION = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("care_site_id", pa.int64(), nullable=False),
        pa.field("registration_start_date", pa.date32(), nullable=False),
        pa.field("registration_end_date", pa.date32()),
    ]
)
"""Our extension: OMOP keeps one practice a person and no history of it."""

RESIDENCE = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("location_id", pa.int64(), nullable=False),
        pa.field("residence_start_date", pa.date32(), nullable=False),
        pa.field("residence_end_date", pa.date32()),
    ]
)
"""Our extension: OMOP keeps one address a person and no history of it."""

OPT_OUT = pa.schema(
    [
        pa.field("nhs_number", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("from_date", pa.date32(), nullable=False),
    ]
)
