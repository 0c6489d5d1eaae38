"""History only grows: the database itself refuses, by trying, to change, replace, delete or empty any row of it."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from builders.history import add_any_row, history_models, rolled_back
from placewise_site.accounts.models import Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.words import write_words

pytestmark = pytest.mark.django_db
REFUSED = "never changed or deleted"


def is_refused(statement: str, values: tuple[Any, ...] = ()) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as error:
        return REFUSED in str(error)
    return False


@pytest.mark.parametrize("model", history_models(), ids=lambda model: model._meta.label_lower)
def test_a_row_of_history_is_neither_changed_nor_deleted(model: type[models.Model]) -> None:
    table, column = model._meta.db_table, model._meta.concrete_fields[1].column
    with rolled_back():
        key = add_any_row(model)
        assert is_refused(f'UPDATE {table} SET "{column}" = "{column}"'), f"{table} is not frozen"
        assert is_refused(f"DELETE FROM {table} WHERE id = %s", (key,))
        assert is_refused(f"DELETE FROM {table}")
        if connection.vendor == "postgresql":
            assert is_refused(f"TRUNCATE {table} CASCADE")
        else:
            assert is_refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"), "replacing a row deletes it"
        assert model._base_manager.filter(pk=key).exists()


def test_the_tables_that_everybody_relies_on_claim_to_be_history() -> None:
    claimed = {model._meta.label for model in history_models()}
    assert claimed >= {"accounts.Event", "accounts.AccessEvent", "evidence.Claim", "programmes.Comment"}
    assert all(issubclass(model, OnlyGrows) for model in history_models())


def test_what_was_written_is_destroyed_and_never_altered() -> None:
    write_words(by=None, words="Somebody spoke against it.")
    assert is_refused("UPDATE accounts_wordstext SET words = 'Nobody spoke against it.'")
    assert str(Words.objects.get()) == "Somebody spoke against it."
