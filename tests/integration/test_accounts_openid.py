"""Sign-in through an organisation's own server: who they are and what they are there, believed only where it is
signed, for us, by that server and of now; everything else is turned away in plain words."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.conf import settings as project
from django.core.cache import cache
from django.http import HttpResponse

from builders.openid_server import ANOTHER_KEY, CLIENT, SECRET, OpenIDServer, openid_server
from builders.site import add_person_in_role
from placewise_site.accounts.actions import add_person, close_account, match_sign_in_role
from placewise_site.accounts.models import Event, Purpose, Role, User
from placewise_site.openid import openid_settings

LOGIN = "/accounts/oidc/organisation/login/"


@pytest.fixture
def server(settings: Any, site: Any) -> Iterator[OpenIDServer]:
    """The server of an organisation, named to the site as a deployer names it."""
    cache.clear()
    with openid_server() as started:
        settings.SOCIALACCOUNT_PROVIDERS, _ = openid_settings(f"{CLIENT}:{SECRET}@{started.address}")
        yield started


@pytest.fixture
def nurse(server: OpenIDServer) -> User:
    """Somebody an administrator has entered, without a password and without any role."""
    match_sign_in_role(by=None, said="R8001", role=Role.objects.get(slug="practice"), purpose=Purpose.DIRECT_CARE)
    match_sign_in_role(
        by=None, said="analyst", role=Role.objects.get(slug="analyst"), purpose=Purpose.POPULATION_HEALTH_PLANNING
    )
    return add_person(by=None, email="nurse@example.org", name="A Nurse")


def sign_in(client: Any, server: OpenIDServer) -> HttpResponse:
    """The whole way, as a browser goes it: to the server, which sends it back with a code."""
    away = client.post(LOGIN)
    assert away["Location"].startswith(f"{server.address}/authorise?"), away["Location"]
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    answer: HttpResponse = client.get(back.replace("http://testserver", ""))
    return answer


def who_is_in(client: Any) -> str:
    return str(client.session.get("_auth_user_id", ""))


def roles_of(person: User) -> list[tuple[str, str]]:
    return [(each.role.slug, each.organisation.code) for each in person.grants.in_force()]


def test_somebody_entered_here_signs_in_by_their_organisations_server(client, server, nurse):
    answer = sign_in(client, server)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert who_is_in(client) == str(nurse.pk)
    assert roles_of(nurse) == [], "the server says nothing of roles"


def test_what_the_server_says_holds_from_one_sign_in_to_the_next(client, server, nurse):
    server.claims |= {"roles": ["R8001"], "organisation": "A01"}
    sign_in(client, server)
    assert roles_of(nurse) == [("practice", "A01")]
    client.logout()
    server.claims |= {"roles": ["analyst"], "organisation": "HVS"}
    sign_in(client, server)
    assert roles_of(nurse) == [("analyst", "HVS")], "what they were before, they are no longer"
    client.logout()
    sign_in(client, server)
    assert roles_of(nurse) == [("analyst", "HVS")]
    given = [event.action for event in Event.objects.filter(action__startswith="grant").order_by("pk")]
    assert given == ["grant_given", "grant_ended", "grant_given"], "a third sign-in changed nothing"


def test_what_an_administrator_gave_stands_whatever_the_server_says(client, server, nurse):
    add_person_in_role("lay_member", "HVS", email="nurse@example.org")
    server.claims |= {"roles": ["R8001"], "organisation": "A01"}
    sign_in(client, server)
    assert sorted(roles_of(nurse)) == [("lay_member", "HVS"), ("practice", "A01")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"roles": ["wizard"], "organisation": "A01"}, "your role there (wizard) is not known here"),
        ({"roles": ["R8001"], "organisation": "nowhere"}, "your organisation&#39;s code is not known here"),
        ({"roles": "R8001"}, "your organisation&#39;s code is not known here"),
    ],
)
def test_a_role_or_organisation_nobody_matched_is_turned_away_kindly_and_recorded(client, server, nurse, said, told):
    server.claims |= {"roles": ["R8001"], "organisation": "A01"}
    sign_in(client, server)
    client.logout()
    server.claims = {name: value for name, value in server.claims.items() if name != "organisation"} | said
    answer = sign_in(client, server)
    assert answer.status_code == 403
    assert told in answer.content.decode()
    assert who_is_in(client) == ""
    assert roles_of(nurse) == [], "and what they were there before is over"
    assert Event.objects.filter(action="sign_in_refused", subject="nurse@example.org").count() == 1


SPOILT = {
    "another issuer": {"token": {"iss": "https://another.example.org"}},
    "for another client": {"token": {"aud": "another"}},
    "expired": {"token": {"exp": int(time.time()) - 60}},
    "another key": {"signed_with": ANOTHER_KEY},
    "a shared secret": {"signed_with": "x" * 32, "algorithm": "HS256"},
    "no signature": {"signed_with": None, "algorithm": "none"},
    "two people": {"userinfo": {"sub": "person-2", "email": "director@example.org"}},
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_a_token_that_is_not_ours_or_not_of_now_signs_nobody_in(client, server, nurse, spoilt):
    for name, value in spoilt.items():
        setattr(server, name, value)
    answer = sign_in(client, server)
    assert answer.status_code == 403
    assert "sent cannot be relied on, or came too late" in answer.content.decode()
    assert who_is_in(client) == ""


def test_a_server_that_says_it_is_another_is_not_believed(client, server, nurse, monkeypatch):
    truth = server.discovery()
    monkeypatch.setattr(server, "discovery", lambda: truth | {"issuer": "https://another.example.org"})
    answer = sign_in(client, server)
    assert (answer.status_code, who_is_in(client)) == (403, "")
    assert "You are not signed in" in answer.content.decode()


def test_a_server_that_does_not_answer_is_said_kindly(client, settings, site):
    cache.clear()
    settings.SOCIALACCOUNT_PROVIDERS, _ = openid_settings(f"{CLIENT}:{SECRET}@http://127.0.0.1:9")
    answer = client.post(LOGIN)
    assert answer.status_code in (200, 403)
    assert "You are not signed in" in answer.content.decode()


def test_a_code_is_used_once_and_only_by_the_browser_that_asked(client, server, nurse):
    away = client.post(LOGIN)
    back = requests.get(away["Location"], allow_redirects=False, timeout=10).headers["Location"]
    elsewhere = type(client)()
    elsewhere.get(back.replace("http://testserver", ""))
    assert who_is_in(elsewhere) == ""
    client.get(back.replace("http://testserver", ""))
    client.logout()
    client.get(back.replace("http://testserver", ""))
    assert who_is_in(client) == ""


def test_whoever_the_server_does_not_vouch_for_or_nobody_entered_stays_out(client, server, nurse):
    server.claims |= {"email_verified": False, "roles": ["R8001"], "organisation": "A01"}
    sign_in(client, server)
    assert (who_is_in(client), roles_of(nurse)) == ("", [])
    server.claims |= {"email_verified": True, "email": "stranger@example.org"}
    answer = sign_in(client, server)
    assert "Accounts are made for you" in answer.content.decode()
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_a_closed_account_stays_closed_whatever_the_server_says(client, server, nurse):
    sign_in(client, server)
    client.logout()
    close_account(by=None, user=nurse)
    sign_in(client, server)
    assert who_is_in(client) == ""


def test_without_a_server_named_there_is_none():
    assert openid_settings("") == ({}, [])
    assert project.SOCIALACCOUNT_PROVIDERS == {}
