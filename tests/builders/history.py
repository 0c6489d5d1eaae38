"""A row of any table, made of nothing but the types of its columns, to try whether the database guards it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from placewise_site.accounts.models.log import OnlyGrows

DAY = date(2026, 4, 1)
INVENTED: dict[type[models.Field], Any] = {
    models.CharField: "a",
    models.TextField: "a",
    models.DateTimeField: timezone.make_aware(datetime(2026, 4, 1)),
    models.DateField: DAY,
    models.TimeField: datetime(2026, 4, 1).time(),
    models.BooleanField: False,
    models.JSONField: "[]",
    models.FloatField: 1.5,
    models.SmallIntegerField: 1,
    models.PositiveSmallIntegerField: 1,
}


def history_models() -> list[type[models.Model]]:
    """Every table that claims only to grow, of every app."""
    return [model for model in apps.get_models() if issubclass(model, OnlyGrows)]


@contextmanager
def rolled_back() -> Iterator[None]:
    """Rows added inside may point nowhere and break every check of their table; all of them go at the end."""
    is_sqlite = connection.vendor == "sqlite"
    with transaction.atomic(), connection.cursor() as cursor:
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        yield
        if is_sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        transaction.set_rollback(True)


def add_any_row(model: type[models.Model]) -> int:
    """A row of invented values, inside `rolled_back`. Gives its key."""
    table, names, values = model._meta.db_table, [], []
    for field in model._meta.concrete_fields:
        names.append(connection.ops.quote_name(field.column))
        values.append(_invent(field))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, said in connection.introspection.get_constraints(cursor, table).items():
                if said["check"] or said["foreign_key"]:
                    cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        blanks = ", ".join(["%s"] * len(values))
        cursor.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({blanks})", values)
    return int(values[0])


def _invent(field: models.Field) -> Any:
    for kind, value in INVENTED.items():
        if isinstance(field, kind):
            return connection.ops.adapt_datetimefield_value(value) if kind is models.DateTimeField else value
    return 999_999
