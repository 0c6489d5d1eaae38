"""Measures, who lives here and sources, as the public and as somebody with a role sees them."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from builders.pages import links_in, words_in
from builders.release import build_planted_release
from builders.release_texts import CARDS
from placewise.publishing.contract import HIDDEN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.lost import find_lost
from placewise.publishing.release import Release

MEASURE = "/measures/af_anticoagulated/"


@pytest.fixture
def analyst(sign_in) -> Client:
    return sign_in("analyst", "HVS")


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_list_gives_each_measure_its_value_and_which_way_is_better(public: Client) -> None:
    words = words_in(read(public, "/measures/"))
    assert "Heart care" in words
    assert "People with AF at stroke risk who take an anticoagulant" in words
    assert "74.3%" in words
    assert "Higher" in words
    assert "90% by March 2029" in words
    assert "March 2026" in words


def test_a_measure_page_says_all_that_a_figure_page_must(public: Client) -> None:
    words = words_in(read(public, MEASURE))
    for said in (
        "Haven System, March 2026: 74.3% (565 of 760; 95% interval 71.1% to 77.3%).",
        "Higher is better",
        "The programme's ambition: 90% by March 2029",
        "The partnership's promise: nine in ten by March 2029, off course: Fewer strokes",
        "people among them with the care recorded",
        "people on the register",
        "Method version 0a1b2c3d",
        "Owner Invented network",
        "Period April 2021 to March 2026",
        "Last refresh 20 April 2026",
        "Load 0a1b2c3d4e5f of general practice, extracted on 1 April 2026: person",
        "Next review",
        "What to do next",
        "chosen so that parts add up to their totals",
    ):
        assert said in words, said


def test_how_complete_an_outcome_is_stands_beside_it_on_the_page_and_in_every_file(
    site, tmp_path: Path, settings: Any
) -> None:
    """Of the months that are complete enough to be shown; splits are of the newest quarter's end among them."""
    outcome, complete, *others = CARDS
    cards = (replace(outcome, completeness=complete.measure, settles_after=2), complete, *others)
    build_planted_release(tmp_path, cards=cards)
    settings.PLACEWISE_STORE = tmp_path
    client = Client()
    words = words_in(read(client, MEASURE))
    assert f"How complete it is: {complete.title}. Haven System, January 2026: " in words
    assert "The 2 months from February 2026 are not complete yet" in words
    assert "Not complete yet The newest 2 months: they are shown once they are" in words
    heading = "How complete (per cent)"
    trend = rows_of(client, f"{MEASURE}trend.csv")
    assert [row["Per cent"] for row in trend[-2:]] == ["not complete yet"] * 2
    assert [row[heading] for row in trend] == [
        row["Per cent"] for row in rows_of(client, f"/measures/{complete.measure}/trend.csv")
    ]
    for figure, asked in (("place", "level=place&month=2026-01"), ("ethnicity", "split=ethnicity&month=2025-12")):
        own = client.get(f"/api/v1/measures/{complete.measure}/values?{asked}").json()["items"]
        beside = [row[heading] for row in rows_of(client, f"{MEASURE}{figure}.csv")]
        shares = [None if cell["value"] is None else f"{100 * cell['value']:.1f}" for cell in own]
        assert [each if each[:1].isdigit() else None for each in beside] == shares, figure
    assert "How complete" not in read(client, f"/measures/{complete.measure}/")


def test_a_page_says_that_past_months_are_frozen_and_until_when(public: Client) -> None:
    words = words_in(read(public, MEASURE))
    assert "Past months are frozen as first released; next revision: with the figures of April 2026" in words
    assert "Frozen as first released, so that records that come in late tell of nobody." in words


def test_a_code_list_that_nobody_has_checked_says_so(public: Client) -> None:
    assert "care_codes Preview 1 3 Invented network" in words_in(read(public, MEASURE))


def test_a_measure_says_what_changed_since_the_version_before(public: Client) -> None:
    words = words_in(read(public, "/measures/carers_reviewed/"))
    assert "Since version 9f8e7d6c, first used on 1 April 2025: the period changed from 12 to 6 months" in words
    assert "What changed No earlier version is known" in words_in(read(public, MEASURE))


def test_the_pages_need_no_script_and_call_no_other_place(public: Client) -> None:
    for address in ("/measures/", MEASURE, "/population/", "/sources/"):
        page = read(public, address)
        assert not re.findall(r'(?:src|srcset|href)="(?:https?:)?//', page)
        assert "style=" not in page


@pytest.mark.requirement("S014")
def test_every_measure_can_be_split_by_learning_disability_with_suppression(public: Client) -> None:
    rows = rows_of(public, f"{MEASURE}learning_disability.csv")
    [few] = rows
    assert few["On the learning disability register"] == "Yes"
    assert few["Per cent"] == "hidden to protect privacy"
    words = words_in(read(public, MEASURE))
    assert "On the learning disability register, beside everybody" in words
    assert re.search(r"No row can be shown for March 2026; [\d.]+% for Haven System as a whole", words)


@pytest.mark.requirement("S004")
def test_ethnicity_not_recorded_is_a_group_of_its_own(public: Client) -> None:
    rows = {row["Ethnic group"]: row for row in rows_of(public, f"{MEASURE}ethnicity.csv")}
    assert "Not recorded" in rows
    people = {row["Ethnic group"]: row["People"] for row in rows_of(public, "/population/ethnicity.csv")}
    assert int(people["Not recorded"]) > 0


@pytest.mark.requirement("S003")
def test_people_by_deprivation_name_the_edition_that_decides_the_number(public: Client) -> None:
    words = words_in(read(public, "/population/"))
    assert "By deprivation decile (1 is most deprived), Index of Invented Deprivation 2025" in words
    assert "Invented published figures, Haven System" in words  # nothing in a synthetic system is official
    assert "Deprivation decile 1 13.6%" in words


def test_the_segments_and_the_ages_sum_to_the_people(public: Client, release: Release) -> None:
    whole = release.population("HVS").to_pylist()[0]["people"]
    for split in ("segment", "age_band", "sex"):
        people = [int(row["People"]) for row in rows_of(public, f"/population/{split}.csv")]
        assert abs(sum(people) - whole) <= 5 * len(people)  # each is rounded to 5


def test_the_csv_is_what_is_on_screen_in_its_order(public: Client) -> None:
    page = read(public, f"{MEASURE}?sort=network.-value")
    section = page[page.index('id="network"') : page.index('id="age_band"')]
    shown = re.findall(r'<th scope="row">([^<]+)</th>', section)
    address = next(link for link in links_in(section) if ".csv" in link)
    assert [row["Network"] for row in rows_of(public, address)] == shown
    assert shown == ["Marsh Network", "Hill Network", "Harbour Network"]
    assert 'aria-sort="descending"' in section


def test_a_chart_can_be_taken_away_in_every_form(public: Client) -> None:
    for ending, kind in (("svg", "image/svg+xml"), ("png", "image/png"), ("json", "application/json")):
        response = public.get(f"{MEASURE}trend.{ending}")
        assert response.status_code == 200
        assert response["Content-Type"].startswith(kind)
        assert f'filename="af_anticoagulated-trend-HVS-2026-03.{ending}"' in response["Content-Disposition"]
    again = public.get(f"{MEASURE}trend.svg", headers={"If-None-Match": public.get(f"{MEASURE}trend.svg")["ETag"]})
    assert again.status_code == 304
    assert public.get(f"{MEASURE}trend.gif").status_code == 404


@pytest.mark.requirement("S085")
def test_one_definition_at_every_level_and_practices_add_up_to_their_network(analyst: Client) -> None:
    network = rows_of(analyst, f"{MEASURE}trend.csv?area=NW1")[-1]
    practices = rows_of(analyst, f"{MEASURE}practice.csv?area=NW1")
    assert [row["Practice"] for row in practices] == ["Lighthouse Practice", "Quay Surgery"]
    for column in ("Counted", "Out of"):  # each rounded to 5, so three numbers differ by at most 7
        assert abs(sum(int(row[column]) for row in practices) - int(network[column])) <= 7
    versions = {
        re.search(r"Method version (\w+)", words_in(read(analyst, f"{MEASURE}?area={code}")))[1]
        for code in ("HVS", "HVN", "NW1", "A01")
    }  # type: ignore[index]
    assert versions == {"0a1b2c3d"}


@pytest.mark.requirement("S085")
@pytest.mark.parametrize(
    "address",
    [
        f"{MEASURE}?area=A01",
        f"{MEASURE}trend.csv?area=A01",
        f"{MEASURE}practice.csv?area=NW1",
        f"{MEASURE}practice.svg",
        "/population/?area=A01",
        "/population/practice.csv",
        "/evidence/{release}/af_anticoagulated/A01/2026-03/all/all/",
        "/evidence/{release}/people/A01/2026-03/all/all/",
    ],
)
def test_the_public_sees_nothing_below_a_network(public: Client, release: Release, address: str) -> None:
    response = public.get(address.replace("{release}", release.manifest.release))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_no_public_page_names_a_practice(public: Client) -> None:
    for address in ("/measures/", MEASURE, f"{MEASURE}?area=NW1", "/population/", "/population/?area=NW1"):
        assert "Quay Surgery" not in read(public, address)


def test_small_areas_are_on_no_page(analyst: Client) -> None:
    read(analyst, "/population/?area=H0001", status=404)


def test_somebody_without_a_role_is_refused_in_one_sentence(release: Release, django_user_model) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("new@example.org"))
    assert "people with a role here" in read(client, f"{MEASURE}?area=A01", status=403)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/measures/nothing/", "This release has no measure called nothing."),
        (f"{MEASURE}?area=NOWHERE", "This release has no area with the code NOWHERE."),
        (f"{MEASURE}nothing.csv", "nothing"),
        ("/measures/?release=r-000000000000", "There is no release called r-000000000000."),
        ("/measures/?release=../../etc", "There is no release called ../../etc."),
        ("/measures/?as_of=soon", "Soon is not a date: write it as 2026-01-31."),
        ("/measures/?as_of=2020-01-01", "Nothing had been released by 2020-01-01."),
        ("/evidence/r-1/two/", "An address has six parts"),
        ("/sources/published/nothing/", "This release has no published indicator called nothing."),
    ],
)
def test_what_is_not_here_is_told_in_one_sentence(public: Client, address: str, said: str) -> None:
    assert said in words_in(read(public, address, status=404))


def test_before_the_first_release_the_pages_say_so(settings, tmp_path: Path, release: Release) -> None:
    settings.PLACEWISE_STORE = tmp_path / "empty"
    for address in ("/measures/", "/population/", "/sources/"):
        assert "Nothing has been released yet" in read(Client(), address, status=503)


def test_a_release_of_published_figures_only_has_pages_too(settings, tmp_path: Path, release: Release) -> None:
    build_planted_release(tmp_path / "published", mode="published", cube=None, cards=(), loads=())
    settings.PLACEWISE_STORE = tmp_path / "published"
    assert "published figures only" in words_in(read(Client(), "/measures/"))
    words = words_in(read(Client(), "/population/"))
    assert "Deprivation decile 1 13.6%" in words
    assert "Official figures, Haven System" in words
    read(Client(), "/sources/")
    read(Client(), "/sources/releases/")


@pytest.mark.requirement("S186")
def test_a_page_can_be_read_as_it_stood_on_a_past_day(public: Client, settings, tmp_path: Path) -> None:
    settings.PLACEWISE_STORE = tmp_path
    old = build_planted_release(tmp_path).manifest.release
    assert "as it stood" not in read(public, MEASURE)
    later = datetime(2026, 7, 20, 6, 30, tzinfo=UTC)
    new = build_planted_release(tmp_path, made_at=later, rule=DisclosureRule(8, 10)).manifest.release
    assert new != old
    assert "as it stood" not in read(public, MEASURE)

    response = public.get(f"{MEASURE}?as_of=2026-05-01&area=HVN")
    assert response.status_code == 302
    page = read(public, response["Location"])
    assert "This page is as it stood on 20 April 2026" in words_in(page)
    assert f"release={old}" in response["Location"]
    onward = [link for link in links_in(page) if link.startswith(("/measures/", "/population/", "/sources/"))]
    kept = [link for link in onward if f"release={old}" in link]
    assert any(link.startswith("/sources/") for link in kept)
    assert any(".csv" in link for link in kept)
    for link in kept[:3]:
        assert public.get(link).status_code == 200


def test_sources_tell_how_much_is_hidden_of_each_measure(public: Client, release: Release) -> None:
    words = words_in(read(public, "/sources/"))
    people, *measures = find_lost(release)
    assert "Information lost" in words
    hidden = sum(each.everybody.hidden + each.groups.hidden for each in (people, *measures))
    assert hidden == release.manifest.cells[HIDDEN]
    of_care = measures[0]
    assert f"{of_care.title} {of_care.everybody.shown} {of_care.everybody.hidden} (" in words.replace(",", "")


def test_sources_account_for_every_row(public: Client) -> None:
    words = words_in(read(public, "/sources/"))
    assert "36,231 rows came in from 3 files, those of records rounded." in words
    assert "fewer than 8: the date lies after the extract" in words
    assert "UK GDPR article 6(1)(e)" in words
    assert "31 March 2034" in words
    assert "All" in words
    assert "checks passed" in words


def test_a_published_figure_is_shown_as_its_publisher_released_it(public: Client) -> None:
    rows = rows_of(public, "/sources/published/rtt_waiting.csv")
    assert rows[0] == {"Area": "Haven General Hospitals", "Value": "86915", "Period": "2026-01", "Group": "Everyone"}
    assert "3" in [row["Value"] for row in rows]  # published small numbers stay as published


@pytest.mark.requirement("S010")
def test_a_series_that_crosses_a_change_of_the_system_carries_a_note(site, tmp_path: Path, settings: Any) -> None:
    note = "The footprint changes within this period: Harbour left on 1 April 2023."
    build_planted_release(tmp_path, boundary_notes=(note,))
    settings.PLACEWISE_STORE = tmp_path
    assert note in words_in(read(Client(), MEASURE))
    assert note not in words_in(read(Client(), f"{MEASURE}?area=NW3"))


def test_the_page_of_sources_says_what_is_hidden_and_how_much_of_it_for_the_sake_of_others(
    public: Client, release: Release
) -> None:
    cells = release.manifest.cells
    words = words_in(public.get("/sources/").content.decode())
    assert f"{cells['hidden']:,} hidden, {cells['protecting']:,} of them only because others could be" in words
