"""Gaps between people: each narrowing that is planted is told, and one that chance may have made is not yet known."""

import re

import numpy as np
import pytest

from builders.promised import judged, reading, target
from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_90
from placewise.gaps.ambitions.reading import Reading

YEARS = ["2018", "2024"]
UNDER_75 = [band for band in LIFE_TABLE_TO_90 if band.split("-")[0] in map(str, range(20, 75, 5))]
PEOPLE, RATE = 1_000_000, 0.004


def registered(narrowing: float, people: int = PEOPLE) -> Reading:
    """Deaths under 75 by register and age: others as before, the excess of those on it narrowed by a share."""
    groups = [f"{who}:{band}" for who in ("smi", "others") for band in UNDER_75]
    excess = 2 * RATE * np.array([1.0, 1.0 - narrowing])
    rates = np.concatenate([np.tile(RATE + excess, (len(UNDER_75), 1)), np.full((len(UNDER_75), 2), RATE)])
    return reading(YEARS, np.round(rates * people), people, groups=groups)


def of_register(**said: object):
    return target(
        value=-0.10, unit="change", due="2024-12-31", baseline={"period": "2018"},
        verdict={"rule": "excess_mortality", "of": "smi", "others": "others"}, **said,
    )  # fmt: skip


@pytest.mark.requirement("S021")
@pytest.mark.parametrize(
    ("narrowing", "people", "verdict"),
    [(0.12, PEOPLE, "met"), (0.08, PEOPLE, "missed"), (0.12, 20_000, "not yet known"), (0.08, 20_000, "not yet known")],
)
def test_a_narrowing_of_12_in_100_is_met_and_of_8_is_not_and_one_that_chance_may_have_made_is_not_yet_known(
    narrowing: float, people: int, verdict: str
):
    card = judged(of_register(), registered(narrowing, people))
    assert card.verdict == verdict
    told = re.search(r"the change of the gap is (\S+)% \(95% interval (\S+) to (\S+)\)", card.told)
    change, lower, upper = map(float, told.groups())
    assert change == pytest.approx(-100 * narrowing, abs=0.2)
    assert (lower < -10 < upper) == (verdict == "not yet known")


def test_a_gap_that_may_not_be_there_at_the_start_has_no_share_that_is_gone():
    nothing = registered(0.0)
    alike = reading(YEARS, np.full_like(nothing.number, 4_000.0), PEOPLE, groups=nothing.groups)
    card = judged(of_register(), alike)
    assert (card.verdict, "cannot be told from nothing" in card.told) == ("not measured", True)


def deprived(ratio_of_most: float, sex: str = "male") -> Reading:
    """Deaths and years lived of five groups by age, twice: those of the most deprived die more often by a ratio."""
    rates = 0.00005 * np.exp(0.09 * np.array([0, 2, *range(7, 90, 5), 92.0]))
    ratios = np.array([[1.6, 1.2, 1.0, 0.9, 0.8], [1.6 * ratio_of_most, 1.2, 1.0, 0.9, 0.8]])
    deaths = np.round(ratios.T[:, None, :] * rates[None, :, None] * 100_000).reshape(-1, 2)
    groups = [f"{sex}:{group}:{band}" for group in range(1, 6) for band in LIFE_TABLE_TO_90]
    return reading(YEARS, deaths, 100_000, groups=groups)


def gap_of_most_deprived(**said: object):
    return target(
        due="2024-12-31", baseline={"period": "2018"},
        verdict={"rule": "life_expectancy_gap", "most_deprived": ["1"], "sex": "male"}, **said,
    )  # fmt: skip


@pytest.mark.parametrize(("ratio", "verdict"), [(0.9, "met"), (1.1, "missed")])
def test_the_gap_in_life_expectancy_is_of_the_most_deprived_and_everybody_else(ratio: float, verdict: str):
    card = judged(gap_of_most_deprived(value=-0.05, unit="change"), deprived(ratio))
    assert card.verdict == verdict
    by_group = {line.title: line.points[0].value for line in card.beside}
    assert by_group["Life expectancy, group 1 (most deprived)"] < by_group["Life expectancy, group 5"]
    assert by_group["Slope index of inequality in life expectancy"] > 0
    assert card.latest.lower < card.latest.value < card.latest.upper


def test_six_months_are_half_a_year_off_the_gap():
    card = judged(gap_of_most_deprived(value=-6, unit="months", share_of_start=0.05), deprived(0.9))
    assert card.aim == pytest.approx(card.baseline.value - 0.5)
    assert card.implied == pytest.approx(10.0)
    assert "which differs by more than chance" in card.notes[0]


def by_deprivation(now: float) -> Reading:
    """Shares of ten groups, once even steps of 2 points from 30% to 12%, then steeper or flatter by a factor."""
    steps = np.arange(10)
    shares = np.stack([0.30 - 0.02 * steps, 0.21 + 0.02 * now * (4.5 - steps)], axis=1)
    groups = [str(group) for group in range(1, 11)]
    return reading(YEARS, np.round(shares * 40_000), 40_000, groups=groups, kind="share")


@pytest.mark.parametrize(("now", "verdict"), [(0.8, "met"), (1.2, "off course"), (1.0, "not yet known")])
def test_inequality_is_reduced_where_the_slope_over_deprivation_is_flatter(now: float, verdict: str):
    card = judged(target(baseline={"period": "2018"}, verdict={"rule": "inequality"}), by_deprivation(now))
    assert card.verdict == verdict
    assert card.points[0].value == pytest.approx(0.2, abs=0.01)  # from one end of the line to the other
    assert len(card.beside) == 10
