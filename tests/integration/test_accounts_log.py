"""Who looked at persons' rows: one row a look, each chained to the one before, so that nothing changes unseen."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, models, transaction

from builders.lists import LIST
from builders.site import add_person_in_role
from placewise.floor.access import START, chain
from placewise.floor.faults import FaultsFound
from placewise_site.accounts.freezing import thaw
from placewise_site.accounts.models import AccessEvent, AccessHead, Purpose, User
from placewise_site.evidence.access_log import _record, find_breaks, note_end
from placewise_site.evidence.persons import open_call_list
from placewise_site.organisations.models import Organisation

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def three_looks() -> None:
    user = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    for _ in range(3):
        open_call_list(by=user, practice=Organisation.objects.get(code="A01"), list_slug=LIST)


@pytest.fixture
def thawed(three_looks) -> None:
    """As for somebody who holds the database's own password, and has taken its guard away."""
    with connection.cursor() as cursor:
        thaw(SimpleNamespace(connection=connection, execute=cursor.execute), "accounts_accessevent")


def test_an_untouched_log_is_sound(three_looks):
    assert AccessEvent.objects.count() == 3
    assert list(find_breaks()) == []


def test_the_database_itself_refuses_to_change_a_row(three_looks):
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        AccessEvent.objects.filter(number=2).update(name="somebody.else@example.org")
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        remove(AccessEvent.objects.filter(number=2))


def test_an_altered_row_is_found(three_looks, thawed):
    AccessEvent.objects.filter(number=2).update(name="somebody.else@example.org")
    assert list(find_breaks()) == ["Row 2 of the access log: the record was altered."]


def test_a_removed_row_is_found(three_looks, thawed):
    remove(AccessEvent.objects.filter(number=2))
    assert any("missing" in told for told in find_breaks())


def test_a_removed_end_is_found(three_looks, thawed):
    remove(AccessEvent.objects.filter(number=3))
    assert list(find_breaks()) == ["The end of the access log: it does not end where its head says."]


@pytest.fixture
def noted(three_looks, tmp_path) -> Path:
    """Where the log ended, noted before anybody touched it."""
    note_end(tmp_path / "notes.jsonl")
    return tmp_path / "notes.jsonl"


def test_a_log_nobody_touched_agrees_with_what_was_noted_and_may_grow(noted, tmp_path):
    open_call_list(by=User.objects.get(), practice=Organisation.objects.get(code="A01"), list_slug=LIST)
    assert list(find_breaks(noted)) == []


def test_a_log_altered_and_chained_anew_with_its_head_is_found_by_what_was_noted(noted, thawed):
    AccessEvent.objects.filter(number=2).update(name="somebody.else@example.org")
    chain_anew()
    assert list(find_breaks()) == [], "by itself it looks sound"
    told = ["Row 3 of the access log: it is not the record that was noted elsewhere."]
    assert list(find_breaks(noted)) == told


def test_an_end_cut_off_together_with_its_head_is_found_by_what_was_noted(noted, thawed):
    remove(AccessEvent.objects.filter(number=3))
    chain_anew()
    assert list(find_breaks()) == []
    told = ["The end of the access log: it ends before record 3, which was noted elsewhere."]
    assert list(find_breaks(noted)) == told


def test_notes_that_are_none_are_refused(three_looks, tmp_path):
    (tmp_path / "notes.jsonl").write_text("these are no notes\n", encoding="utf-8")
    with pytest.raises(FaultsFound, match="it holds no notes of a log"):
        list(find_breaks(tmp_path / "notes.jsonl"))


def test_the_site_itself_cannot_change_a_row(three_looks):
    event = AccessEvent.objects.get(number=1)
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def chain_anew() -> None:
    """As somebody would who knows how the log is chained, and can write to every table."""
    previous = START
    for event in AccessEvent.objects.order_by("number"):
        digest = chain(previous, _record(event))
        AccessEvent.objects.filter(pk=event.pk).update(previous=previous, digest=digest)
        previous, last = digest, event.number
    AccessHead.objects.update(number=last, digest=previous)


def remove(rows: models.QuerySet) -> None:
    rows._raw_delete(rows.db)
