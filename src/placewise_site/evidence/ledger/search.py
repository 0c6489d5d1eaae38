"""Search of what claims say: full text of SQLite (FTS5) or of PostgreSQL, behind one function.

The index is kept by the database itself, row by row: it is never forgotten, and never outlives what was destroyed.
"""

import re
from typing import Any

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

TABLE, INDEX = "evidence_content", "evidence_contentsearch"
COLUMNS = ("statement", "population", "measurand", "family", "geography", "document", "section")


def search_claims(claims: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those claims that hold every one of the words, or one that begins so, somewhere in what they say."""
    terms = re.findall(r"\w+", words.lower())
    if not terms:
        return claims
    if connection.vendor == "postgresql":
        asked = " & ".join(f"{term}:*" for term in terms)
        found = RawSQL(f"SELECT id FROM {TABLE} WHERE {_vector()} @@ to_tsquery('simple', %s)", [asked])
    else:
        asked = " ".join(f'"{term}"*' for term in terms)
        found = RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [asked])
    return claims.filter(content__pk__in=found)


def build_index(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration that makes the table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON {TABLE} USING gin ({_vector()})")
        return
    named = ", ".join(COLUMNS)
    new = ", ".join(f"replace(NEW.{each}, '_', ' ')" for each in COLUMNS)
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({named}, tokenize='unicode61 remove_diacritics 2', prefix='2 3')"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {INDEX}_new AFTER INSERT ON {TABLE} BEGIN "
        f"INSERT INTO {INDEX}(rowid, {named}) VALUES (NEW.id, {new}); END"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {INDEX}_gone AFTER DELETE ON {TABLE} BEGIN DELETE FROM {INDEX} WHERE rowid = OLD.id; END"
    )


def drop_index(schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")
        return
    for name in ("new", "gone"):
        schema_editor.execute(f"DROP TRIGGER {INDEX}_{name}")
    schema_editor.execute(f"DROP TABLE {INDEX}")


def forget_destroyed() -> None:
    """Write the index anew without what was destroyed: SQLite would keep its words in old segments for a while."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")


def _vector() -> str:
    words = " || ' ' || ".join(f"coalesce({each}, '')" for each in COLUMNS)
    return f"to_tsvector('simple', replace({words}, '_', ' '))"
