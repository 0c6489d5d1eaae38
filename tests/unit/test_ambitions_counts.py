"""Trends, counts, rare events, shares and amounts: what each rule makes of figures whose truth is planted."""

import re

import numpy as np
import pytest
from pydantic import ValidationError

from builders.promised import judged, reading, target
from placewise.gaps.ambitions.contract import Scale

YEARS = list(range(2015, 2025))


def halted(slope: float, noise: float = 0.0):
    """Ten years of a share that changes by so much a year, measured in 30,000 children each."""
    wobble = noise * np.array([1, -1, 1, 1, -1, -1, 1, -1, -1, 1])
    shares = 0.21 + slope * np.arange(10) + wobble
    promised = target(value=0, unit="slope", baseline={"period": "2015"}, verdict={"rule": "trend"})
    percent = Scale(per=100, unit="%")
    return judged(promised, reading(YEARS, np.round(shares * 30_000), 30_000, kind="share", scale=percent))


@pytest.mark.requirement("S022")
@pytest.mark.parametrize(
    ("slope", "noise", "verdict"),
    [
        (-0.002, 0.001, "met"),
        (0.003, 0.001, "off course"),
        (0.0, 0.003, "not yet known"),
        (0.001, 0.008, "not yet known"),
    ],
)
def test_a_trend_is_halted_where_its_slope_is_at_or_below_nothing_and_the_verdict_carries_its_interval(
    slope: float, noise: float, verdict: str
):
    card = halted(slope, noise)
    assert card.verdict == verdict
    told = re.search(r"the slope is (\S+) .*95% interval (\S+) to (\S+)\)", card.told)
    value, lower, upper = map(float, told.groups())
    assert lower <= value <= upper
    assert value == pytest.approx(slope * 100, abs=0.12)  # percentage points a year


def earlier(share_now: float, completeness_now: float, cases_now: int = 12_000):
    """Half of the cases of 2018 were found early, and the stage of 80% was known."""
    staged = np.array([8_000, completeness_now * cases_now])
    early = np.round(staged * [0.5, share_now])
    promised = target(
        value=1_000, unit="people", baseline={"period": "2018"},
        verdict={"rule": "count_above_expected", "cases": "cases"},
    )  # fmt: skip
    found = reading([2018, 2024], early, staged, kind="share", better="higher")
    return judged(promised, found, reading([2018, 2024], [10_000, cases_now], kind="value", name="cases"))


@pytest.mark.requirement("S023")
@pytest.mark.parametrize(
    ("share_now", "completeness", "above", "verdict"),
    [
        (0.62, 0.9, 1_440, "met"),  # 12,000 x 62% less 12,000 x 50%
        (0.52, 0.9, 240, "off course"),
        (0.59, 0.9, 1_080, "not yet known"),
        (0.50, 1.0, 0, "off course"),  # more stages are known and nobody more is found early
    ],
)
def test_so_many_more_are_above_what_the_baselines_share_gives_of_the_cases_of_now(
    share_now: float, completeness: float, above: int, verdict: str
):
    card = earlier(share_now, completeness)
    assert card.latest.value == pytest.approx(above, abs=1)
    assert card.verdict == verdict
    assert f"The stage is known of {completeness * 100:.0f}% of cases in 2024." in card.notes


def test_more_cases_alone_are_not_more_found_early():
    assert earlier(0.50, 0.8, cases_now=20_000).latest.value == pytest.approx(0, abs=1)


PER_1000 = Scale(per=1_000, decimals=2, unit="per 1,000 births")
STILLBIRTHS = [110, 160, 155, 150, 148, 140, 139, 133, 128, 120]
GAPS = [40, 55, 12, 80, 33, 61, 25, 47, 52, 18, 66, 39]


def births(gaps: list[float] = GAPS, value: float | None = -0.5):
    promised = target(
        value=value, unit="change" if value else None, due="2024-12-31" if value else None,
        baseline={"period": "2016"}, verdict={"rule": "rare_events", "between": "between"},
    )  # fmt: skip
    between = reading([f"2024-01-{day:02d}" for day in range(1, len(gaps) + 1)], gaps, kind="value", name="between")
    return judged(promised, reading(YEARS, STILLBIRTHS, 30_000, scale=PER_1000), between)


@pytest.mark.requirement("S027")
def test_the_lowest_since_2015_is_found_and_number_and_rate_stand_beside_a_chart_of_the_gaps_between():
    card = births()
    assert card.verdict == "missed"  # a quarter less is not half
    assert "The number of 2024 is the lowest since 2015." in card.notes
    assert "The rate of 2024 is the lowest since 2015." in card.notes
    assert (card.latest.number, card.latest.of, card.scale.words(card.latest.value)) == (
        120,
        30_000,
        "4.00 per 1,000 births",
    )
    assert card.between == tuple(GAPS)
    assert {point.period for point in card.points} == set(map(str, YEARS))  # years, and never a month's percentage
    assert "On the chart for rare events the newest gap between two is as chance would have it." in card.notes


def test_a_gap_longer_than_chance_allows_is_told():
    assert any("longer gaps" in note for note in births([*GAPS, 900]).notes)


def test_down_without_a_number_is_below_where_it_began():
    assert births(value=None).verdict == "met"


def led(number: int, posts: int = 200):
    stated = {"value": 0.20, "says": "the 20% of residents", "source": "a page"}
    promised = target(verdict={"rule": "comparator", **stated})
    return judged(promised, reading([2025], number, posts, kind="share", better="higher"))


@pytest.mark.parametrize(("number", "verdict"), [(60, "met"), (20, "off course"), (38, "not yet known")])
def test_leadership_is_held_against_the_share_of_residents_that_was_stated(number: int, verdict: str):
    card = led(number)
    assert (card.verdict, card.aim) == (verdict, 0.20)
    assert "the 20% of residents" in card.how


@pytest.mark.requirement("S029")
def test_scopes_are_kept_apart_and_no_number_is_not_measured():
    tonnes = [[80, 75, 70], [50, 45, 30], [np.nan, 300, 310]]
    carbon = reading([2022, 2023, 2024], tonnes, groups=["scope 1", "scope 2", "scope 3"], kind="value")
    card = judged(target(verdict={"rule": "trajectory"}), carbon)
    assert (card.verdict, card.told) == ("not measured", "No number was promised, so none is measured against it.")
    lines = {line.title: [point.value for point in line.points] for line in card.beside}
    assert lines == {"scope 1": [80, 75, 70], "scope 2": [50, 45, 30], "scope 3": [None, 300, 310]}
    assert card.points == ()  # no sum of them anywhere


@pytest.mark.requirement("S030")
def test_nothing_is_claimed_without_a_mechanism_and_a_grade_of_its_evidence():
    whole = {"says": "More jobs", "mechanism": "Local buying", "evidence": "weak", "source": "A page"}
    for missing in ("mechanism", "evidence"):
        claim = {key: value for key, value in whole.items() if key != missing}
        with pytest.raises(ValidationError, match=missing):
            target(measure=None, verdict={"rule": "contribution", "claims": [claim]})
    card = judged(target(measure=None, verdict={"rule": "contribution", "claims": [whole]}))
    assert (card.verdict, card.claims[0].mechanism, card.claims[0].evidence) == ("not measured", "Local buying", "weak")
