"""Members say who they are, if they like; the secretary sees all bodies together, hidden and rounded like a release."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from builders.bodies import load_bodies
from builders.pages import words_in
from builders.site import add_person_in_role
from placewise_site.accounts.actions import add_person
from placewise_site.accounts.models import Event, User, WordsText
from placewise_site.governance.actions import (
    add_member,
    appoint,
    count_composition,
    describe_oneself,
    destroy_descriptions_of_leavers,
    end_membership,
)
from placewise_site.governance.models import Membership, Seat, SelfDescription
from placewise_site.governance.queries.composition import count_members

SINCE, ON = date(2022, 7, 1), date(2026, 4, 1)


@pytest.fixture
def seat(site: Any) -> Seat:
    load_bodies()
    return Seat.objects.get(body__slug="heart_board", slug="lay")


def sit(seat: Seat, people: int) -> list[User]:
    """People in one seat: the first holds it, the others are deputies."""
    first, sitting = None, []
    for number in range(people):
        person = add_person(by=None, email=f"m{number}@example.org", name=f"Member {number}", password="a long one")
        member = add_member(by=None, name=f"Member {number}", person=person)
        held = appoint(by=None, seat=seat, member=member, term_from=SINCE, deputy_for=first)
        first, sitting = first or held, [*sitting, person]
    return sitting


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def test_those_who_said_nothing_are_a_group_and_small_counts_are_hidden(seat: Seat):
    people = sit(seat, 31)
    for person in people[:12]:
        describe_oneself(by=person, said={"sex": "female", "ethnicity": "white"})
    for person in people[12:21]:
        describe_oneself(by=person, said={"sex": "male"})
    members, told = count_members(ON)
    assert members == 30
    assert told["sex"] == {"female": 10, "male": 10, "not_said": 10}
    assert told["ethnicity"]["not_said"] == 20
    assert "disability" not in told, "nobody said, so there is nothing to compare"


def test_a_small_group_hides_a_second_one_and_too_few_who_spoke_tell_nothing(seat: Seat):
    people = sit(seat, 30)
    for person in people[:3]:
        describe_oneself(by=person, said={"sex": "male", "disability": "yes"})
    for person in people[3:18]:
        describe_oneself(by=person, said={"sex": "female"})
    _, told = count_members(ON)
    assert told["sex"] == {"female": 15, "male": None, "not_said": None}, "three and what would give them away"
    assert "disability" not in told


def test_somebody_in_two_seats_counts_once(seat: Seat):
    person = sit(seat, 12)[-1]
    other = Seat.objects.get(body__slug="coast_committee", slug="chair")
    appoint(by=None, seat=other, member=add_member(by=None, name="The same", person=person), term_from=SINCE)
    assert count_members(ON)[0] == 10, "thirteen would be 15"


def test_what_was_said_is_replaced_and_taken_back_by_whoever_said_it(seat: Seat):
    (person,) = sit(seat, 1)
    describe_oneself(by=person, said={"ethnicity": "black"})
    describe_oneself(by=person, said={"ethnicity": "mixed"})
    assert [str(each.words.text) for each in SelfDescription.objects.filter(words__destruction=None)] == [
        '{"ethnicity": "mixed"}'
    ]
    assert describe_oneself(by=person, said={}) is None
    assert not WordsText.objects.filter(words__contains="ethnicity").exists()
    assert "mixed" not in str(list(Event.objects.values_list("subject", "detail"))), "no log holds what was said"
    with pytest.raises(ValidationError, match="purple is no group of ethnicity"):
        describe_oneself(by=person, said={"ethnicity": "purple"})


def test_it_goes_when_they_sit_nowhere_any_more(seat: Seat):
    (person,) = sit(seat, 1)
    describe_oneself(by=person, said={"disability": "yes"})
    today = timezone.localdate()
    assert destroy_descriptions_of_leavers(by=None, on=today) == 0
    end_membership(by=None, membership=Membership.objects.get(), last_day=today, reason="Resigned")
    assert destroy_descriptions_of_leavers(by=None, on=today + timedelta(days=1)) == 1
    assert not WordsText.objects.filter(words__contains="disability").exists()


def test_a_quarter_is_counted_once_so_that_two_looks_tell_nothing(seat: Seat):
    people = sit(seat, 12)
    first = count_composition(by=None, on=ON)
    for person in people:
        describe_oneself(by=person, said={"sex": "female"})
    assert count_composition(by=None, on=date(2026, 6, 30)) == first
    assert first.told == {}
    assert count_composition(by=None, on=date(2026, 7, 1)).told["sex"] == {"female": 10, "male": 0, "not_said": 0}


def test_the_secretary_reads_all_bodies_together_beside_the_released_people(seat: Seat):
    secretary = browser_of(add_person_in_role("board_secretary", "HVS"))
    people = sit(seat, 24)
    for person in people[:12]:
        said = {"sex": "female", "age_band": "", "ethnicity": "", "disability": "", "lived_experience": ""}
        assert browser_of(person).post("/governance/members/me/", said).status_code == 302
    for person in people[12:]:
        describe_oneself(by=person, said={"sex": "male"})
    assert "have not been counted yet" in words_in(secretary.get("/governance/members/").content.decode())
    assert secretary.post("/governance/members/").status_code == 302
    text = words_in(secretary.get("/governance/members/").content.decode())
    assert "About 25 members, counted on" in text
    assert "Female 10 40% " in text and "Not said, or not recorded 0 0% " in text
    assert "Disability Not enough said to compare." in text


def test_nobody_else_reads_it_and_only_members_say(seat: Seat):
    (person,) = sit(seat, 1)
    outsider = add_person_in_role("board_member", "HVS")
    assert browser_of(person).get("/governance/members/").status_code == 403
    assert browser_of(outsider).get("/governance/members/me/").status_code == 403
    with pytest.raises(PermissionDenied):
        describe_oneself(by=outsider, said={"sex": "male"})
    page = browser_of(person).get("/governance/bodies/heart_board/").content.decode()
    assert "/governance/members/me/" in page and 'href="/governance/members/"' not in page
