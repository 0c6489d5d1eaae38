"""DuckDB for one piece of work: in memory, bounded, spilling to a scratch folder that the caller removes."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.faults import refuse

MEMORY_LIMIT = "2GB"


@contextmanager
def open_database(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that uses at most MEMORY_LIMIT and spills into `scratch`.

    A full disk is raised as OSError, so that `folders.whole_folder` tells it and leaves nothing half-written.
    """
    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "threads": os.cpu_count() or 1,
            "temp_directory": str(scratch),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
    )
    try:
        yield connection
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OSError(str(error).splitlines()[0]) from error
    finally:
        connection.close()


@contextmanager
def told_of_damage(files: Iterable[Path]) -> Iterator[None]:
    """Say which Parquet file is damaged, where the reader only says that it could not read one.

    The files are read through only after something has gone wrong. Raises FaultsFound if it was one of them.
    """
    try:
        yield
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        for file in files:
            if file.suffix.lower() == ".parquet" and _is_damaged(file):
                raise refuse(file, "it is damaged: its values cannot be read", "send it again") from error
        raise


def _is_damaged(file: Path) -> bool:
    try:
        with pq.ParquetFile(file) as parquet:
            for _ in parquet.iter_batches():
                pass
    except (pa.ArrowException, OSError):
        return True
    return False


def quoted(text: object) -> str:
    """A value as an SQL string literal: paths and slugs, which no parameter can stand for in COPY."""
    return "'" + str(text).replace("'", "''") + "'"
