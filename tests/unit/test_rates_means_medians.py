"""Limits of rates, means and medians, worked by hand and against published examples."""

import csv
from pathlib import Path

import numpy as np
import pytest

from placewise.floor.statistics.mean import get_mean_limits, get_t_quantile
from placewise.floor.statistics.median import get_median_limits, get_medians
from placewise.floor.statistics.poisson import get_exact_limits
from placewise.floor.statistics.rate import get_rate_limits


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_no_events_have_limits_and_nobody_has_none() -> None:
    """The upper limit of no events is -ln(0.025): the mean at which none at all still has a chance of 2.5%."""
    lower, upper = get_rate_limits([0, 5], [1000, 0])
    assert lower[0] == 0
    np.testing.assert_allclose(upper[0] * 1000, -np.log(0.025), rtol=1e-12)
    assert np.isnan([lower[1], upper[1]]).all()


def test_the_exact_limits_of_five_events() -> None:
    """1.6235 to 11.6683: Altman DG and others, Statistics with Confidence (2000), table 18.3."""
    np.testing.assert_allclose(get_exact_limits(5), (1.6235, 11.6683), atol=5e-5)


def test_a_count_below_zero_is_an_error() -> None:
    with pytest.raises(ValueError, match="below zero"):
        get_rate_limits([-1], [10])


def test_quantiles_of_students_t() -> None:
    """As every printed table gives them; above 200 degrees of freedom by expansion, which meets the rest there."""
    told = [get_t_quantile(freedom) for freedom in (1, 2, 7, 30, 200, 201, 10**6)]
    np.testing.assert_allclose(told, [12.7062, 4.3027, 2.3646, 2.0423, 1.9719, 1.9718, 1.9600], atol=5e-5)


def test_the_mean_of_five_numbers() -> None:
    """2, 4, 4, 4, 6: mean 4, standard deviation the root of 2, t 2.7764."""
    mean, lower, upper = get_mean_limits([5, 1, 0], [20, 3, 0], [88, 9, 0])
    assert mean[:2].tolist() == [4, 3]
    np.testing.assert_allclose(
        [lower[0], upper[0]], [4 - 2.7764 * (2 / 5) ** 0.5, 4 + 2.7764 * (2 / 5) ** 0.5], atol=1e-4
    )
    assert np.isnan([mean[2], lower[1], upper[1]]).all()


def test_the_median_is_the_middle_value_or_lies_between_the_two() -> None:
    counts = np.array([[1, 1, 0, 0], [1, 0, 0, 2], [1, 1, 0, 0]])
    assert get_medians([10, 20, 40], counts)[:2].tolist() == [20, 25]
    assert np.isnan(get_medians([10, 20, 40], counts)[2])
    assert get_medians([10, 20, 40], counts)[3] == 20


def test_the_limits_of_a_median_are_values_by_rank() -> None:
    """Of 100 values 1 to 100: ranks 50 - 9.8 and 51 + 9.8, so the 40th and the 61st (Campbell and Gardner, 1988)."""
    lower, upper = get_median_limits(np.arange(1, 101), np.ones((100, 1), np.int64), least=8)
    assert (lower[0], upper[0]) == (40, 61)


def test_a_limit_of_a_median_is_never_the_value_of_a_few_people() -> None:
    lower, upper = get_median_limits(np.arange(1, 21), np.ones((20, 1), np.int64), least=8)
    assert np.isnan([lower[0], upper[0]]).all()


@pytest.mark.realdata
def test_published_rates(realdata: Path) -> None:
    cases = read(realdata.parent / "golden/stats/crude_rate/cases.csv")
    rows = [row for row in cases if row["Numerator"] and row["Denominator"] and row["upper95_0cl"]]
    assert len(rows) >= 10
    for row in rows:
        per = float(row["multiplier"])
        for level, confidence in (("95_0", 0.95), ("99_8", 0.998)):
            limits = get_rate_limits(int(row["Numerator"]), float(row["Denominator"]), confidence)
            expected = [float(row[f"{end}{level}cl"]) for end in ("lower", "upper")]
            np.testing.assert_allclose(np.array(limits) * per, expected, rtol=1e-9)


@pytest.mark.realdata
def test_published_means(realdata: Path) -> None:
    values = [(row["area"], float(row["values"])) for row in read(realdata.parent / "golden/stats/mean/input.csv")]
    for row in read(realdata.parent / "golden/stats/mean/expected.csv"):
        own = np.array([value for area, value in values if row["area"] in (area, "No grouping")])
        for level, confidence in (("95_0", 0.95), ("99_8", 0.998)):
            told = get_mean_limits(len(own), own.sum(), (own**2).sum(), confidence)
            expected = [float(row[name]) for name in ("value", f"lower{level}cl", f"upper{level}cl")]
            np.testing.assert_allclose(told, expected, rtol=1e-9)
