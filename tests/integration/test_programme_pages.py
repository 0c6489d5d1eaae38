"""A programme's page for everybody, and the people to see in an area: counts, rounded, and never who."""

import re

import pytest

from builders.lists import CARD, LIST
from builders.pages import words_in
from placewise_site.accounts.models import AccessEvent, Purpose


def text_of(browser, address: str) -> str:
    page = browser.get(address)
    assert page.status_code == 200, address
    return words_in(page.content.decode())


def test_a_programme_says_why_who_answers_where_it_stands_and_the_rule_of_its_lists(public):
    text = text_of(public, "/programmes/heart_care/")
    for told in (
        "Who answers for it",
        "People with AF at stroke risk who take an anticoagulant",
        "90% by March 2029",
        CARD["title"],
        CARD["next_action"],
        "stroke risk score, highest first, then last seen, longest ago first",
        "Only the practice that treats the people opens its list",
    ):
        assert told in text, told
    assert "AF recorded" not in text


def test_every_programme_has_a_page_and_one_that_is_none_has_not(public, release):
    listed = public.get("/programmes/").content.decode()
    for slug in {card.programme for card in release.manifest.measures}:
        assert f"/programmes/{slug}/" in listed
        assert public.get(f"/programmes/{slug}/").status_code == 200
    assert public.get("/programmes/no_such_programme/").status_code == 404


@pytest.mark.requirement("S085")
def test_a_place_lead_sees_rounded_counts_of_a_place_and_its_networks_and_no_list(sign_in):
    browser = sign_in("place_lead", "HVN")
    assert "/programmes/in/HVN/" in browser.get("/").content.decode()
    text = text_of(browser, "/programmes/in/HVN/")
    assert "People to see in North Haven" in text
    assert "Harbour Network" in text
    shown = [int(each.replace(",", "")) for each in re.findall(r"about ([\d,]+)", text)]
    assert shown and all(number % 5 == 0 for number in shown)
    assert "AF recorded" not in text
    assert AccessEvent.objects.count() == 0  # nothing of persons was opened
    assert browser.get(f"/my-patients/A01/{LIST}/").status_code == 403


def test_the_public_sees_no_practice_s_numbers(public):
    assert text_of(public, "/programmes/in/HVS/")
    page = public.get("/programmes/in/A01/")
    assert page.status_code in (302, 404)


def test_a_role_for_care_elsewhere_gains_nothing_here(sign_in):
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    assert "AF recorded" not in text_of(browser, "/programmes/in/HVN/")
