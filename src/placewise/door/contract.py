"""What the door hands on: an extract, a folder with no NHS number, postcode, full date of birth or free text in it.

EXTRACT/
  extract.json             the Declaration below, the tables with their rows and SHA-256, restricted codes removed and
                           the version of the list they stand in
  person.parquet ...       OMOP CDM tables, person_id replaced by the linkage pseudonym (a positive int64)
  registration.parquet     person_id, practice (organisation code), start_date, end_date (null = still registered)
  residence.parquet        person_id, small_area (code), start_date, end_date
  sealed_identity.parquet  person_id, practice, sealed (NHS number sealed to the practice's public key), key_id; and
                           a row more for each recipient that the person is named to, its code for the practice's
  small_areas.parquet      small_area, place, deprivation_decile, deprivation_edition, geography_edition
  replaced.parquet         only of an extract of changes: person_id of those of whom nothing sent before holds any more
EXTRACT.door.json          the processor's own report (opted out, refused): beside the extract, never inside it
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from placewise.floor.checking import Check

DECLARATION_FILE = "extract.json"
"""An extract of changes names the whole extract it follows, and the one it leads to (name_extract). It tells who
everybody is whom it names (person, death, sealed_identity), where those are, whole, of whom it tells a registration
(registration, residence, observation_period: the others stay where they were), and of events those not sent before. Of
whom it replaces it tells all; whom it replaces and does not name is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Why these data may be here. A load without any of these is refused (UK GDPR articles 5, 6, 9, 26 and 28)."""

    source: str
    purpose: str
    legal_basis: str
    controller: str
    retention_until: date
    cdm_version: str
    extracted_on: date
    declares_practices: bool
    """False: the source knows no practices and loads at system level under "practice not recorded"."""
    synthetic: bool
    opt_outs_applied: tuple[str, ...] = ()
    """The kinds of opt-out whose people are kept back: set by the door, stated by whoever sends a folder past it."""
    changes_since: str | None = None
    """The extract that these are the changes since, by its name; None for a whole extract."""
    changes_until: str | None = None
    """The whole extract that one would have with these changes, by its name."""


def name_extract(hashes: Mapping[str, str]) -> str:
    """The first 12 digits of the hash of all that an extract holds. hashes: of each table, the SHA-256 of its file."""
    told = "\n".join(f"{table} {hashes[table]}" for table in sorted(hashes))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorReport:
    """What the door kept back, for the practices and their processor only: EXTRACT.door.json."""

    extract: str
    purpose: str
    opt_outs_applied: tuple[str, ...]
    people_in: int
    people_out: int
    opted_out: int
    """People kept back by an opt-out that this purpose honours. Never published, never inside the extract."""
    refused: dict[str, int]
    """People refused, by reason: an NHS number that is not valid, or none."""
    refused_rows: tuple[int, ...]
    """The data rows of person.parquet, from 1, that were refused."""
    sealed: int
    rows_in: dict[str, int]
    rows_out: dict[str, int]
    restricted_removed: dict[str, int]
    """Rows by table with a legally restricted code, counted over everybody before any other rule."""
    sealed_to: dict[str, int] = field(default_factory=dict)
    """People sealed to each recipient besides their practice, by its code."""
    rows_of_nobody: dict[str, int] = field(default_factory=dict)
    """Rows by table whose person_id is not in person.parquet."""
    checks: tuple[Check, ...] = ()
    """What was held of the extract before it left."""


SEALED_BYTES = 82
"""Of a sealed NHS number: the sender's key of 32 bytes, a nonce of 24, an authentication code of 16, ten digits."""
SEALED_IDENTITY = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("practice", pa.string(), nullable=False),
        pa.field("sealed", pa.binary(), nullable=False),
        pa.field("key_id", pa.string(), nullable=False),
    ]
)

REGISTRATION = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("practice", pa.string(), nullable=False),
        pa.field("start_date", pa.date32(), nullable=False),
        pa.field("end_date", pa.date32()),
    ]
)

RESIDENCE = pa.schema(
    [
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("small_area", pa.string(), nullable=False),
        pa.field("start_date", pa.date32(), nullable=False),
        pa.field("end_date", pa.date32()),
    ]
)

REPLACED = pa.schema([pa.field("person_id", pa.int64(), nullable=False)])

SMALL_AREAS = pa.schema(
    [
        pa.field("small_area", pa.string(), nullable=False),
        pa.field("place", pa.string(), nullable=False),
        pa.field("deprivation_decile", pa.int8()),
        pa.field("deprivation_edition", pa.string(), nullable=False),
        pa.field("geography_edition", pa.string(), nullable=False),
    ]
)
