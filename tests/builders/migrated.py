"""The tests' database, migrated once for all the processes that run tests side by side, and copied by each of them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from builders.command_line import build_once

MIGRATED = "placewise_migrated"


@contextmanager
def copy_migrated(factory: pytest.TempPathFactory) -> Iterator[None]:
    """While this is open, Django makes a database for tests that has every table already: its own `migrate`, which
    follows, finds nothing left to do."""
    if "PYTEST_XDIST_WORKER" not in os.environ:  # nobody to share it with
        yield
        return
    folder = build_once(factory, "migrated", migrate)
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = MIGRATED
        yield
        return
    memory = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(memory, uri=True)) as kept:  # a database in memory is gone when nobody holds it open
        with closing(sqlite3.connect(folder / MIGRATED)) as migrated:
            migrated.backup(kept)
        yield


def migrate(folder: Path) -> None:
    """A database with every migration: on SQLite a file of the folder, on PostgreSQL beside those of the tests."""
    told, at_first = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    of_tests = told["NAME"]
    told["NAME"] = MIGRATED if connection.vendor == "postgresql" else str(folder / MIGRATED)
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        told["NAME"] = of_tests
        connection.settings_dict["NAME"] = settings.DATABASES[connection.alias]["NAME"] = at_first
