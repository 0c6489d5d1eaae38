"""How often each code of the code lists is recorded, kept with the build so that the next one can compare.

BUILD/volumes.parquet       exact counts of one load, for core rooms only: no page and no file reads them
"""

import pyarrow as pa

VOLUMES_FILE = "volumes.parquet"

MEMBERS = pa.schema(
    [
        pa.field("code_list", pa.string(), nullable=False),
        pa.field("version", pa.string(), nullable=False),  # of the code list
        pa.field("table", pa.string(), nullable=False),  # where its codes stand: the domain of the list
        pa.field("concept_id", pa.int32(), nullable=False),
        pa.field("vocabulary", pa.string(), nullable=False),
        pa.field("code", pa.string(), nullable=False),
        pa.field("term", pa.string(), nullable=False),
    ]
)
"""One row a code of a code list."""

VOLUMES = pa.schema(
    [
        *MEMBERS,
        pa.field("month", pa.date32()),  # its first day; null where the code is not recorded at all
        pa.field("unit_concept_id", pa.int32()),  # 0 where none is recorded, and in tables without values
        pa.field("events", pa.int64(), nullable=False),
        pa.field("values", pa.int64(), nullable=False),  # events with a number
    ]
)
"""One row a code, month and unit; a code that is not recorded at all has one row with no events."""
