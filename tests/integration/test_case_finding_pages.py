"""Expected, known and gap on pages, in files and over the API; what is not measured is words, never a number."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from builders.pages import words_in
from builders.release import build_planted_release
from builders.release_texts import KNOWN_AND_EXPECTED
from placewise.measures.contract import ALL
from placewise.publishing.release import Release

MEASURE = "/measures/carers_known/"
TABLE = "/population/expected-unpaid_carers.csv"
CLAIM, CENSUS = "The partnership's statement", "An invented census"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def release(store: Path) -> Release:
    return build_planted_release(store, **KNOWN_AND_EXPECTED)


@pytest.fixture
def public(site: Any, settings: Any, release: Release) -> Client:
    settings.PLACEWISE_STORE = release.folder.parents[1]
    return Client()


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(client, address).removeprefix("\ufeff"))))


@pytest.mark.requirement("S005")
def test_known_and_gap_make_the_expected_in_every_place_as_shown(public: Client) -> None:
    rows = rows_of(public, TABLE)
    assert [row["Place"] for row in rows] == ["North Haven", "North Haven", "South Haven", "South Haven"]
    for row in rows:
        assert int(row["Known"]) + int(row["Gap"]) == int(row["Expected"])
    assert {row["Kind"] for row in rows if row["Basis"].startswith(CLAIM)} == {"Claimed"}
    assert {row["Kind"] for row in rows if row["Basis"].startswith(CENSUS)} == {"Estimated"}
    assert rows[1]["Basis"] == f"{CLAIM}: 16.7% of everyone registered (400,000 of 2,400,000)"
    assert rows[0]["Basis"] == f"{CENSUS}: 10.0% of people aged 18 and over"
    assert rows[0]["Source"] == "Invented statistics office, 2021"


@pytest.mark.requirement("S005")
def test_who_lives_here_gives_a_range_with_every_source(public: Client) -> None:
    words = words_in(read(public, "/population/"))
    low, high = (
        each.replace(",", "") for each in re.search(r"Haven System; ([\d,]+) to ([\d,]+) are expected", words).groups()
    )  # type: ignore[union-attr]
    assert int(low) < int(high)
    for said in (CENSUS, CLAIM, "Stated without method.", "Asked of households.", "Invented statistics office, 2021"):
        assert said in words
    assert public.get("/population/expected-unpaid_carers.svg").status_code == 200


def test_the_page_says_that_expected_known_and_unprotected_are_three_populations(public: Client) -> None:
    words = words_in(read(public, MEASURE))
    assert "Three populations, and none is a share of another." in words
    assert "Unprotected:" in words
    assert "are missed by Unpaid carers offered a review" in words


def test_the_measure_of_the_known_shows_the_chosen_area(public: Client) -> None:
    words = words_in(read(public, f"{MEASURE}?area=NW3"))
    assert "people are known in Marsh Network" in words
    assert "Expected, known, unprotected" not in words_in(read(public, "/measures/carers_reviewed/"))


def test_a_network_has_its_own_row_since_practices_have_none(public: Client) -> None:
    rows = rows_of(public, f"{TABLE}?area=NW1")
    assert [row["Network"] for row in rows] == ["Harbour Network", "Harbour Network"]


def test_nothing_is_expected_of_a_practice_even_for_those_who_see_practices(
    public: Client, sign_in: Any, settings: Any, release: Release
) -> None:
    analyst = sign_in("analyst", "HVS")
    assert "Expected, known, unprotected" not in words_in(read(analyst, "/population/?area=A01"))
    assert [row["Network"] for row in rows_of(analyst, f"{TABLE}?area=NW1")] == ["Harbour Network"] * 2
    read(analyst, f"{TABLE}?area=A01", 404)


def test_the_api_gives_the_same_numbers_by_the_same_rule(public: Client, release: Release) -> None:
    answer = public.get("/api/v1/case-finding?area=HVN").json()
    assert answer["release"] == release.manifest.release
    shown = [row for row in rows_of(public, TABLE) if row["Place"] == "North Haven"]
    assert [(each["expected"], each["known"], each["gap"]) for each in answer["items"]] == [
        (int(row["Expected"]), int(row["Known"]), int(row["Gap"])) for row in shown
    ]
    assert [each["kind"] for each in answer["items"]] == ["estimated", "told"]
    assert "people with a role" in public.get("/api/v1/case-finding?area=A01").json()["detail"]
    assert public.get("/api/v1/case-finding?area=A01").status_code == 403


@pytest.mark.requirement("S188")
def test_what_is_not_measured_is_said_under_its_programme_with_the_reason_and_no_number(public: Client) -> None:
    page = read(public, "/measures/")
    section = page[page.index("carers_reviewed") :]
    said = words_in(section[section.index('id="carers_lives"') :].split("</p>")[0])
    assert "Years of life that carers lose: not measured. No deaths are linked to the register." in said
    assert not re.search(r"\d", said)


def test_a_register_grows_beside_its_list_in_one_sentence(public: Client) -> None:
    words = words_in(read(public, MEASURE))
    assert re.search(
        r"Since March 2025 the register (grew|shrank) by [\d.]+% \([\d,]+ to [\d,]+\) and the list of people "
        r"registered grew by 1\.0% \([\d,]+ to [\d,]+\): net of the list, [+-]?[\d.]+%\.",
        words,
    )
    assert "net of the list" not in words_in(read(public, "/measures/af_anticoagulated/"))


@pytest.mark.requirement("S024")
def test_a_programme_of_published_figures_alone_is_told_beside_the_measures_without_a_number(public: Client) -> None:
    """Of those by sex and place its own page shows the figures."""
    page = read(public, "/measures/")
    said = words_in(page[page.index(">Falls</a></h2>") :].split("</section>")[0])
    told = "Falls break lives. It rests on published figures alone. Deaths by falls. By the year of registration."
    assert told in said
    assert not re.search(r"\d", said)


@pytest.mark.requirement("S024")
def test_a_programme_of_published_figures_alone_has_a_page_with_them(public: Client) -> None:
    assert "/programmes/falls_prevention/" in read(public, "/programmes/")
    page = read(public, "/programmes/falls_prevention/")
    words = words_in(page)
    assert "Who answers for it Falls network" in words
    assert "no record of anybody is asked for it" in words
    assert "Deaths by falls. By the year of registration. No file of it has been taken in yet." in words
    assert "2024: 8.0 per 100,000 (Men), 10.5 per 100,000 (Women)." in words
    rows = rows_of(public, "/programmes/falls_prevention/falls_by_sex.csv")
    assert [(row["Series"], row["Period"], row["Per 100,000"]) for row in rows][:2] == [
        ("Men", "2022", "9.0"),
        ("Men", "2023", "9.5"),
    ]
    rows = rows_of(public, "/programmes/falls_prevention/falls_by_place.csv")
    assert [row["Where"] for row in rows] == [f"Place {number}" for number in range(1, 6)]
    for drawn in ("falls_by_sex", "falls_by_place"):
        assert read(public, f"/programmes/falls_prevention/{drawn}.svg").startswith("<svg")
    read(public, "/programmes/falls_prevention/falls.csv", status=404)


@pytest.mark.requirement("S086")
def test_each_step_s_loss_is_told_by_deprivation_and_who_has_begun_by_month(public: Client, release: Release) -> None:
    fifths = rows_of(public, "/programmes/carers/funnel.csv")
    assert [row["Deprivation fifth"] for row in fifths][:2] == ["Everybody", "1"]
    shown = release.groups("carers_known", "HVS", "2026-03", "deprivation_fifth").to_pylist()
    lost = {row["group"]: row["denominator"] - row["numerator"] for row in shown if row["numerator"] is not None}
    assert [int(row["People lost here"]) for row in fifths[1:]] == list(lost.values())
    months = rows_of(public, "/programmes/carers/adoption.csv")
    begun = [int(row["Practices that have begun"]) for row in months]
    assert begun == sorted(begun), "whoever has begun has begun for good"
    last = release.at_month("carers_known", "practice", release.months[-1], ALL).to_pylist()
    assert begun[-1] >= sum(bool(row["numerator"]) for row in last)
    for drawn in ("funnel", "adoption"):
        assert read(public, f"/programmes/carers/{drawn}.svg").startswith("<svg")
