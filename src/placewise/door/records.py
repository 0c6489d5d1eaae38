"""Read the practices' records, or say in one sentence why they cannot be read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.faults import refuse


def read_names(file: Path) -> list[str]:
    """The columns of a Parquet file."""
    if not file.is_file():
        raise refuse(file, "it is missing", "put it beside the other tables, empty if it has no rows")
    try:
        return list(pq.read_schema(file).names)
    except (pa.ArrowInvalid, OSError):
        raise refuse(file, "it is not a whole Parquet file: it is cut short or damaged", "export it again") from None


def read_columns(file: Path, columns: list[str]) -> pa.Table:
    """Some columns of a Parquet file, in this order."""
    missing = [column for column in columns if column not in read_names(file)]
    if missing:
        raise refuse(file, f"it lacks the column {', '.join(missing)}", "export it again with all columns")
    return pq.read_table(file, columns=columns)
