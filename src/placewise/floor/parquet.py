"""How tables of many sorted rows are written, and small files read."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def read_small(source: Path | pa.Buffer) -> pa.Table:
    """A whole file, one of hundreds: `read_table` takes three times as long to get ready for each."""
    with pq.ParquetFile(source if isinstance(source, Path) else pa.BufferReader(source)) as file:
        return file.read(use_threads=False)


def write_sorted(table: pa.Table, path: Path, *, in_runs: str = "") -> None:
    """Write a table whose days and 64-bit numbers follow one another in small steps.

    Of these Parquet keeps the differences, in fewer bits and less time than it takes to look each up in a dictionary,
    as is done with the few codes, words and measured values that stand in all other columns.
    in_runs: a column whose values each stand in many rows running, while the others vary from row to row. It is then
    the only one compressed, as it stands: of the others there is little left to compress.
    """
    kinds = {field.name: field.type for field in table.schema if field.name != in_runs}
    stepping = [name for name, kind in kinds.items() if pa.types.is_int64(kind) or pa.types.is_date32(kind)]
    pq.write_table(
        table,
        path,
        compression=dict.fromkeys(kinds, "none") | {in_runs: "lz4"} if in_runs else "lz4",
        use_dictionary=[name for name in kinds if name not in stepping],
        column_encoding=dict.fromkeys(stepping, "DELTA_BINARY_PACKED"),
        write_statistics=False,
    )
