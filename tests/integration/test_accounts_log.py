"""Who looked at persons' rows: one row a look, each chained to the one before, so that nothing changes unseen."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, models, transaction

from builders.lists import LIST
from builders.site import add_person_in_role
from placewise_site.accounts.freezing import thaw
from placewise_site.accounts.models import AccessEvent, Purpose
from placewise_site.evidence.access_log import find_breaks
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


def test_the_site_itself_cannot_change_a_row(three_looks):
    event = AccessEvent.objects.get(number=1)
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def remove(rows: models.QuerySet) -> None:
    rows._raw_delete(rows.db)
