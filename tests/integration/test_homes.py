"""Each role has its own home page, made from the release, the record and its own grants; nothing on it is made up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from builders.lists import CARD, LIST
from builders.meetings import add_meeting, bring, build_board
from builders.site import add_agreement, add_person_in_role
from placewise_site.accounts.models import AccessEvent, Purpose
from placewise_site.meetings.rules.publication import Privacy


def home(browser, address: str = "/") -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_the_public_sees_who_lives_here_measures_and_waiting(client, site):
    text = home(client)
    for told in ("37,980", "People with AF at stroke risk who take an anticoagulant", "98,765", "Check this figure"):
        assert told in text
    assert "Synthetic data. Nobody in these figures is a real person." in text
    assert "r-" in text
    assert "20 April 2026" in text


def test_a_director_sees_ambitions_doubts_and_that_no_meeting_is_to_come(sign_in):
    text = home(sign_in("director", "HVS"))
    assert "Off course (chance less than 1%)" in text
    assert "own ambition is 90% by March 2029, from" in text  # the programme's, beside the partnership's
    assert "Heart Board" in text
    assert "Nobody yet" in text  # an ambition without an owner
    assert "Not measured" in text  # and without a measure
    assert "No meeting is in the calendar." in text


def test_a_director_sees_what_bodies_are_to_decide_next_and_nothing_that_is_kept_from_others(sign_in):
    board = build_board()
    soon = timezone.now() + timedelta(days=3)
    meeting = add_meeting(board, soon)
    bring(board, meeting)
    bring(board, meeting, title="The award of a contract", private_ground=Privacy.COMMERCIAL)
    text = home(sign_in("director", "HVS"))
    due = text[text.index('id="decisions"') :]
    assert f'href="/meetings/{meeting.pk}/"' in due
    assert "Heart Board" in due
    assert "The plan of the year" in due
    assert "The award of a contract" not in due


@pytest.mark.requirement("S085")
def test_a_network_sees_its_practices_gaps_the_most_people_missing_out_first(sign_in):
    text = home(sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE))
    gaps = text[text.index("My practices&#39; gaps") : text.index("The network as a whole")]
    assert "Lighthouse Practice" in gaps
    assert "Quay Surgery" in gaps
    assert "Hilltop Surgery" not in text  # another network's
    shown = [int(each.split("</td>")[0].replace(",", "")) for each in gaps.split("about ")[1:]]
    assert shown == sorted(shown, reverse=True)
    assert all(number % 5 == 0 for number in shown)
    assert "Worse" in gaps


def test_a_network_finds_the_lists_of_practices_that_agreed(sign_in):
    browser = sign_in("pcn_staff", "NW1", purpose=Purpose.DIRECT_CARE)
    assert f"/my-patients/A02/{LIST}/" not in home(browser)
    add_agreement("A02", "NW1")
    text = home(browser)
    assert f"/my-patients/A02/{LIST}/" in text
    assert f"/my-patients/A01/{LIST}/" not in text


def test_a_practice_sees_its_lists_and_its_own_exact_counts_and_that_is_logged(sign_in):
    text = home(sign_in("practice", "A05", purpose=Purpose.DIRECT_CARE))
    assert CARD["title"] in text
    assert ">419<" in text  # hidden from everybody else, since it is everybody
    lists, counts = AccessEvent.objects.order_by("number")
    assert (lists.practice, lists.what, lists.denied) == ("A05", "lists/planted", "")
    assert (counts.practice, "exact_counts" in counts.what, counts.denied) == ("A05", True, "")


def test_a_practice_manager_without_direct_care_sees_no_exact_count(sign_in):
    text = home(sign_in("practice", "A05"))
    assert ">419<" not in text
    assert CARD["title"] not in text


def test_hospital_operations_see_their_trust_by_specialty_sorted_as_they_wish(sign_in):
    browser = sign_in("hospital_operations", "RT1")
    text = home(browser, "/?sort=-over_52")
    assert "86,915" in text
    assert "65.5%" in text
    assert text.index(">210<") < text.index(">33<")
    assert 'aria-sort="descending"' in text


def test_an_analyst_sees_checks_and_releases(sign_in):
    text = home(sign_in("analyst", "HVS"))
    assert "Every split adds up." in text
    assert "planted" in text


def test_the_voluntary_sector_sees_the_groups_that_miss_out_beyond_chance(sign_in):
    text = home(sign_in("voluntary_sector", "HVS"))
    assert "Deprivation fifth" in text
    assert "65.3%" in text
    assert "Sex:" not in text  # no planted difference between the sexes


def test_somebody_with_two_roles_chooses(sign_in):
    browser = sign_in("analyst", "HVS", email="two@example.org")
    add_person_in_role("practice", "A01", Purpose.DIRECT_CARE, email="two@example.org")
    text = home(browser)
    assert "What are you here as today?" in text
    for grant in browser.person.grants.all():
        assert f"/home/{grant.pk}/" in text
        home(browser, f"/home/{grant.pk}/")


def test_nobody_opens_the_home_of_anothers_grant(sign_in):
    other = add_person_in_role("practice", "A02", Purpose.DIRECT_CARE)
    browser = sign_in("practice", "A01", purpose=Purpose.DIRECT_CARE)
    assert browser.get(f"/home/{other.grants.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    "role", ["director", "pcn_staff", "practice", "hospital_operations", "analyst", "voluntary_sector"]
)
def test_before_the_first_release_each_home_says_so(sign_in, settings, tmp_path, role):
    settings.PLACEWISE_STORE = tmp_path
    place = {"pcn_staff": "NW1", "practice": "A01", "hospital_operations": "RT1"}.get(role, "HVS")
    text = home(sign_in(role, place, purpose=Purpose.DIRECT_CARE))
    assert "No figures have been released yet" in text
