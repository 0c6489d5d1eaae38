"""Let a database table only grow: the database itself refuses to change or delete a row, whoever asks.

Every table of a model that is `OnlyGrows` is frozen after each `migrate` (apps.py), so that none can be forgotten, and
so that a table SQLite rebuilt, which loses its triggers, is frozen anew. A migration may freeze its own as well.
To empty a table that is empty is no change, and is let through.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model

from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.models.words import WordsText

CHANGES = ("UPDATE", "DELETE")
NEVER_ALTERED: dict[type[Model], tuple[str, ...]] = {WordsText: ("UPDATE",)}
"""Tables of which rows may go and none may be altered."""


def freeze(schema_editor: BaseDatabaseSchemaEditor, table: str, changes: Iterable[str] = CHANGES) -> None:
    """Refuse these changes from now on; a table that is frozen already stays so."""
    _freeze(schema_editor.connection.vendor, schema_editor.execute, table, changes)


def thaw(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Undo `freeze`, for a migration that goes back."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for change in (*CHANGES, "TRUNCATE") if postgresql else CHANGES:
        on = f" ON {table}" if postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {_trigger(table, change)}{on}")
    if postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_frozen()")


def freeze_history(sender: AppConfig, using: str, **said: Any) -> None:
    """Freeze every table of an app that claims to be history, once its migrations have run."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    for model in sender.get_models():
        table = model._meta.db_table
        changes = CHANGES if issubclass(model, OnlyGrows) else NEVER_ALTERED.get(model, ())
        if changes and table in there:
            with connection.cursor() as cursor:
                _freeze(connection.vendor, cursor.execute, table, changes)


def _freeze(vendor: str, execute: Callable[[str], Any], table: str, changes: Iterable[str]) -> None:
    told = f"rows of {table} are never changed or deleted"
    if vendor != "postgresql":
        for change in changes:
            name, refusal = _trigger(table, change), f"SELECT RAISE(ABORT, '{told}')"
            execute(f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {change} ON {table} BEGIN {refusal}; END")
        return
    is_nothing = f"TG_OP = 'TRUNCATE' AND NOT EXISTS (SELECT 1 FROM {table})"
    execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {is_nothing} THEN RETURN NULL; END IF; "
        f"RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for change in (*changes, *(("TRUNCATE",) if "DELETE" in changes else ())):
        each = "STATEMENT" if change == "TRUNCATE" else "ROW"
        execute(
            f"CREATE OR REPLACE TRIGGER {_trigger(table, change)} BEFORE {change} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_frozen()"
        )


def _trigger(table: str, change: str) -> str:
    return f"{table}_no_{change.lower()}"
