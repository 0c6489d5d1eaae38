"""Proportions, rates and means equal the worked examples of Fingertips' own method."""

from pathlib import Path

import numpy as np
import pytest

from builders.golden import check_estimate, get_numbers, pick, read_examples
from placewise.floor.statistics.mean import get_mean_limits
from placewise.floor.statistics.poisson import get_byar_limits
from placewise.floor.statistics.proportion import get_proportions, get_wilson_limits
from placewise.floor.statistics.rate import get_rates

pytestmark = pytest.mark.realdata
LIMITS = [("lower95_0cl", "upper95_0cl", 0.95), ("lower99_8cl", "upper99_8cl", 0.998)]


@pytest.mark.parametrize("method", ["Byars", "Wilson"])
def test_the_limits_alone(realdata: Path, method: str) -> None:
    for level in ("95%", "99.8%"):
        rows = pick(read_examples(realdata, "ci_primitives/byars_wilson_cases.csv"), method=method, confidence=level)
        x, n, confidence = get_numbers(rows, "x"), get_numbers(rows, "n"), float(level.rstrip("%")) / 100
        found = get_byar_limits(x, confidence) if method == "Byars" else get_wilson_limits(x, n, confidence)
        np.testing.assert_allclose(found[0], get_numbers(rows, "lowercl"), rtol=1e-9)
        np.testing.assert_allclose(found[1], get_numbers(rows, "uppercl"), rtol=1e-9)


@pytest.mark.parametrize(("lower", "upper", "confidence"), LIMITS)
@pytest.mark.parametrize(("folder", "method"), [("proportion", get_proportions), ("crude_rate", get_rates)])
def test_cases(realdata: Path, folder: str, method: type, lower: str, upper: str, confidence: float) -> None:
    rows = read_examples(realdata, f"{folder}/cases.csv")
    for multiplier in sorted({row["multiplier"] for row in rows}):
        some = pick(rows, multiplier=multiplier)
        found = method(get_numbers(some, "Numerator"), get_numbers(some, "Denominator"), confidence)
        check_estimate(found.scaled(float(multiplier)), some, lower, upper)


@pytest.mark.parametrize(
    ("folder", "method", "multiplier"), [("proportion", get_proportions, 1), ("crude_rate", get_rates, 100_000)]
)
def test_cases_added_up_by_area(realdata: Path, folder: str, method: type, multiplier: int) -> None:
    rows = read_examples(realdata, f"{folder}/grouped_expected.csv")
    found = method(get_numbers(rows, "Numerator"), get_numbers(rows, "Denominator"))
    check_estimate(found.scaled(multiplier), rows, "lowercl", "uppercl")


@pytest.mark.parametrize(("lower", "upper", "confidence"), LIMITS)
@pytest.mark.parametrize(
    ("folder", "method", "multiplier"), [("proportion", get_proportions, 100), ("crude_rate", get_rates, 100_000)]
)
def test_none_all_and_few(
    realdata: Path, folder: str, method: type, multiplier: int, lower: str, upper: str, confidence: float
) -> None:
    rows = read_examples(realdata, f"{folder}/peer_edges.csv")
    found = method(get_numbers(rows, "x"), get_numbers(rows, "n"), confidence)
    check_estimate(found.scaled(multiplier), rows, lower, upper)


@pytest.mark.parametrize(("lower", "upper", "confidence"), LIMITS)
def test_means(realdata: Path, lower: str, upper: str, confidence: float) -> None:
    values = read_examples(realdata, "mean/input.csv")
    for row in read_examples(realdata, "mean/expected.csv"):
        own = get_numbers(values if row["area"] == "No grouping" else pick(values, area=row["area"]), "values")
        found = get_mean_limits(len(own), own.sum(), (own**2).sum(), confidence)
        np.testing.assert_allclose(found, [float(row[column]) for column in ("value", lower, upper)], rtol=1e-9)
