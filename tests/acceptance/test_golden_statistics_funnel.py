"""Funnel limits and significance equal the worked examples of Fingertips' own method.

The source finds Poisson limits by halving: they are 5e-5 off at one event, and 4e-7 from five.
"""

from pathlib import Path

import numpy as np
import pytest

from builders.golden import Rows, get_numbers, read_examples
from placewise.floor.statistics.funnel import (
    ALARM,
    WARNING,
    FunnelLimits,
    get_proportion_funnel,
    get_proportion_significance,
    get_rate_denominator,
    get_rate_funnel,
    get_rate_significance,
    get_ratio_funnel,
    get_ratio_significance,
    get_target,
)

pytestmark = pytest.mark.realdata
SIGMAS = [("2s", WARNING), ("3s", ALARM)]
TOO_FEW = "Not applicable for events less than 10 for dsrs"
PER = 100_000
YEARS = 3


def check_column(found: np.ndarray, rows: Rows, column: str, tolerance: np.ndarray | float = 1e-6) -> None:
    """tolerance: relative, may be of each row."""
    expected = get_numbers(rows, column)
    assert np.all(np.abs(found - expected) <= tolerance * np.abs(expected) + 1e-9), column


def get_tolerance(events: np.ndarray) -> np.ndarray:
    return np.where(events < 5, 1e-4, 1e-6)


@pytest.mark.parametrize(("sigma", "confidence"), SIGMAS)
@pytest.mark.parametrize(("name", "below"), [("", np.inf), ("_denominator_lt_31000", 31_000)])
def test_limits_of_proportions(realdata: Path, name: str, below: float, sigma: str, confidence: float) -> None:
    areas = read_examples(realdata, "funnel/proportion_input_and_significance.csv")
    numerator, denominator = get_numbers(areas, "numerator"), get_numbers(areas, "denominator")
    some = denominator < below
    target = get_target(numerator[some], denominator[some])
    rows = read_examples(realdata, f"funnel/proportion_limits{name}_expected.csv")
    found = get_proportion_funnel(target, get_numbers(rows, "Population"), confidence)
    assert target * 100 == pytest.approx(float(rows[0]["baseline"]), rel=1e-6)
    check_column(found.lower * 100, rows, f"lower_{sigma}_limit")
    check_column(found.upper * 100, rows, f"upper_{sigma}_limit")


def test_significance_of_proportions(realdata: Path) -> None:
    areas = read_examples(realdata, "funnel/proportion_input_and_significance.csv")
    found = get_proportion_significance(get_numbers(areas, "numerator"), get_numbers(areas, "denominator"))
    assert found.tolist() == [row["significance"] for row in areas]


@pytest.mark.parametrize(("sigma", "confidence"), SIGMAS)
def test_limits_of_ratios(realdata: Path, sigma: str, confidence: float) -> None:
    rows = read_examples(realdata, "funnel/ratio_limits_expected.csv")
    observed = get_numbers(rows, "Observed_events")
    found = get_ratio_funnel(observed, confidence)
    tolerance = get_tolerance(observed)
    for side, expected, limit in (
        ("lower", found.lower_denominator, found.lower),
        ("upper", found.upper_denominator, found.upper),
    ):
        check_column(expected, rows, f"{side}_{sigma}_exp_events", tolerance)
        check_column(limit * 100, rows, f"{side}_{sigma}_isr", tolerance)
        np.testing.assert_allclose(limit - 1, get_numbers(rows, f"{side}_{sigma}_count"), rtol=1e-4, atol=1e-6)


def test_significance_of_ratios(realdata: Path) -> None:
    areas = read_examples(realdata, "funnel/ratio_input_and_significance.csv")
    found = get_ratio_significance(get_numbers(areas, "obs"), get_numbers(areas, "expected"))
    assert found.tolist() == [row["significance"] for row in areas]


@pytest.mark.parametrize(
    ("kind", "rate", "per"),
    [("dsr", "rate_dsr", PER), ("crude", "rate_crude_per_100000", PER), ("crude", "rate_crude_per_100", 100)],
)
@pytest.mark.parametrize("zero", ["with_0", "without_0"])
def test_significance_of_rates(realdata: Path, kind: str, rate: str, per: int, zero: str) -> None:
    """A standardised rate that is not given for too few events is not judged."""
    areas = read_examples(realdata, "funnel/rate_input_and_significance.csv")
    some = areas if zero == "with_0" else [row for row in areas if row["count"] != "0"]
    events = get_numbers(some, "count")
    denominator = get_rate_denominator(events, get_numbers(some, rate) / per, get_numbers(some, "pop"))
    if kind == "dsr":
        denominator = np.where(events < 10, np.nan, denominator)
    found = get_rate_significance(events, denominator)
    told = [row[f"{kind}_per_{per}_{zero}"] for row in some]
    assert found.tolist() == ["" if each == TOO_FEW else each for each in told]


@pytest.mark.parametrize(
    ("column", "years", "most"),
    [("", 3, None), ("_crude", 3, 988), ("_crude_with_denom", 5, 0)],
    ids=["standardised", "crude", "crude with a zero"],
)
def test_the_points_of_a_rate_chart(realdata: Path, column: str, years: int, most: int | None) -> None:
    """Of the area with most events the source's test changes them: to too few for a standardised rate, which has no
    point, and to none, for which its population serves."""
    rows = read_examples(realdata, "funnel/rate_limits_input_and_points_expected.csv")
    events, rates = get_numbers(rows, "ev"), get_numbers(rows, "rate")
    some = events < events.max() if most is None else events > 0
    events = np.where(events == events.max(), most or 0, events)
    found = get_rate_denominator(events, rates / PER, get_numbers(rows, "pop")) / years
    told = [row for row, each in zip(rows, some, strict=True) if each]
    check_column(found[some], told, f"denominator_derived{column}")


def get_rate_case(realdata: Path, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Events, rates and populations as the source's test changes them."""
    rows = read_examples(realdata, "funnel/rate_limits_input_and_points_expected.csv")
    events, rates, people = (get_numbers(rows, column) for column in ("ev", "rate", "pop"))
    most = events == events.max()
    if name == "crude_lt10":
        events = np.where(most, 5, events)
    if name == "crude_zero_events":
        people = PER * events / rates
        events, rates = np.where(most, 0, events), np.where(most, 0, rates)
        some = people > people.max() / 2
        events, rates, people = events[some], rates[some], people[some]
    return events, rates, people


@pytest.mark.parametrize(("sigma", "confidence"), SIGMAS)
@pytest.mark.parametrize("name", ["dsr", "crude_lt10", "crude_zero_events"])
def test_limits_of_rates(realdata: Path, name: str, sigma: str, confidence: float) -> None:
    rows = read_examples(realdata, f"funnel/rate_limits_{name}_expected.csv")
    events, rates, people = get_rate_case(realdata, name)
    target = get_target(events, get_rate_denominator(events, rates / PER, people))
    assert target * PER == pytest.approx(float(rows[0]["baseline"]), rel=1e-6)
    at = get_numbers(rows, "Events")
    found: FunnelLimits = get_rate_funnel(at, target, confidence)
    for side, denominator, limit in (
        ("lower", found.lower_denominator, found.lower),
        ("upper", found.upper_denominator, found.upper),
    ):
        check_column(limit * PER, rows, f"{side}_{sigma}_limit", get_tolerance(at))
        check_column(denominator / YEARS, rows, f"{side}_{sigma}_population_1_year", get_tolerance(at))
