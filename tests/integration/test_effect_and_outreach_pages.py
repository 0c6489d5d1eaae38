"""Did it work, and where to go: judged and planned on released numbers, with what they rest on beside."""

import csv
import io
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from builders.pages import words_in
from placewise.cli import app

EFFECT = "/measures/af_anticoagulated/effect/"
ASKED = "level=network&from=2024-10&with=NW1"
OUTREACH = "/measures/af_anticoagulated/outreach/"
SITES = "site,name,capacity\nQ,Quay hall,400\nH,Hill hall,60\nM,Marsh hall,900\n"
REACH = "site,area,share\nQ,NW1,0.4\nH,NW2,0.5\nM,NW3,0.3\nM,NW2,0.1\n"


def rows_of(browser: Any, address: str) -> list[dict[str, str]]:
    answer = browser.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.fixture
def sites(site: Any) -> None:
    folder = site.deployment / "outreach"
    folder.mkdir(exist_ok=True)
    (folder / "sites.csv").write_text(SITES, encoding="utf-8")
    (folder / "reach.csv").write_text(REACH, encoding="utf-8")


def test_before_anything_is_asked_the_page_asks_where_and_when(public: Any) -> None:
    page = public.get(EFFECT).content.decode()
    assert 'name="with" value="NW3"' in page
    assert 'id="methods"' not in page


def test_one_network_is_held_against_a_mixture_of_the_others(public: Any) -> None:
    page = public.get(f"{EFFECT}?{ASKED}").content.decode()
    told = words_in(page)
    assert "Synthetic control, which decides" in told
    assert "Not used: 1 treated and 2 other areas are too few to match." in told
    assert "Of twenty such comparisons where nothing happened, one would show a change by chance." in told
    months = rows_of(public, f"{EFFECT}effect.csv?{ASKED}")
    assert [each["Month"] for each in months][::59] == ["2021-04", "2026-03"]
    shown = public.get("/api/v1/measures/af_anticoagulated/values?area=NW1&page_size=1000").json()["items"]
    values = {each["month"][:7]: each["value"] for each in shown if each["split"] == "all"}
    for each in months:  # what is drawn is what is released
        assert float(each["These areas (%)"]) == pytest.approx(values[each["Month"]] * 100, abs=0.06)


def test_the_command_line_judges_the_same(site: Any) -> None:
    asked = ["effect", "af_anticoagulated", "--from", "2024-10", "--areas", "NW1", "--store", str(site.store)]
    row = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert (row["deciding"], row["areas"], row["beside"]) == ("synthetic control", ["NW1"], ["NW2", "NW3"])
    assert len(row["months"]) == 60
    assert row["told"] in CliRunner().invoke(app, asked).stdout
    refused = CliRunner().invoke(app, [*asked, "--areas", "NW1,A03"])
    assert "these areas are of different levels: network, practice" in str(refused.exception)


def test_the_api_judges_the_same(public: Any, site: Any) -> None:
    asked = "/api/v1/effect?measure=af_anticoagulated&areas=NW1&from=2024-10"
    row = public.get(asked).json()
    command = [
        "effect",
        "af_anticoagulated",
        "--from",
        "2024-10",
        "--areas",
        "NW1",
        "--store",
        str(site.store),
        "--json",
    ]
    told = json.loads(CliRunner().invoke(app, command).stdout)
    assert (row["start"], row["told"]) == (told["from"], told["told"])
    assert row["methods"] == told["methods"] and row["months"] == told["months"]
    assert public.get(asked.replace("NW1", "A01")).status_code == 403  # of single practices for people with a role
    assert public.get(asked.replace("2024-10", "1999-05")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("level=network&from=2021-05&with=NW1", "1 months before 2021-05"),
        ("level=network&from=1999-05&with=NW1", "1999-05 is none of the months of this release"),
    ],
)
def test_what_cannot_be_judged_is_told_in_a_sentence(public: Any, asked: str, told: str) -> None:
    answer = public.get(f"{EFFECT}?{asked}")
    assert answer.status_code == 200
    assert told in words_in(answer.content.decode())


def test_single_practices_are_judged_for_people_with_a_role_only(public: Any) -> None:
    assert public.get(f"{EFFECT}?level=practice&from=2024-10&with=A01").status_code == 302


@pytest.mark.requirement("S089")
@pytest.mark.usefixtures("sites")
def test_the_plan_shows_every_fifth_beside_the_total(public: Any) -> None:
    told = words_in(public.get(f"{OUTREACH}?teams=1").content.decode())
    assert "With 1 team the lowest uptake rises from" in told
    *fifths, whole = rows_of(public, f"{OUTREACH}groups.csv?teams=1")
    hidden = {"1", "2", "3", "4", "5"} - {row["Deprivation fifth"][0] for row in fifths}
    assert len(hidden) < 3
    assert ("it is in no plan, and may be the lowest" in told) is bool(hidden)
    assert whole["Deprivation fifth"] == "All of them"
    lowest = min(fifths, key=lambda row: float(row["Reached now"].rstrip("%")))
    assert float(lowest["With the fairest sites"].rstrip("%")) >= float(lowest["With the simplest sites"].rstrip("%"))
    for row in fifths:
        assert int(row["Newly reached, fairest"]) <= int(row["People asked"])
    assert {row["Site"] for row in rows_of(public, f"{OUTREACH}sites.csv?teams=3")} == {
        "Quay hall",
        "Hill hall",
        "Marsh hall",
    }


@pytest.mark.usefixtures("sites")
def test_a_plan_is_refused_for_what_nobody_can_be_reached_for(public: Any) -> None:
    assert public.get(f"{OUTREACH}?teams=99").status_code == 404
    assert public.get(f"{OUTREACH}?teams=two").status_code == 404
    assert public.get("/measures/no_such_measure/outreach/").status_code == 404
