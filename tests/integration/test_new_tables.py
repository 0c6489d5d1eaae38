"""Tables that a migration makes at once are those that its operations would make one after another."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel, Migration
from django.db.migrations.state import ProjectState

from placewise_site.new_tables import NewTables

BODIES = [
    CreateModel("Body", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=9))]),
    CreateModel(
        "Seat",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("body", models.ForeignKey("bodies.Body", models.PROTECT, related_name="seats")),
            ("bodies", models.ManyToManyField("bodies.Body", related_name="+")),
        ],
    ),
    AddField("Body", "first_seat", models.ForeignKey("bodies.Seat", models.PROTECT, null=True, related_name="+")),
    AddConstraint("Body", models.CheckConstraint(condition=~models.Q(name=""), name="body_has_a_name")),
    AddIndex("Seat", models.Index(fields=["body", "id"], name="seat_by_body")),
]
MEMBERS = [
    CreateModel(
        "Member",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("seat", models.ForeignKey("bodies.Seat", models.PROTECT, related_name="members")),
        ],
    )
]


@pytest.fixture
def empty(db: None) -> Iterator[DatabaseWrapper]:
    made = DatabaseWrapper({**connection.settings_dict, "NAME": ":memory:", "OPTIONS": {}}, "default")
    yield made
    made.close()


def migrate(database: DatabaseWrapper, *migrations: list) -> ProjectState:
    state = ProjectState()
    _ = state.apps  # worked out at the beginning, as `migrate` does
    for number, operations in enumerate(migrations):
        migration = Migration(f"{number:04}", "bodies")
        migration.operations = operations
        with database.schema_editor() as editor:
            state = migration.apply(state, editor)
    return state


def tables_of(database: DatabaseWrapper) -> set[tuple[str, str]]:
    with database.cursor() as cursor:
        return set(cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'bod%' OR name LIKE 'seat%'"))


def test_tables_made_at_once_are_those_made_one_after_another(empty: DatabaseWrapper):
    one_after_another = migrate(empty, BODIES, MEMBERS)
    before = tables_of(empty)
    with empty.cursor() as cursor:
        for table in ("bodies_member", "bodies_seat_bodies", "bodies_seat", "bodies_body"):
            cursor.execute(f"DROP TABLE {table}")
    at_once = migrate(empty, [NewTables(BODIES)], [NewTables(MEMBERS)])
    assert tables_of(empty) == before
    assert len(before) > 4
    assert at_once == one_after_another
    seat = at_once.apps.get_model("bodies", "Seat")
    assert [each.related_model.__name__ for each in seat._meta.related_objects] == ["Member"]


def test_tables_made_at_once_go_again_when_the_migration_is_taken_back(empty: DatabaseWrapper):
    migrate(empty, [NewTables(BODIES)])
    migration = Migration("0001", "bodies")
    migration.operations = [NewTables(BODIES)]
    with empty.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert tables_of(empty) == set()


def test_what_concerns_a_table_that_is_there_already_is_no_new_table():
    with pytest.raises(ValueError, match="Seat is not among the tables made here"):
        NewTables([AddField("Seat", "name", models.CharField(max_length=9))])
