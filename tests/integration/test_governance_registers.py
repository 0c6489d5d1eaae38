"""A board secretary keeps the registers on the pages of bodies; a member declares their own interests; nobody else."""

from typing import Any

import pytest
from django.test import Client

from builders.bodies import load_bodies, seat_somebody
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise_site.accounts.models import User
from placewise_site.governance.models import Ending, Interest, Member, Membership

BOARD = "/governance/bodies/heart_board/"
INTEREST = {"kind": "financial", "words": "Owns shares in a supplier", "organisation": "", "held_from": "2024-01-01"}


@pytest.fixture
def secretary(site: Any) -> Client:
    load_bodies()
    return browser_of(add_person_in_role("board_secretary", "HVS"))


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def read(browser: Client, address: str = BOARD) -> str:
    return words_in(browser.get(address).content.decode())


def test_the_secretary_appoints_to_a_seat_and_ends_it(secretary: Client):
    said = {"name": "Lay member 1", "email": "", "term_from": "2025-01-01", "term_to": ""}
    answer = secretary.post(f"{BOARD}seats/lay/", said)
    assert (answer.status_code, answer["Location"]) == (302, BOARD)
    assert "Lay member Lay member Lay member 1" in read(secretary)
    held = Membership.objects.get()
    refused = secretary.post(f"{BOARD}seats/lay/", said | {"name": "Somebody else"})
    assert refused.status_code == 400
    assert "Lay member 1 holds the seat Lay member from 2025-01-01. End that first" in words_in(
        refused.content.decode()
    )
    assert Member.objects.count() == 1, "whoever was not appointed is in no register"
    ended = secretary.post(f"/governance/memberships/{held.pk}/end/", {"last_day": "2025-06-30", "reason": "Resigned"})
    assert ended.status_code == 302
    assert Ending.objects.get().reason == "Resigned"
    assert "Lay member Lay member Nobody" in read(Client(), f"{BOARD}?as_of=2025-07-01")


def test_a_member_declares_ends_and_cannot_withdraw(secretary: Client):
    person = add_person_in_role("board_member", "HVS")
    own, other = seat_somebody("heart_board", "clinical", person=person), seat_somebody("heart_board", "lay")
    member = browser_of(person)
    assert member.post(f"/governance/memberships/{own.pk}/interests/", INTEREST).status_code == 302
    assert "Owns shares in a supplier" in read(Client())
    assert member.post(f"/governance/memberships/{other.pk}/interests/", INTEREST).status_code == 403
    interest = Interest.objects.get()
    withdraw = f"/governance/interests/{interest.pk}/withdraw/"
    assert member.post(withdraw, {"reason": "Mine"}).status_code == 403
    assert member.post(f"/governance/interests/{interest.pk}/end/", {"last_day": "2099-01-01"}).status_code == 302
    assert secretary.post(withdraw, {"reason": "Declared in error"}).status_code == 302
    told = read(Client())
    assert "Owns shares" not in told and "Declared in error" in told


@pytest.mark.parametrize("role", ["board_member", "director", "lay_member"])
def test_nobody_else_writes_there_nor_is_offered_to(secretary: Client, role: str):
    held = seat_somebody("heart_board", "lay")
    other = browser_of(add_person_in_role(role, "HVS"))
    for address in (f"{BOARD}seats/chair/", f"/governance/memberships/{held.pk}/end/"):
        assert other.get(address).status_code == other.post(address, {}).status_code == 403
        assert Client().get(address).status_code == 302, "to the sign-in page"
    assert "Appoint" not in read(other) and "Appoint" in read(secretary)
    assert "Appoint" not in read(secretary, f"{BOARD}?as_of=2025-01-01"), "a past day is not rewritten"


def test_what_is_written_wrong_is_told_at_its_field(secretary: Client):
    answer = secretary.post(f"{BOARD}seats/lay/", {"name": "Lay member 1", "email": "nobody@example.org"})
    told = words_in(answer.content.decode())
    assert answer.status_code == 400 and "There is a problem" in told
    unknown = {"name": "Lay member 1", "email": "nobody@example.org", "term_from": "2025-01-01"}
    told = words_in(secretary.post(f"{BOARD}seats/lay/", unknown).content.decode())
    assert "Nobody has an account of this address" in told
