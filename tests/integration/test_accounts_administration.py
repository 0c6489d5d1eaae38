"""Whoever runs the site enters people, grants and agreements; each entry is an action with its own event."""

import pytest
from django.test import Client

from builders.lists import LIST
from builders.site import PASSWORD, add_person_in_role
from placewise_site.accounts.actions import add_person
from placewise_site.accounts.models import AccessEvent, Agreement, Event, Grant, Purpose, Role, User
from placewise_site.evidence.persons import open_call_list
from placewise_site.organisations.models import Organisation
from placewise_site.running.examine import audit

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def administrator(client):
    person = add_person(by=None, email="admin@example.org", name="The administrator", administrator=True)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def last_event() -> Event:
    event = Event.objects.first()
    assert event is not None
    return event


def test_a_person_is_entered(administrator):
    told = {"email": "new@example.org", "name": "New Person", "password": PASSWORD}
    assert administrator.post("/admin/accounts/user/add/", told).status_code == 302
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)
    assert (last_event().action, last_event().by.email) == ("person_added", "admin@example.org")


@pytest.mark.parametrize("password", ["a", "password1234", "new@example.org"])
def test_a_password_too_easy_to_guess_is_not_entered(administrator, password):
    told = {"email": "new@example.org", "name": "New Person", "password": password}
    assert administrator.post("/admin/accounts/user/add/", told).status_code == 200
    assert not User.objects.filter(email="new@example.org").exists()


def test_a_grant_is_given_and_ended(administrator):
    person = add_person(by=None, email="nurse@example.org", name="A Nurse")
    told = {
        "user": person.pk,
        "role": Role.objects.get(slug="practice").pk,
        "organisation": Organisation.objects.get(code="A01").pk,
        "purpose": Purpose.DIRECT_CARE,
        "starts_on": "2026-01-01",
        "ends_on": "",
    }
    assert administrator.post("/admin/accounts/grant/add/", told).status_code == 302
    grant = Grant.objects.get()
    assert last_event().action == "grant_given"
    chosen = {"action": "end_now", "_selected_action": [grant.pk]}
    assert administrator.post("/admin/accounts/grant/", chosen).status_code == 302
    grant.refresh_from_db()
    assert (grant.ended_at is not None, last_event().action) == (True, "grant_ended")
    assert not person.grants.in_force().exists()


def test_a_closed_account_is_out_at_once(administrator, client):
    person = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    elsewhere = Client()
    elsewhere.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert elsewhere.get("/you/").status_code == 200
    administrator.post("/admin/accounts/user/", {"action": "close_accounts", "_selected_action": [person.pk]})
    assert elsewhere.get("/you/").status_code == 302
    assert last_event().action == "account_closed"


def test_an_agreement_is_recorded(administrator):
    told = {
        "practice": Organisation.objects.get(code="A01").pk,
        "network": Organisation.objects.get(code="NW1").pk,
        "reference": "Minutes of May",
        "starts_on": "2026-01-01",
        "ends_on": "",
    }
    assert administrator.post("/admin/accounts/agreement/add/", told).status_code == 302
    assert Agreement.objects.get().reference == "Minutes of May"
    assert last_event().action == "agreement_recorded"
    chosen = {"action": "end_now", "_selected_action": [Agreement.objects.get().pk]}
    assert administrator.post("/admin/accounts/agreement/", chosen).status_code == 302
    assert last_event().action == "agreement_ended"
    assert not Agreement.objects.in_force().exists()


def test_how_many_patients_a_list_holds_is_kept_and_not_told(administrator, capsys):
    nurse = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    open_call_list(by=nurse, practice=Organisation.objects.get(code="A01"), list_slug=LIST)
    event = AccessEvent.objects.get()
    assert event.rows == 20
    row = f"/admin/accounts/accessevent/{event.pk}/change/"
    for page in (administrator.get("/admin/accounts/accessevent/"), administrator.get(row)):
        text = page.content.decode()
        assert "some" in text and LIST in text
        assert ">20<" not in text and event.digest not in text
    assert audit() == 0
    assert f"{LIST} of A01, some shown" in capsys.readouterr().out


@pytest.mark.parametrize("table", ["user", "grant", "agreement", "accessevent", "event"])
def test_each_table_can_be_read_and_no_row_deleted(administrator, table):
    add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    page = administrator.get(f"/admin/accounts/{table}/")
    assert page.status_code == 200
    assert "delete_selected" not in page.content.decode()
