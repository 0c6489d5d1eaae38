"""DuckDB for one piece of work: in memory, bounded, spilling to a scratch folder that the caller removes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

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


def quoted(text: object) -> str:
    """A value as an SQL string literal: paths and slugs, which no parameter can stand for in COPY."""
    return "'" + str(text).replace("'", "''") + "'"
