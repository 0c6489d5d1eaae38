"""What treating more would bring: benefit beside harm on every page and file, and who would gain, as released."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from builders.pages import words_in
from placewise_site.web.impact import views

MEASURE = "/measures/af_anticoagulated/"
PAGE = f"{MEASURE}impact/"


def rows_of(browser: Any, address: str) -> list[dict[str, str]]:
    answer = browser.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_measure_tells_benefit_and_harm_in_one_sentence_and_leads_to_the_sources(public: Any) -> None:
    page = public.get(MEASURE).content.decode()
    told = words_in(page)
    assert "strokes, 1 in 25, over 12 months (observed in a cohort) would be prevented, beside about" in told
    assert "major bleeds caused over 12 months; net" in told
    assert f'href="{PAGE}?area=HVS"' in page


def test_a_measure_of_which_nobody_says_it_has_no_such_section(public: Any) -> None:
    assert 'id="impact"' not in public.get("/measures/carers_reviewed/").content.decode()
    answer = public.get("/measures/carers_reviewed/impact/")
    assert answer.status_code == 404
    assert "Nobody states what treating more people of carers_reviewed does." in words_in(answer.content.decode())


@pytest.mark.requirement("S081")
def test_each_effect_stands_with_its_source_and_the_net_as_a_range(public: Any) -> None:
    prevented, caused = rows_of(public, f"{PAGE}?table=effects")
    assert (prevented["Event"], caused["Event"]) == ("Strokes prevented", "Major bleeds caused")
    assert {each["Source"] for each in (prevented, caused)} == {"An invented cohort"}
    assert {each["Over what time"] for each in (prevented, caused)} == {"over 12 months"}
    told = words_in(public.get(PAGE).content.decode())
    assert "though they are not equal events (One cohort:" in told


@pytest.mark.parametrize(("table", "heading"), [("areas", "Place"), ("fifths", "Deprivation fifth")])
def test_who_would_gain_is_told_by_place_and_by_deprivation(public: Any, table: str, heading: str) -> None:
    for row in rows_of(public, f"{PAGE}?table={table}"):
        if not row["Would be treated"].isdigit():
            continue
        people = int(row["Would be treated"])
        assert people <= int(row["Not treated now"])
        assert people % 5 == 0  # from rounded counts
        told = [row[name] for name in row if "prevented" in name or "caused" in name]
        assert "0" not in told  # a harm is never rounded away
        good, bad = (0 if each == "fewer than 1" else int(each) for each in told)
        assert abs(good - people / 25) <= 0.5
        assert abs(bad - people / 100) <= 0.5
        net = [int(each) for each in row["Net, over 12 months"].removeprefix("about ").split(" to ")]
        assert (net[0], net[-1]) == pytest.approx((people / 46, people / 34), abs=0.5)
    assert heading in row


def test_the_interface_gives_the_numbers_of_the_page(public: Any) -> None:
    rows = json.loads(public.get("/api/v1/impact?measure=af_anticoagulated").content)["items"]
    by_area = {each["area"]: each for each in rows if each["group"] == "all"}
    assert set(by_area) == {"HVS", "HVN", "HVT"}
    whole = by_area["HVS"]["impact"]
    assert (whole["harm_event"], whole["net"]["horizon"]) == ("major bleeds", "12 months")
    for row in rows_of(public, f"{PAGE}?table=areas"):
        told = next(each for each in rows if each["area_name"] == row["Place"])
        assert told["untreated"] == int(row["Not treated now"])
        assert told["impact"]["people"] == int(row["Would be treated"])
    assert [each["group"] for each in rows if each["group"] != "all"][:5] == ["1", "2", "3", "4", "5"]


def test_practices_are_for_people_with_a_role(public: Any) -> None:
    assert public.get(f"{PAGE}?area=A01").status_code == 302
    assert all("A0" not in each["Network"] for each in rows_of(public, f"{PAGE}?area=HVN&table=areas"))


def test_what_is_known_of_each_effect_stands_also_where_too_few_would_gain_to_be_told(
    public: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = views.prize_of
    monkeypatch.setattr(views, "prize_of", lambda *asked: replace(told(*asked), impact=None))
    words = words_in(public.get(PAGE).content.decode())
    assert "What is known of each effect, if 1,000 were treated" in words
    assert "Strokes prevented 40 " in words
