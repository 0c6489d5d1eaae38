"""The charts of a measure's page, as the public and as somebody with a role sees them: recomputed from the release."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from builders.pages import links_in, words_in
from builders.release import build_planted_release
from builders.release_texts import CARDS
from placewise.floor.statistics.control_charts.xmr import get_xmr_limits
from placewise.publishing.release import Release
from placewise_site.evidence.findings import Kind, Standing, Told, Verdict
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.measures import charts
from placewise_site.web.measures.charts import measure_control_chart

MEASURE = "/measures/af_anticoagulated/"


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode("utf-8-sig")


def rows_of(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(read(client, address))))


def test_a_measure_page_has_control_chart_funnel_and_slope_each_with_table_and_four_files(public: Client) -> None:
    page = read(public, MEASURE)
    for key in ("control-chart", "funnel-plot", "inequality-slope"):
        section = page[page.index(f'<section class="app-section app-figure" id="{key}"') :]
        section = section[: section.index("</section>")]
        assert "<table" in section
        files = {
            link.split("?")[0].rsplit(".", 1)[1]: link
            for link in links_in(section)
            if link.startswith(f"{MEASURE}{key}.")
        }
        assert set(files) == {"csv", "svg", "png", "json"}
        for format_, address in files.items():
            response = public.get(address)
            assert response.status_code == 200
            assert response.content.startswith(
                {"png": b"\x89PNG", "svg": b"<svg", "json": b"{", "csv": b"\xef"}[format_]
            )


@pytest.mark.requirement("S084")
def test_no_control_chart_reads_as_improvement_where_fewer_are_measured(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    sight = Sight(release, AnonymousUser())
    risen = measure_control_chart(sight, "af_anticoagulated", sight.whole)
    assert "special cause improvement" in sign_words(risen)
    assert "Improvement" in readings(risen)
    falling = Told(
        level=sight.whole.level,
        area=sight.whole.code,
        area_name=sight.whole.name,
        measure="af_anticoagulated",
        title="Anticoagulated",
        kind=Kind.FALLING,
        word=Verdict.DETERIORATED,
        month="2026-03",
        sentence="Fewer were measured.",
        standing=Standing.NEW,
        before="",
        first_told=date(2026, 4, 2),
    )
    monkeypatch.setattr(charts, "get_above_practices", lambda sight: [falling])
    for area in (sight.whole, next(area for area in sight.areas.values() if area != sight.whole)):
        fewer = measure_control_chart(sight, "af_anticoagulated", area)
        told = " ".join([sign_words(fewer), readings(fewer)])
        assert not any(word in told.lower() for word in ("improvement", "concern"))
        assert "Fewer were measured than a year before" in fewer.sentence


def sign_words(figure: Figure) -> str:
    return " ".join(each.words for each in figure.signs)


def readings(figure: Figure) -> str:
    return " ".join(entry.words for row in figure.table.rows for entry in row.entries)


def test_a_control_chart_is_computed_from_the_released_numbers(public: Client, release: Release) -> None:
    rows = rows_of(public, f"{MEASURE}control-chart.csv")
    released = release.trend("af_anticoagulated", "HVS")
    assert [int(row["Counted"]) for row in rows] == released["numerator"].to_pylist()
    limits = get_xmr_limits(np.array([released["value"].to_pylist()], dtype=float))
    assert rows[-1]["Upper limit (%)"] == f"{min(limits.upper[0, -1], 1) * 100:.1f}"
    assert rows[-1]["Reading"] == "Improvement: above the upper limit"
    words = words_in(read(public, MEASURE))
    assert "Haven System, March 2026: 74.3%, marked as special cause: above the upper limit" in words
    assert "Variation: special cause improvement (high)" in words
    assert "Assurance: consistently not met" in words
    assert "Each month counts nearly the same people as the one before" in words
    assert "Counts rounded to a multiple of 5." in words


def test_months_hidden_and_not_reported_are_told_apart(sign_in) -> None:
    analyst = sign_in("analyst", "HVS")
    rows = rows_of(analyst, "/measures/blood_pressure_treated/control-chart.csv?area=A03")
    assert [row["Reading"] for row in rows[:12]] == ["not reported"] * 12
    hidden = read(analyst, "/measures/blood_pressure_treated/?area=A05")
    assert "A control chart needs 10 numbers that are complete, and 0 of 60 can be shown." in words_in(hidden)


def test_a_funnel_lies_about_what_was_released_of_all_areas_together(public: Client, release: Release) -> None:
    words = words_in(read(public, MEASURE))
    whole = release.trend("af_anticoagulated", "HVS").to_pylist()[-1]
    assert f"Haven System, March 2026: 3 networks about {whole['value'] * 100:.1f}%." in words
    assert [row["Network"] for row in rows_of(public, f"{MEASURE}funnel-plot.csv")] == [
        "Harbour Network", "Hill Network", "Marsh Network",
    ]  # fmt: skip


def test_the_public_gets_no_funnel_of_practices_and_a_role_does(public: Client, sign_in) -> None:
    for file in ("csv", "json", "svg"):
        assert "Quay Surgery" not in read(public, f"{MEASURE}funnel-plot.{file}")
    assert public.get(f"{MEASURE}funnel-plot.csv?area=A02").status_code == 302
    analyst = sign_in("analyst", "HVS")
    assert "Quay Surgery" in read(analyst, f"{MEASURE}funnel-plot.csv")
    picture = read(analyst, f"{MEASURE}funnel-plot.svg?area=A02&shape=wide")
    assert "Lighthouse Practice" in picture  # the own one, in the key
    assert "Below 99.8%" in picture
    assert not any(word in picture for word in ("Worse", "Better", "Quay Surgery"))
    assert "what stands out is told to the practice first" in words_in(read(analyst, f"{MEASURE}?area=A02"))
    assert "Quay Surgery" not in read(
        Client(), f"{MEASURE}funnel-plot.csv"
    )  # what is kept for one is not shown to another


def test_the_slope_finds_the_planted_gap_of_the_most_deprived(public: Client) -> None:
    rows = {
        row["Deprivation fifth (1 is most deprived)"]: row for row in rows_of(public, f"{MEASURE}inequality-slope.csv")
    }
    assert float(rows["Absolute gap (least less most deprived)"]["Value"]) == pytest.approx(8, abs=3)
    assert (
        "the more deprived fare worse" in words_in(read(public, MEASURE))
        or float(rows["Slope index of inequality"]["Lower 95% limit"]) <= 0
    )


def test_a_practice_is_not_divided_by_deprivation_and_the_page_says_so(sign_in) -> None:
    words = words_in(read(sign_in("analyst", "HVS"), f"{MEASURE}?area=A01"))
    assert "Quay Surgery is not divided by deprivation in this release" in words


def test_a_chart_that_cannot_be_drawn_has_no_file_and_says_why(sign_in) -> None:
    analyst = sign_in("analyst", "HVS")
    words = words_in(read(analyst, "/measures/blood_pressure_treated/control-chart.csv?area=A05", status=404))
    assert "A control chart needs 10 numbers" in words


def test_what_is_not_complete_yet_is_left_out_of_the_limits_and_of_the_funnel(
    site, tmp_path: Path, settings: Any
) -> None:
    build_planted_release(tmp_path, cards=tuple(replace(card, settles_after=2) for card in CARDS))
    settings.PLACEWISE_STORE = tmp_path
    client = Client()
    words = words_in(read(client, "/measures/carers_reviewed/"))
    assert "The newest 2 are not complete yet and take no part." in words
    assert "Haven System, January 2026: 3 networks about" in words
    readings = [row["Reading"] for row in rows_of(client, "/measures/carers_reviewed/control-chart.csv")]
    assert readings[-2:] == ["not complete yet"] * 2
    assert readings[-3].startswith("Concern: ")


def test_a_measure_that_begins_anew_each_april_has_no_control_chart(site, tmp_path: Path, settings: Any) -> None:
    first, *others = CARDS
    build_planted_release(tmp_path, cards=(replace(first, numerator_means="in the financial year so far"), *others))
    settings.PLACEWISE_STORE = tmp_path
    words = words_in(read(Client(), MEASURE))
    assert "begins anew each April" in words
    assert "Change or chance" not in words


def test_the_api_lists_every_chart_with_its_sentence_and_files(public: Client) -> None:
    listed = json.loads(read(public, "/api/v1/measures/af_anticoagulated/figures"))["items"]
    assert [each["figure"] for each in listed][:4] == ["control-chart", "funnel-plot", "inequality-slope", "trend"]
    words = words_in(read(public, MEASURE))
    for each in listed[:3]:
        assert " ".join(each["sentence"].split()) in words
        assert each["method"]
        specification = json.loads(read(public, each["vega_lite"]))
        assert specification["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
        assert read(public, each["csv"])
    assert "/api/v1/measures/{measure}/figures" in read(public, "/api/")
