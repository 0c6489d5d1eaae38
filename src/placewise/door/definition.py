"""What the door lets through: for which purposes, under which opt-outs, and which columns of which tables."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from placewise.floor.faults import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One row of purposes.csv: what follows from declaring this purpose.

    legal_basis: what such a declaration rests on, for the person who writes one; type_1, national: whether that opt-out
    applies; sealed_identity: whether the NHS number travels, sealed to the treating practice (only where the practice
    must find its patient again); reason: why.
    """

    purpose: str
    title: str
    legal_basis: str
    type_1: bool
    national: bool
    sealed_identity: bool
    reason: str

    @property
    def opt_outs(self) -> tuple[str, ...]:
        """The kinds of opt-out that apply."""
        return tuple(kind for kind in OPT_OUT_KINDS if getattr(self, kind))


OPT_OUT_KINDS = ("type_1", "national")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """An organisation besides the treating practice to which people are named, for one purpose of its own.

    organisation: its code, and the name of its key; first_age, last_age: of those whom it may ask about. Nobody else is
    ever sealed to it (UK GDPR article 5(1)(c)).
    """

    organisation: str
    purpose: str
    first_age: int
    last_age: int


@cache
def read_purposes() -> Mapping[str, Purpose]:
    """purposes.csv, by purpose."""
    text = files(__package__).joinpath("purposes.csv").read_text(encoding="utf-8")
    purposes = (
        Purpose(
            purpose=row["purpose"],
            title=row["title"],
            legal_basis=row["legal_basis"],
            type_1=row["type_1"] == "yes",
            national=row["national"] == "yes",
            sealed_identity=row["sealed_identity"] == "yes",
            reason=row["reason"],
        )
        for row in csv.DictReader(text.splitlines())
    )
    return MappingProxyType({purpose.purpose: purpose for purpose in purposes})


REQUIRED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("person_id", "gender_concept_id", "year_of_birth"),
    "observation_period": ("person_id", "observation_period_start_date", "observation_period_end_date"),
    "condition_occurrence": ("person_id", "condition_concept_id", "condition_start_date"),
    "drug_exposure": ("person_id", "drug_concept_id", "drug_exposure_start_date"),
    "measurement": ("person_id", "measurement_concept_id", "measurement_date"),
    "procedure_occurrence": ("person_id", "procedure_concept_id", "procedure_date"),
    "observation": ("person_id", "observation_concept_id", "observation_date"),
    "visit_occurrence": ("person_id", "visit_concept_id", "visit_start_date"),
    "death": ("person_id", "death_date"),
}  # fmt: skip

OPTIONAL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("month_of_birth", "race_concept_id", "race_source_value"),
    "observation_period": ("observation_period_id",),
    "condition_occurrence": ("condition_occurrence_id", "condition_end_date", "condition_source_concept_id"),
    "drug_exposure": (
        "drug_exposure_id", "drug_exposure_end_date", "days_supply", "quantity", "drug_source_concept_id"),
    "measurement": (
        "measurement_id", "operator_concept_id", "value_as_number", "value_as_concept_id", "unit_concept_id",
        "measurement_source_concept_id"),
    "procedure_occurrence": ("procedure_occurrence_id", "procedure_source_concept_id"),
    "observation": (
        "observation_id", "value_as_number", "value_as_concept_id", "unit_concept_id", "observation_source_concept_id"),
    "visit_occurrence": ("visit_occurrence_id", "visit_end_date", "visit_source_concept_id"),
    "death": (),
}  # fmt: skip
"""The columns that pass, and no others: a list of what may pass cannot forget what may not. So day of birth, addresses,
names, source values, notes, providers and the cause of death (which could name a suicide before the coroner) stay."""


def find_columns(table: str, present: list[str], file: Path) -> list[str]:
    """The columns of this file that pass the door; raises FaultsFound where a required one is missing."""
    missing = [column for column in REQUIRED_COLUMNS[table] if column not in present]
    if missing:
        raise refuse(file, f"it lacks the column {', '.join(missing)}", "export it as the OMOP CDM 5.4 names it")
    allowed = {*REQUIRED_COLUMNS[table], *OPTIONAL_COLUMNS[table]}
    return [column for column in present if column in allowed]
