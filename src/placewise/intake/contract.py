"""What intake hands on: the Warehouse (persons) and the Observations (published counts).

STORE/warehouse/PURPOSE/LOAD/          LOAD is the first 12 digits of the content hash; `current` names one in force
  load.json                            LoadReport as JSON
  organisations.parquet, small_areas.parquet
  sealed_identity.parquet
  shard=000/TABLE.parquet ...          sorted by person_id then date; one shard holds whole people
           /layer=001/TABLE.parquet    changes sent since, laid over it      floor/timeline/layers.py
  rejected/TABLE.parquet               row_number and reason of each rejected row, and what of it would have been kept

STORE/observations/LOAD/
  observations.parquet  names.parquet  sources.json  boundaries.parquet
  load.json                            definition: the name of the file (published.yaml) that says what they are;
                                       checks: what was held of each file as it was read
"""

from dataclasses import dataclass, field

import pyarrow as pa

from placewise.door.contract import REGISTRATION, RESIDENCE

NO_CONCEPT = "a code that is no concept"
"""All codes that the source maps to no concept (0), under one word: what the source wrote there is never kept."""
WAREHOUSE = "warehouse"
OBSERVATIONS_FOLDER = "observations"
LOAD_FILE = "load.json"
OBSERVATIONS_FILE, NAMES_FILE, SOURCES_FILE = "observations.parquet", "names.parquet", "sources.json"
BOUNDARIES_FILE = "boundaries.parquet"

NOT_RECORDED = "not_recorded"
PRACTICE_NOT_RECORDED = "practice_not_recorded"
"""The practice of everybody in a source that declares no practices, and the area of a person without one."""

_event = [
    pa.field("person_id", pa.int64(), nullable=False),
    pa.field("concept_id", pa.int32(), nullable=False),
    pa.field("date", pa.date32(), nullable=False),
]
_valued = [
    *_event,
    pa.field("value", pa.float64()),
    pa.field("unit_concept_id", pa.int32(), nullable=False),  # 0 where the source records none
]

SHARD_TABLES: dict[str, pa.Schema] = {
    "person": pa.schema(
        [
            pa.field("person_id", pa.int64(), nullable=False),
            pa.field("birth_year", pa.int16(), nullable=False),
            pa.field("birth_month", pa.int8(), nullable=False),  # 1 where only the year is known
            pa.field("sex", pa.dictionary(pa.int8(), pa.string()), nullable=False),  # vocabulary/people.py SEXES
            pa.field("ethnicity", pa.dictionary(pa.int8(), pa.string()), nullable=False),  # ... ETHNIC_GROUPS
        ]
    ),
    "observation_period": pa.schema(
        [
            pa.field("person_id", pa.int64(), nullable=False),
            pa.field("start_date", pa.date32(), nullable=False),
            pa.field("end_date", pa.date32(), nullable=False),
        ]
    ),
    "registration": REGISTRATION,
    "residence": RESIDENCE,
    "death": pa.schema(
        [pa.field("person_id", pa.int64(), nullable=False), pa.field("date", pa.date32(), nullable=False)]
    ),
    "condition": pa.schema(_event),
    "procedure": pa.schema(_event),
    "visit": pa.schema([*_event, pa.field("end_date", pa.date32(), nullable=False)]),
    "drug": pa.schema([*_event, pa.field("end_date", pa.date32(), nullable=False)]),
    "measurement": pa.schema(_valued),
    "observation": pa.schema(_valued),
}
"""Every shard has every table, empty where the source lacks it. Events are sorted by person_id, date, concept_id."""


LAYOUT = 5
"""Raise it when the same source would be written otherwise, so that the load gets another name and older loads are
taken in again before they are built from."""


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table: rows_in = rows_kept + the sum of rejected, always."""

    table: str
    file: str
    sha256: str
    rows_in: int
    rows_kept: int
    rejected: dict[str, int] = field(default_factory=dict)
    """Rows by reason, a plain clause: "the date lies after the extract"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    load: str
    source: str
    purpose: str
    legal_basis: str
    controller: str
    retention_until: str
    cdm_version: str
    extracted_on: str
    declares_practices: bool
    synthetic: bool
    people: int
    shards: int
    history_assumed: bool
    """True where registration and residence were derived from person and observation_period."""
    tables: tuple[TableReport, ...]
    unmapped_concepts: dict[str, dict[str, int]]
    """Table -> concept_id in no vocabulary the deployment knows, or NO_CONCEPT for concept 0 -> rows."""
    contents: dict[str, str] = field(default_factory=dict)
    """Shard's folder -> the hash of what its tables say: with the same hash it holds the same rows, in any load."""
    extract: str = ""
    """What came last, by the name that an extract of later changes calls it by."""
    changes: tuple[str, ...] = ()
    """The extracts of changes that lie in layers over the first, which is then the `tables` of all together."""
    earlier_contents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Shard's folder -> the hash of what it said with no layer, with one, and so on."""
    layout: int = LAYOUT
    not_loaded: dict[str, int] = field(default_factory=dict)
    """File -> rows, of tables that came and that no room asks for (eras, visits in detail, care sites)."""


OBSERVATIONS = pa.schema(
    [
        pa.field("source", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # id in sources.json
        pa.field("indicator", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # residents, qof_hypertension
        pa.field("area_kind", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # lsoa11, practice, trust ...
        pa.field("area", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # the publisher's code
        pa.field("period", pa.string(), nullable=False),  # 2020-06-30, 2020-21, 2026-01: as published
        pa.field("split", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # all, age, ethnic_group, weeks ...
        pa.field("group", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("value", pa.float64()),  # null: the publisher left it empty
        pa.field("denominator", pa.float64()),
    ]
)
"""A published figure as it was published: one row a value, before anything is added up. A file that says where areas
lie (a lookup, a practice map, deprivation deciles) gives rows of the indicator `lies_in`: area, split, group, value 1.
"""

LIES_IN = "lies_in"

NAMES = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),  # an area_kind, or a split whose groups have names
        pa.field("code", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),  # as the publisher writes it
    ]
)

BOUNDARIES = pa.schema(
    [
        pa.field("kind", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # a level, council, small_area ...
        pa.field("area", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("name", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("part", pa.int32(), nullable=False),  # an area may have several parts
        pa.field("ring", pa.int32(), nullable=False),  # 0 is the outline of the part, the others its holes
        pa.field("longitude", pa.float64(), nullable=False),
        pa.field("latitude", pa.float64(), nullable=False),
    ]
)
"""Outlines, a row a point in the order in which they are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSource:
    """One published file: where it is from and what was read from it."""

    source: str
    title: str
    publisher: str
    licence: str
    file: str
    sha256: str
    period: str
    geography_edition: str
    rows_in: int
    rows_kept: int
    rejected: dict[str, int] = field(default_factory=dict)
    attribution: str = ""
    note: str = ""
