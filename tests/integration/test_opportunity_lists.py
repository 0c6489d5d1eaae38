"""Beside an opportunity of a practice stands its call list: for the team that treats its patients and nobody else."""

import pytest

from builders.lists import LIST
from placewise_site.accounts.models import Purpose

LIST_OF_A02 = f"/my-patients/A02/{LIST}/"


def opportunities(browser, practice: str) -> str:
    answer = browser.get(f"/compare/gain/?area={practice}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("S085")
def test_the_treating_practice_goes_from_an_opportunity_to_its_list(sign_in):
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    assert LIST_OF_A02 in opportunities(browser, "A02")
    assert "/my-patients/A01/" not in opportunities(browser, "A01")
    home = browser.get("/").content.decode()
    section = home[home.index("Where most would gain") :]
    assert LIST_OF_A02 in section[: section.index("All opportunities")]


@pytest.mark.parametrize(("role", "organisation"), [("practice", "A01"), ("pcn_staff", "NW2"), ("analyst", "HVS")])
def test_nobody_else_finds_the_list(sign_in, role, organisation):
    browser = sign_in(role, organisation, purpose=Purpose.DIRECT_CARE)
    assert "/my-patients/A02/" not in opportunities(browser, "A02")


def test_without_the_purpose_of_direct_care_there_is_no_list(sign_in):
    assert "/my-patients/A02/" not in opportunities(sign_in("practice", "A02"), "A02")


def test_somebody_whose_role_has_ended_is_shown_no_practice(sign_in):
    browser = sign_in("practice", "A02", purpose=Purpose.DIRECT_CARE)
    browser.person.grants.update(ends_on="2020-12-31")
    assert browser.get("/compare/gain/?area=A02").status_code == 403
    assert browser.get("/compare/area/A02/").status_code == 403
    assert browser.get("/api/v1/opportunities?area=A02").status_code == 403
