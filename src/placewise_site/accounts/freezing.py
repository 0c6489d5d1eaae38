"""Let a database table only grow: the database itself refuses to change or delete a row, whoever asks.

Used by migrations. SQLite forgets triggers when a later migration rebuilds the table, which must then freeze it again.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_CHANGES = ("UPDATE", "DELETE")


def freeze(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    told = f"rows of {table} are never changed or deleted"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{told}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for change in _CHANGES:
        name = f"{table}_no_{change.lower()}"
        if schema_editor.connection.vendor == "postgresql":
            action = f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
        else:
            action = f"BEGIN SELECT RAISE(ABORT, '{told}'); END"
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} {action}")


def thaw(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Undo `freeze`, for a migration that goes back."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for change in _CHANGES:
        schema_editor.execute(f"DROP TRIGGER {table}_no_{change.lower()}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute(f"DROP FUNCTION {table}_frozen()")
