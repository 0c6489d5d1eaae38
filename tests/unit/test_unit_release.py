"""Rates, means, medians and shares of units as they are released: added up over months, hidden, rounded, checked."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.release import build_hierarchy
from builders.release_texts import build_card
from placewise.floor.faults import FaultsFound
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.cube import PEOPLE, Cube, SplitCounts, write_cube, write_value_counts
from placewise.measures.histogram import Histogram
from placewise.measures.periods import add_up, get_first_months, prolong
from placewise.measures.unit_measure import Over
from placewise.measures.value_counts import ValueCounts
from placewise.publishing.checks import check_release
from placewise.publishing.contract import MEASURES_FOLDER, POPULATION_FILE, RELEASED_POPULATION, MeasureCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.rounding.tables import round_tables
from placewise.publishing.tables import COUNTED_POPULATION, iter_residence_levels
from placewise.publishing.unit_tables import iter_unit_levels

WINDOW = Window(2024, 4, 14)
PRACTICES = ("A01", "A02")
RULE = DisclosureRule()


def build_cube(folder: Path, statistic: str, a01: dict[str, int], a02: dict[str, int], values: Any = None) -> Cube:
    """Two practices, the same every month: of each part of the counts, its sum in A01 and in A02."""

    def split(part: str) -> np.ndarray[Any, np.dtype[np.int64]]:
        return np.repeat(np.array([[a01[part]], [a02[part]]]), WINDOW.months, axis=1)[:, None, :]

    reported = np.ones((2, WINDOW.months), bool)
    of = {part: split(part) for part in a01}
    more = {part: sums for part, sums in of.items() if part not in ("denominator", "numerator")}
    counts = {"all": SplitCounts(("all",), of["denominator"], of["numerator"], reported, more)}
    people = {"all": SplitCounts(("all",), of["denominator"], of["denominator"], reported)}
    folder.mkdir(parents=True)
    value_counts = [("measure", values)] if values else []
    return write_cube(
        folder,
        window=WINDOW,
        units={PRACTICE: PRACTICES, SMALL_AREA: ()},
        counts={PRACTICE: {"measure": counts, PEOPLE: people}, SMALL_AREA: {}},
        hierarchy=build_hierarchy(),
        editions={},
        value_counts=write_value_counts(folder, value_counts, PRACTICES, WINDOW),
        statistics={"measure": statistic},
    )


def round_alone(card: MeasureCard, counted: list[pa.Table]) -> list[pa.Table]:
    there = {area for table in counted for area in table["area"].to_pylist()}
    areas = {
        code: {"level": each.level, "parent": each.parent, "reported": code in there}
        for code, each in build_hierarchy().organisations.items()
    }
    months = [day.isoformat()[:7] for day in WINDOW.month_ends]
    people = COUNTED_POPULATION.empty_table()
    return round_tables({"measure": counted}, people, [card], areas, months, RULE, outside=False).measures["measure"]


def release(cube: Cube, folder: Path, **said: Any) -> tuple[MeasureCard, dict[tuple[str, int], dict[str, Any]]]:
    """The rows by area and month (0 the first), held against the rule as every release is."""
    card = build_card("measure", "Measure", "programme", unit="item", **said)
    tables = round_alone(card, list(iter_unit_levels(cube, card, build_hierarchy(), RULE)))
    (folder / MEASURES_FOLDER).mkdir(parents=True)
    pq.write_table(pa.concat_tables(tables).unify_dictionaries(), folder / MEASURES_FOLDER / "measure.parquet")
    pq.write_table(RELEASED_POPULATION.empty_table(), folder / POPULATION_FILE)
    check_release(folder, RULE, [card])
    months = {day: month for month, day in enumerate(WINDOW.month_ends)}
    return card, {(row["area"], months[row["month"]]): row for each in tables for row in each.to_pylist()}


def test_a_rate_is_of_rounded_counts(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube", "rate", {"denominator": 1002, "numerator": 212}, {"denominator": 400, "numerator": 7}
    )
    _, rows = release(cube, tmp_path, statistic="rate", per=1000)
    whole = rows["HVS", 0]
    assert (whole["numerator"], whole["denominator"], whole["value"]) == (220, 1400, 157.1)
    assert whole["lower"] < 157.1 < whole["upper"]
    assert (rows["A02", 0]["state"], rows["A02", 0]["numerator"], rows["A02", 0]["value"]) == ("hidden", None, None)


def test_over_12_months_units_are_added_up_and_people_are_their_mean(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube", "rate", {"denominator": 1000, "numerator": 20}, {"denominator": 400, "numerator": 5}
    )
    _, rows = release(cube, tmp_path, statistic="rate", per=1000, over="12 months")
    assert rows["HVS", 10]["state"] == "no_data"
    assert (rows["HVS", 11]["numerator"], rows["HVS", 11]["denominator"]) == (300, 1400)
    assert rows["HVS", 11]["value"] == 214.3
    assert rows["A02", 13]["numerator"] == 60


def test_over_12_months_what_a_rate_of_other_units_is_of_is_added_up_too(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube", "rate", {"denominator": 100, "numerator": 20}, {"denominator": 40, "numerator": 5}
    )
    _, rows = release(cube, tmp_path, statistic="rate", per=10, over="12 months", of_units="Stays")
    assert (rows["HVS", 11]["numerator"], rows["HVS", 11]["denominator"]) == (300, 1680)
    assert rows["HVS", 11]["value"] == 1.8


def test_weighted_people_are_counted_in_whole_people_and_hidden_by_how_many_they_are(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube",
        "rate",
        {"denominator": 1_502_600, "numerator": 30, "people": 1000},
        {"denominator": 12_000, "numerator": 30, "people": 6},
    )
    _, rows = release(cube, tmp_path, statistic="rate", per=100)
    assert (rows["A01", 0]["denominator"], rows["A01", 0]["value"]) == (1505, 2.0)
    assert rows["A02", 0]["state"] == "hidden"


def test_a_mean_needs_eight_and_shows_no_numerator(tmp_path: Path) -> None:
    ten = {"denominator": 10, "numerator": 10 * 14_000, "squares": 5 * 13_000**2 + 5 * 15_000**2}
    seven = {"denominator": 7, "numerator": 7 * 12_000, "squares": 7 * 12_000**2}
    cube = build_cube(tmp_path / "cube", "mean", ten, seven)
    _, rows = release(cube, tmp_path, statistic="mean", value_unit="mmHg")
    ours = rows["A01", 0]
    assert (ours["numerator"], ours["denominator"], ours["value"]) == (None, 10, 140.0)
    reach = 2.2622 * (1000 / 9) ** 0.5 / 10**0.5  # Student's t of 9 degrees of freedom
    assert ours["upper"] == pytest.approx(140 + reach, abs=0.05)
    assert rows["A02", 0]["state"] == "hidden"
    assert rows["HVS", 0]["value"] == pytest.approx((1400 + 840) / 17, abs=0.05)


def test_a_median_is_added_up_over_practices_and_months(tmp_path: Path) -> None:
    """Each month A01 has five units of 10 days and A02 four of 30: in 12 months 60 and 48."""
    histogram = Histogram(values=41, months=WINDOW.months)
    for cell, value, number in ((0, 10, 5), (1, 30, 4)):
        histogram.add(*(np.array([each]) for each in (cell, value, 0, number)))
    values = ValueCounts(np.arange(41) * 100, {"all": ("all",)}, {"all": histogram.rows(slice(0, WINDOW.months))})
    cube = build_cube(
        tmp_path / "cube",
        "median",
        {"denominator": 5, "numerator": 5000},
        {"denominator": 4, "numerator": 12_000},
        values,
    )
    _, rows = release(cube, tmp_path, statistic="median", value_unit="days", over="12 months", decimals=0)
    assert (rows["HVS", 12]["denominator"], rows["HVS", 12]["value"]) == (110, 10)
    assert rows["A02", 12]["value"] == 30
    assert (rows["A02", 12]["lower"], rows["A02", 12]["upper"]) == (30, 30)


def test_a_share_of_units_hides_small_differences_too(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube", "proportion", {"denominator": 100, "numerator": 60}, {"denominator": 100, "numerator": 97}
    )
    _, rows = release(cube, tmp_path)
    assert rows["A01", 0]["value"] == 0.6
    assert rows["A02", 0]["state"] == "hidden"


def test_many_units_of_few_people_are_hidden(tmp_path: Path) -> None:
    """40 items of 3 people tell of 3 people."""
    many = {"denominator": 1000, "numerator": 40, "people_behind": 30}
    few = {"denominator": 1000, "numerator": 40, "people_behind": 3}
    _, rows = release(build_cube(tmp_path / "cube", "rate", many, few), tmp_path, statistic="rate", per=1000)
    assert [rows[area, 0]["state"] for area in PRACTICES] == ["shown", "hidden"]


def test_the_people_behind_units_are_counted_once_in_12_months_and_never_added_up(tmp_path: Path) -> None:
    many = {"denominator": 1000, "numerator": 40, "people_behind": 30}
    few = {"denominator": 1000, "numerator": 40, "people_behind": 3}
    cube = build_cube(tmp_path / "cube", "rate", many, few)
    _, rows = release(cube, tmp_path, statistic="rate", per=1000, over="12 months")
    assert rows["A01", 12]["numerator"] == 480
    assert rows["A02", 12]["state"] == "hidden", "not 36 people"


def test_somebody_whose_units_count_in_a_period_is_behind_it_to_its_end() -> None:
    march = np.array([1 << 11], np.uint64)  # the window begins in April 2024
    behind = {over: f"{prolong(march, over, WINDOW)[0]:014b}"[::-1] for over in get_args(Over)}
    assert behind == {
        "month": "00000000000100",
        "12 months": "00000000000111",
        "financial year": "00000000000100",
    }


def test_a_rate_that_does_not_follow_from_its_counts_is_refused(tmp_path: Path) -> None:
    cube = build_cube(
        tmp_path / "cube", "rate", {"denominator": 1000, "numerator": 200}, {"denominator": 400, "numerator": 50}
    )
    card, _ = release(cube, tmp_path, statistic="rate", per=1000)
    path = tmp_path / MEASURES_FOLDER / "measure.parquet"
    table = pq.read_table(path)
    spoiled = table.set_column(7, table.schema.field(7), pa.array([each + 1 for each in table["value"].to_pylist()]))
    pq.write_table(spoiled, path)
    with pytest.raises(FaultsFound, match="a value says no more"):
        check_release(tmp_path, RULE, [card])


def test_the_financial_year_so_far_begins_each_april() -> None:
    window = Window(2024, 2, 16)
    first = get_first_months("financial year", window)
    assert first.tolist() == [-10, -10, *[2] * 12, 14, 14]
    assert add_up(np.ones(16, np.int64), first).tolist()[2:] == [*range(1, 13), 1, 2]


@pytest.mark.parametrize(
    "said", [{"statistic": "rate"}, {"statistic": "mean"}, {"statistic": "median"}, {"unit": "item"}]
)
def test_only_shares_of_people_are_told_by_where_people_live(said: dict[str, str]) -> None:
    """Of others most small areas have too few people behind them, and none was added up over months."""
    asked: list[str] = []
    homes = SimpleNamespace(
        counts=lambda measure: True, levels=(SMALL_AREA,), get_cells=lambda *what: asked.append(what)
    )
    card = build_card("measure", "A measure", "care", **said)
    assert list(iter_residence_levels(homes, card, WINDOW, RULE)) == []
    assert asked == []
