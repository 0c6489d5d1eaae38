"""Writes the records table by table as Parquet, one row group a cohort, so that memory stays bounded."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.vocabulary.cdm import TABLES
from placewise.synthetic.events import Column


class Records:
    """An open folder of Parquet files. `rows` counts what each table holds."""

    def __init__(self, folder: Path) -> None:
        self.rows: dict[str, int] = {}
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    def write(self, table: str, columns: Mapping[str, Column | pa.Array], schema: pa.Schema | None = None) -> None:
        """Append rows to a table of OMOP, or of `schema`; a column that is not given is null."""
        schema = schema or TABLES[table]
        count = len(next(iter(columns.values())))
        arrays = [
            _as_array(columns[field.name], field) if field.name in columns else pa.nulls(count, field.type)
            for field in schema
        ]
        written = pa.schema([field.with_type(array.type) for field, array in zip(schema, arrays, strict=True)])
        if table not in self._writers:
            coded = [field.name for field in written if not field.name.endswith("_id") or "concept" in field.name]
            self._writers[table] = pq.ParquetWriter(
                self._folder / f"{table}.parquet",
                written,
                compression="zstd",
                use_dictionary=coded,
                store_schema=False,  # dictionaries are ours, not the reader's
            )
        if count:
            self._writers[table].write_table(pa.Table.from_arrays(arrays, schema=written))
        self.rows[table] = self.rows.get(table, 0) + count

    def next_keys(self, table: str, count: int) -> Column:
        """The identities of the next rows of a table, from 1."""
        return self.rows.get(table, 0) + np.arange(1, count + 1)

    def __enter__(self) -> "Records":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()


def _as_array(values: Column | pa.Array, field: pa.Field) -> pa.Array:
    if isinstance(values, pa.Array):
        return values
    if pa.types.is_date32(field.type):
        return pa.array(values.astype(np.int32, copy=False)).view(pa.date32())
    return pa.array(values).cast(field.type)
