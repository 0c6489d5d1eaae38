"""Maps drawn from outlines: what is hidden is hatched and told, and people are counted where they live."""

import csv
import io
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest
from django.test import Client

from builders.late_records import CARDS, LateSystem
from builders.outlines import build_squares, tell_homes
from builders.pages import links_in, words_in
from builders.release import build_planted_release
from builders.site import add_person_in_role
from placewise.gaps.contract import Finding, Kind, Side
from placewise.publishing.contract import RELEASED_PUBLISHED

BY_HOME = "/compare/map/?what=people"
BY_PLACE = "/compare/map/?what=af_anticoagulated&level=place&form=outlines"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outlined")
    build_planted_release(folder, **tell_homes())
    return folder


@pytest.fixture
def public(site: SimpleNamespace, settings: Any, store: Path) -> Client:
    settings.PLACEWISE_STORE = store
    return Client()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_people_are_counted_by_middle_area_too_and_one_without_an_outline_is_told(public: Client) -> None:
    page = words_in(read(public, f"{BY_HOME}&level=middle_area"))
    assert "Middle Haven 001 (M1)" in page
    assert "36,195" in page, "20,000 and 16,195 of its small areas"
    assert "Middle Haven 002 (M2)" in page and "1 hidden" in page
    assert "1 of 2 have no outline and stand in the table alone." in page


@pytest.mark.requirement("S187")
def test_small_areas_are_counted_by_residence_and_few_people_are_hidden(public: Client) -> None:
    page = read(public, BY_HOME)
    assert "H0003: hidden to protect privacy, hidden" in page  # five people live there
    assert 'fill="url(#map-860-hidden)"' in page
    assert "1 hidden" in words_in(page)
    assert "By the area where people live, whichever practice they are registered with" in page
    rows = list(csv.DictReader(io.StringIO(public.get(f"{BY_HOME}&format=csv").content.decode("utf-8-sig"))))
    assert [(row["Area"], row["Figure"]) for row in rows] == [
        ("H0001", "20000"), ("H0002", "16195"), ("H0003", "hidden to protect privacy"),
    ]  # fmt: skip


def test_an_outline_is_as_long_as_it_is_high_at_the_equator_and_a_link_to_its_area(public: Client) -> None:
    page = read(public, BY_PLACE)
    drawn = page[page.index("app-map--wide") : page.index("app-map--narrow")]
    paths = re.findall(r'<path d="M([^"]*)Z" fill-rule', drawn)
    assert len(paths) == 2
    points = [[float(each) for each in point.split()] for point in paths[0].split("L")]
    width, height = (max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))
    assert width == pytest.approx(height, rel=0.01)
    assert "/measures/af_anticoagulated/?area=HVN" in drawn
    assert ">North Haven</text>" in drawn


def test_outlines_and_tiles_of_one_measure_say_the_same(public: Client) -> None:
    outlines, tiles = read(public, BY_PLACE), read(public, BY_PLACE.replace("outlines", "tiles"))
    assert set(re.findall(r"<title>(.*?)</title>", outlines)[1:]) == set(re.findall(r"<title>(.*?)</title>", tiles)[1:])


def test_without_outlines_a_map_of_tiles_stands_in(site: SimpleNamespace) -> None:
    client = Client()
    words = words_in(read(client, BY_PLACE))
    assert "Every tile is one area" in words
    assert client.get(BY_HOME).status_code == 404


@pytest.mark.requirement("S187")
def test_people_by_home_are_no_way_to_people_by_practice(public: Client) -> None:
    assert "Quay Surgery" not in read(public, f"{BY_HOME}&level=practice")


def test_the_legend_says_from_where_to_where_each_fifth_goes(
    site: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    areas = tuple(f"C{number}" for number in range(1, 8))
    shares = (0.10, 0.15, 0.2, 0.25, 0.3, 0.35, None)
    rows = [
        {
            "indicator": "residents_by_decile", "area": area, "area_name": f"Council {area}", "area_kind": "council",
            "period": "2026", "split": "all", "group": "all", "numerator": share and share * 1000,
            "denominator": share and 1000.0, "value": share, "unit": "proportion", "source": "residents_2020",
        }
        for area, share in zip(areas, shares, strict=True)
    ]  # fmt: skip
    build_planted_release(
        tmp_path,
        published=pa.Table.from_pylist(rows, schema=RELEASED_PUBLISHED),
        boundaries=build_squares("council", areas),
    )
    settings.PLACEWISE_STORE = tmp_path
    page = read(Client(), "/compare/map/?what=residents_by_decile")
    assert "lowest fifth: 10.0% to 15.0% (2)" in page
    assert "highest fifth: 35.0% to 35.0% (1)" in page
    assert "1 hidden" in words_in(page)
    assert "Council C7: hidden to protect privacy, hidden" in page


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with the years to March 2024 and 2025, in which every small area stands out."""
    folder = tmp_path_factory.mktemp("years")
    system = LateSystem(6_000, months=14, small_areas=48)
    found = [
        Finding(
            measure="known", version=CARDS[0].version, level="small_area", area=area, kind=Kind.OUTLIER,
            word=Side.WORSE, month="2025-04", told=f"{area} lies apart.",
        )
        for area in system.small_areas
    ]  # fmt: skip
    system.release(folder, 2, boundaries=build_squares("small_area", system.small_areas), findings=found)
    return folder


@pytest.fixture
def director(site: SimpleNamespace, settings: Any, years: Path) -> Client:
    settings.PLACEWISE_STORE = years
    client = Client()
    client.force_login(add_person_in_role("board_member", "HVS"))
    return client


def test_a_finding_of_a_small_area_leads_to_the_map_of_the_last_year_before_it(director: Client) -> None:
    page = read(director, "/findings/")
    assert "known to have the condition, map of the year to March 2025" in words_in(page)
    address = next(link for link in links_in(page) if "/compare/map/" in link and "known" in link)
    assert "by where people live, March 2025" in words_in(read(director, address))


def test_a_map_of_small_areas_can_be_of_an_earlier_year(director: Client) -> None:
    asked = "/compare/map/?what=known&level=small_area"
    then, now = (read(director, f"{asked}{year}") for year in ("&year=2024-03", ""))
    assert "by where people live, March 2024" in words_in(then)
    assert "by where people live, March 2025" in words_in(now)
    assert '<option value="2024-03" selected>March 2024</option>' in then
    titles = [re.findall(r"<title>(.*?)</title>", page) for page in (then, now)]
    assert titles[0] != titles[1], "what is drawn and kept is of its year"
