"""Published series on the site: control charts of trusts, a funnel of practices, and where each figure comes from."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from builders.pages import words_in
from builders.published_series import OUTLIER, PRACTICES, build_series_release

FOUR_HOURS = "/sources/published/emergency_within_4_hours/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    build_series_release(folder)
    return folder


@pytest.fixture
def page(site: Any, settings: Any, client: Any, store: Path):
    settings.PLACEWISE_STORE = store

    def read(address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status
        return answer.content.decode()

    return read


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_planted_step_is_told_with_its_rule_its_icon_and_the_standard(page) -> None:
    words = words_in(page(f"{FOUR_HOURS}?area=RT1"))
    assert "Haven General Hospitals, March 2026: 82" in words and "above the upper limit" in words
    assert re.search("Variation: special cause,? improvement", words)
    assert "Assurance: consistently not met" in words
    assert "The level to reach is 95.0%: Invented standard." in words


def test_months_that_were_not_reported_are_told_and_drawn_as_a_gap(page) -> None:
    words = words_in(page(f"{FOUR_HOURS}?area=RT1"))
    assert "10 months from April 2021 to January 2022 were not reported: a gap, and neither 0% nor 100%." in words
    rows = rows_of(page("/sources/published/emergency_within_4_hours/control-chart.csv?area=RT1"))
    assert [row["Per cent"] for row in rows[:10]] == ["not reported"] * 10
    assert rows[0]["Out of"] == "3000" and rows[0]["Counted"] == ""
    assert len(rows) == 60 and rows[10]["Per cent"].startswith("7")
    marks = json.loads(page("/sources/published/emergency_within_4_hours/control-chart.json?area=RT1"))
    assert "100%" not in json.dumps(marks["description"])


def test_the_claim_of_a_month_not_reported_says_so(page) -> None:
    found = re.search(
        r'href="(/evidence/[^"]+emergency_within_4_hours/RT1/2021-04/all/all/)"', page(f"{FOUR_HOURS}?area=RT1")
    )
    assert found
    words = words_in(page(found[1]))
    assert "Value not reported" in words and "Nothing was reported, which is not a zero" in words
    assert "hidden to protect privacy" not in words


def test_every_trust_stands_in_one_table_and_leads_to_its_chart(page) -> None:
    text = page(FOUR_HOURS)
    words = words_in(text)
    assert "Where every area stands" in words and "Common cause, no" in words
    assert 'href="/sources/published/emergency_within_4_hours/?area=RT2"' in text
    assert "Haven General Hospitals, March 2026" in words  # the first is drawn where none is asked for


def test_a_count_is_charted_by_the_day_since_months_differ_in_length(page) -> None:
    rows = rows_of(page("/sources/published/emergency_attendances/control-chart.csv?area=RT2"))
    assert {row["Attendances (a day)"] for row in rows} == {"100"}
    assert (rows[0]["Attendances"], rows[0]["Days"], rows[10]["Days"]) == ("3000", "30", "28")


def test_halves_of_patients_are_shown_and_a_month_nobody_published_is_a_gap(page) -> None:
    rows = {
        row["Month"]: row
        for row in rows_of(page("/sources/published/cancer_within_62_days/control-chart.csv?area=RT1"))
    }
    assert len(rows) == 36 and rows["2025-03"]["Per cent"] == "not reported"
    assert any(row["Out of"].endswith(".5") for row in rows.values())


def test_limits_begin_anew_where_a_change_of_the_series_is_declared(page) -> None:
    address = "/sources/published/cancer_within_62_days/"
    assert "Begun anew: April 2024, the routes were counted together" in words_in(page(f"{address}?area=RT1"))
    assert "Begun anew" not in words_in(page(f"{address}?area=RT2"))


def test_practices_of_a_published_register_are_a_funnel_by_name_for_everybody(page) -> None:
    """With the limits of chance alone, exact, and with those that allow for overdispersion, each said."""
    words = words_in(page("/sources/published/qof_hypertension/"))
    assert "24 practices about 1" in words and "without overdispersion" in words and "allow for overdispersion" in words
    rows = rows_of(page("/sources/published/qof_hypertension/funnel-plot.csv"))
    assert len(rows) == len(PRACTICES)
    far = [row["Practice"] for row in rows if row["With overdispersion"] == "above the 99.8% limit"]
    assert far == [f"Surgery 7 ({OUTLIER})"]
    assert {"By chance alone (exact)", "Counted", "Out of"} <= rows[0].keys()


@pytest.mark.requirement("S103")
def test_our_alliance_stands_among_all_of_them_with_its_place_and_how_complete_stage_is(page) -> None:
    """Planted: 45% where one has 40%, nine 55% and the best 60%; stage known of 80% where the others have 90%."""
    words = words_in(page("/programmes/cancer_care/"))
    assert "Haven Alliance: 45.0%, place 11 of 12 cancer alliances (1 is the highest)." in words
    assert "It lies 10.0 percentage points below the middle one (55.0%)" in words
    assert "15.0 percentage points below the best, Upland (60.0%)." in words
    assert "By more than chance (99.8%) 10 do better and 1 worse." in words
    assert "Haven Alliance, 45.0%, lies below the 99.8% limit of chance alone" in words
    assert "Cancers whose stage is known: 80.0% in Haven Alliance, from 80.0% to 90.0% in all." in words
    assert "12 as listed by Invented statistics office in 2023-07." in words
    rows = {row["Cancer alliance"]: row for row in rows_of(page("/programmes/cancer_care/found_early_by_alliance.csv"))}
    assert len(rows) == 12
    ours, best = rows["Haven Alliance"], rows["Upland"]
    assert (ours["Per cent"], ours["Place (1 is best)"]) == ("45.0", "11")
    assert ours["Cancers whose stage is known (%)"] == "80.0"
    assert (best["Place (1 is best)"], best["By chance alone (exact)"]) == ("1", "above the 99.8% limit")


@pytest.mark.requirement("S103")
def test_our_gap_between_fifths_stands_among_the_others_and_what_is_not_published_by_group_says_so(page) -> None:
    text = page("/programmes/cancer_care/")
    words = words_in(text)
    assert "Haven Alliance: 37.0% in deprivation fifth 1, 53.0% in deprivation fifth 5." in words
    assert "The gap is 16.0 percentage points (95% interval 11.1 to 20.7), more than chance alone makes" in words
    assert "place 12 of 12 cancer alliances (1 is the narrowest; the middle gap is 8.0 percentage points)." in words
    assert "By sex it is not published." in words
    assert "By deprivation or by sex it is not published." in words
    rows = rows_of(page("/programmes/cancer_care/found_early_by_alliance-deprivation_fifth.csv"))
    assert [row["Ours (%)"] for row in rows] == ["37.0", "41.0", "45.0", "49.0", "53.0"]
    assert [row["Middle cancer alliance (%)"] for row in rows] == ["51.0", "53.0", "55.0", "57.0", "59.0"]
    # Of survival all are equal, and equals share a place.
    assert "Haven Alliance: 75.0%, place 1 of 12" in words
    assert "Chance does not tell it apart from the other 11, so any place from 1 to 12 may be its own." in words


@pytest.mark.parametrize("format", ["svg", "png"])
def test_both_charts_of_alliances_are_drawn(page, client, format: str) -> None:
    for key in ("found_early_by_alliance", "found_early_by_alliance-deprivation_fifth"):
        assert client.get(f"/programmes/cancer_care/{key}.{format}").status_code == 200


def test_the_page_of_waits_says_what_the_rules_find_in_each_series(page) -> None:
    words = words_in(page("/waiting/"))
    assert "In the latest month, of 2 trusts, 1 better and none worse than chance explains" in words
    assert "The standard is not met whatever chance does at 2." in words
    assert re.search("Variation: special cause,? improvement", words_in(page("/waiting/RT1/")))


def test_hospital_operations_find_what_the_rules_say_of_their_own_trust(page, sign_in) -> None:
    words = words_in(sign_in("hospital_operations", "RT1").get("/", follow=True).content.decode())
    assert re.search("Emergency attendances over within four hours . Variation: special cause,? improvement", words)


def test_each_figure_names_its_files_with_attribution_licence_and_hash(page) -> None:
    words = words_in(page(FOUR_HOURS))
    for told in ("Invented attribution", "Open Government Licence v3.0", "ab" * 32, "waiting/emergency_care.csv"):
        assert told in words


def test_an_estimate_is_shown_with_its_limits_and_both_its_files(page) -> None:
    text = page("/sources/published/life_expectancy/")
    for told in ("79.65", "79.63", "79.68", "Lower 95% limit"):
        assert told in text
    claim = words_in(page(re.findall(r'href="(/evidence/[^"]+life_expectancy/[^"]+2017-2019[^"]+)"', text)[0]))
    assert "79.65 years" in claim and "79.63 years to 79.68 years" in claim
    assert "Invented emergency care by month" in claim and "Wilson" not in claim
    assert "Worked out from counts as their publishers released them" in claim


def test_what_is_recomputed_is_drawn_beside_what_was_published(page) -> None:
    words = words_in(page("/sources/published/life_expectancy/"))
    assert "Everywhere, male, 2017-2019: 79.65 years recomputed and 79.61 as published, +0.04 apart" in words
    assert "In 2 periods the two are never further apart than 0.05 years" in words
    rows = rows_of(page("/sources/published/life_expectancy/agreement.csv?group=male"))
    assert [(row["Period"], row["As published (years)"], row["Difference"]) for row in rows] == [
        ("2016-2018", "79.48", "+0.05"),
        ("2017-2019", "79.61", "+0.04"),
    ]
    page("/sources/published/life_expectancy/agreement.svg?group=male")


@pytest.mark.parametrize(
    "address",
    [
        f"{FOUR_HOURS}?area=RT9",
        "/sources/published/life_expectancy/agreement.csv?group=nobody",
        "/sources/published/emergency_within_4_hours/funnel-plot.csv",
        "/sources/published/rtt_waiting/control-chart.csv",
        "/sources/published/qof_hypertension/funnel-plot.csv?period=1999-00",
        "/sources/published/nothing/control-chart.csv",
    ],
)
def test_what_is_not_published_is_not_found(page, address: str) -> None:
    page(address, status=404)


@pytest.mark.parametrize("format", ["svg", "png", "csv", "json"])
def test_the_chart_is_there_in_every_form(page, client, format: str) -> None:
    address = f"/sources/published/emergency_within_4_hours/control-chart.{format}?area=RT2"
    assert client.get(address).status_code == 200


@pytest.fixture(scope="module")
def real_store(root: Path, realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from placewise.config import read_deployment
    from placewise.demonstration import run_demonstration

    folder = tmp_path_factory.mktemp("real")
    deployment = read_deployment(str(root / "deployments/west_yorkshire"))
    run_demonstration(deployment, folder, people=0, seed=1, published=realdata, report=lambda told, share: None)
    return folder


@pytest.fixture
def real_page(page, settings: Any, real_store: Path, root: Path):
    settings.PLACEWISE_STORE = real_store
    settings.PLACEWISE_DEPLOYMENT = str(root / "deployments/west_yorkshire")
    return page


@pytest.mark.realdata
@pytest.mark.requirement("S003", "S004", "S013")
def test_the_facts_page_shows_what_was_stated_beside_what_it_comes_to(real_page) -> None:
    """Each edition and each definition is labelled; what differs is shown as differing, with its interval."""
    words = words_in(real_page("/sources/facts/"))
    for told in (
        "79.61 years 79.65 years",
        "83.27 years 83.31 years",
        "15.0% 25.7%",
        "Recomputed, 95% interval 23.5 to 27.9%: the stated figure lies outside it.",
        "15.0% 7.4%",
        "Recomputed, 95% interval 14.7 to 20.6%: the stated figure lies within it.",
        "Baseline here: April 2018 to March 2019",
        "no file of the edition of 2015 is held",
        "Deprivation edition: Indices of Deprivation 2025; population: Census 2021.",
    ):
        assert told in re.sub(r" , [^,]*(, [^,]*)*, check this figure", "", words) or told in words, told
    assert words.count("Known to differ") == 5


@pytest.mark.realdata
def test_the_six_trusts_are_charted_and_mid_yorkshires_field_test_is_a_gap(real_page) -> None:
    text = real_page("/sources/published/emergency_within_4_hours/?area=RXF")
    assert "26 months from April 2021 to May 2023 were not reported" in words_in(text)
    rows = rows_of(real_page("/sources/published/emergency_within_4_hours/control-chart.csv?area=RXF"))
    assert len(rows) == 59 and [row["Per cent"] for row in rows].count("not reported") == 26
    assert max(float(row["Per cent"]) for row in rows[26:]) < 80
    assert all(f"?area={trust}" in text for trust in ("RAE", "RCD", "RCF", "RR8", "RWY", "RXF"))


@pytest.mark.realdata
@pytest.mark.parametrize(("register", "outside"), [("qof_hypertension", 229), ("qof_atrial_fibrillation", 198)])
def test_285_practices_of_2020_21_are_a_funnel_and_the_ten_left_out_later_are_named(
    real_page, register: str, outside: int
) -> None:
    rows = rows_of(real_page(f"/sources/published/{register}/funnel-plot.csv?period=2020-21"))
    assert len(rows) == 285
    assert sum(row["By chance alone (exact)"] != "within the limits" for row in rows) == outside
    assert 0 < sum(row["With overdispersion"] != "within the limits" for row in rows) < outside / 5
    assert len(rows_of(real_page("/sources/published/practices_not_in_later_map.csv"))) >= 10
