"""On a live site a stolen password is not enough: lists need a one-time code too, and no reset link is printed."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail

from builders.lists import LIST
from builders.site import PASSWORD, add_agreement, add_person_in_role
from placewise_site.accounts.actions import add_person
from placewise_site.accounts.models import AccessEvent, Purpose, User
from placewise_site.evidence.persons import AccessDenied, open_call_list, read_exact_counts
from placewise_site.organisations.models import Organisation

LISTS = ("/my-patients/", f"/my-patients/A01/{LIST}/", f"/my-patients/A01/{LIST}/sealed")


@pytest.fixture
def live(site, settings):
    settings.DEMO = False
    settings.EMAIL_HOST = ""
    return site


def add_second_factor(person: User) -> str:
    """The secret that the person's phone holds."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.parametrize("address", LISTS)
def test_a_role_that_opens_lists_waits_for_a_second_factor_and_the_page_says_how(live, sign_in, address):
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    page = browser.get(address)
    assert page.status_code == 403
    assert "Set up one-time codes first" in page.content.decode()
    assert "/accounts/2fa/totp/activate/" in page.content.decode()
    add_second_factor(browser.person)
    assert browser.get(address).status_code == 200


def test_without_it_the_rows_themselves_are_denied_and_the_attempt_is_logged(live):
    person, practice = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE), Organisation.objects.get(code="A01")
    with pytest.raises(AccessDenied):
        open_call_list(by=person, practice=practice, list_slug=LIST)
    with pytest.raises(AccessDenied):
        read_exact_counts(by=person, practice=practice)
    assert [(event.rows, bool(event.denied)) for event in AccessEvent.objects.all()] == [(0, True), (0, True)]


def test_the_homes_of_practice_and_network_say_what_they_wait_for(live, sign_in):
    text = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE).get("/").content.decode()
    assert "Your lists and exact counts open once you" in text
    assert "exact counts, for you alone" not in text
    add_agreement("A02", "NW1")
    text = sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE).get("/").content.decode()
    assert "open once you" in text
    assert f"/my-patients/A02/{LIST}/" not in text


def test_a_role_without_lists_is_not_asked_for_one(live, sign_in):
    browser = sign_in("analyst", "HVS")
    assert browser.get("/").status_code == 200
    assert "Set up one-time codes" not in browser.get("/my-patients/").content.decode()


def test_a_password_alone_does_not_sign_in_who_has_a_second_factor(live, client):
    person = add_person_in_role("practice", "A01", Purpose.DIRECT_CARE)
    secret = add_second_factor(person)
    for page in ("/accounts/login/", "/admin/login/"):
        client.post(page, {"login": person.email, "username": person.email, "password": PASSWORD})
        assert client.get(LISTS[1]).status_code == 302, "still nobody"
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert client.get(LISTS[1]).status_code == 200
    assert Authenticator.objects.filter(user=person).exists()


def test_the_administration_is_entered_by_the_sites_own_sign_in(live, client):
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("ask", ["get", "post"])
def test_without_a_mail_server_no_link_for_a_new_password_is_made(live, client, capsys, ask):
    person = add_person(by=None, email="nurse@example.org", name="A Nurse", password=PASSWORD)
    page = getattr(client, ask)("/accounts/password/reset/", {"email": person.email})
    assert "New passwords cannot be sent from here" in page.content.decode()
    assert mail.outbox == []
    assert capsys.readouterr().out == ""


def test_with_a_mail_server_the_link_is_sent(live, client, settings):
    settings.EMAIL_HOST = "mail.example.org"
    person = add_person(by=None, email="nurse@example.org", name="A Nurse", password=PASSWORD)
    client.post("/accounts/password/reset/", {"email": person.email})
    assert [letter.to for letter in mail.outbox] == [[person.email]]
