"""Which rows of the record something was made of: all up to a number of each table.

A table that only grows, read up to a number, reads the same for ever. Times would not do: a row may be written a moment
before and seen a moment after.
"""

from collections.abc import Mapping

from django.db import connection
from django.db.models import Max, Model, Q

from placewise_site.assurance.models import (
    Assessment,
    Commitment,
    Control,
    ControlTest,
    Involvement,
    MoneyLine,
    Risk,
    Score,
    SignOff,
    Step,
)

TABLES: tuple[type[Model], ...] = (
    Assessment,
    Commitment,
    Control,
    ControlTest,
    Involvement,
    MoneyLine,
    Risk,
    Score,
    SignOff,
    Step,
)

Rows = Mapping[str, int]
"""Name of a table -> number of the last row."""


def note_rows() -> dict[str, int]:
    """The last row of each table now. Inside a transaction, which on PostgreSQL waits for those who are writing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {', '.join(each._meta.db_table for each in TABLES)} IN SHARE MODE")
    return {_name(each): each._base_manager.aggregate(last=Max("pk"))["last"] or 0 for each in TABLES}


def up_to(model: type[Model], rows: Rows | None) -> Q:
    """The rows of a table that were noted; all of them where nothing was."""
    return Q() if rows is None else Q(pk__lte=rows[_name(model)])


def _name(model: type[Model]) -> str:
    return str(model._meta.model_name)
