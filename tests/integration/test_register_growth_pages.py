"""A register's page tells what it grew by, and holds what was stated beside what is counted."""

from typing import Any

import pytest
from django.test import Client

from builders.changed_register import build_changed_release
from builders.pages import words_in
from placewise.publishing.release import Release

MEASURE = "/measures/carers_known/"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_changed_release(tmp_path_factory.mktemp("store"))


@pytest.fixture(autouse=True)
def served(site: Any, settings: Any, release: Release) -> None:
    settings.PLACEWISE_STORE = release.folder.parents[1]


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return words_in(response.content.decode())


@pytest.mark.requirement("S083")
def test_a_registers_page_tells_who_was_added_removed_and_moved(client: Client) -> None:
    text = read(client, MEASURE)
    assert "How the register changed" in text
    for told in (
        "Known in March 2025",
        "Put on the register",
        "Taken off the register",
        "the difference",
        "March 2026",
    ):
        assert told in text
    assert "net of the list, +" in text
    assert "; of coding drives too, " in text
    assert "In 1 of 5 practices a month held more additions than chance allows (September 2025)" in text
    assert "Counts are rounded" in text


def test_a_measure_that_is_no_register_has_no_such_part(client: Client) -> None:
    assert "How the register changed" not in read(client, "/measures/af_anticoagulated/")
    assert "What was stated" not in read(client, "/measures/af_anticoagulated/")


@pytest.mark.requirement("S083")
@pytest.mark.parametrize("measure", ["carers_known", "carers_added", "carers_removed"])
def test_stated_counts_stand_beside_our_own_and_two_are_disputed(client: Client, measure: str) -> None:
    text = read(client, f"/measures/{measure}/")
    stated = text[text.index("Stated without the counts") if "Stated without the counts" in text else 0 :]
    assert stated.count("Disputed") == 2
    assert "About 16,000 (to March 2020, from when is not stated) and 10,000 (January 2019 to April 2021)" in stated
    assert "Both could hold only if 6,000 or more were counted before January 2019, which nobody states" in stated
    assert "Haven Partnership, 2026" in stated, "the third, which fits both"
    assert "April 2025 to March 2026" in stated, "our own"


@pytest.mark.requirement("S083")
def test_a_directors_home_tells_of_figures_that_do_not_fit_each_other(sign_in: Any) -> None:
    text = read(sign_in("director", "HVS"), "/")
    doubts = text[text.index("Figures in doubt") : text.index("Decisions due")]
    assert doubts.count("Disputed") == 2
    assert "about 16,000" in doubts
    assert "10,000" in doubts
    assert "Carers added in summer" not in doubts


def test_the_public_sees_no_drive_of_a_single_practice(client: Client) -> None:
    assert client.get(f"{MEASURE}?area=A02").url.startswith("/accounts/login/")


def test_a_practices_page_tells_of_its_own_drive(sign_in: Any) -> None:
    text = read(sign_in("pcn_staff", "NW1"), f"{MEASURE}?area=A02")
    assert "In this practice a month held more additions than chance allows (September 2025)" in text
