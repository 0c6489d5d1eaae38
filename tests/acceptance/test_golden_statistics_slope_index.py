"""Slope and relative indices equal Fingertips' own method; limits come from other draws, so they are near."""

from pathlib import Path

import numpy as np
import pytest

from builders.golden import Rows, get_numbers, pick, read_examples
from placewise.floor.statistics.slope_index import Scale, SlopeIndex, get_slope_index, get_standard_errors

pytestmark = pytest.mark.realdata


def get_groups(rows: Rows) -> list[Rows]:
    """Each answer stands beside the first of its deciles or fifths."""
    starts = [place for place, row in enumerate(rows) if row["Quantile"] == "1"]
    groups = [rows[start:end] for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)]
    return [group for group in groups if group[0]["sii"]]


def get_scale(group: Rows) -> Scale:
    told = group[0]["TestDescription"]
    return Scale.LOG if "log transform" in told else Scale.LOGIT if "logit" in told else Scale.PLAIN


def work_out(group: Rows, confidence: float) -> SlopeIndex:
    scale, told = get_scale(group), group[0]["TestDescription"]
    errors = get_standard_errors(get_numbers(group, "LowerCL"), get_numbers(group, "UpperCL"), scale)
    high_is_bad = "negative multiplier" in told or "x -100" in told
    return get_slope_index(
        get_numbers(group, "Value"), errors, get_numbers(group, "Population"), scale=scale, high_is_bad=high_is_bad,
        confidence=confidence,
    )  # fmt: skip


def test_the_cases(realdata: Path) -> None:
    groups = get_groups(read_examples(realdata, "sii_rii/cases.csv"))
    assert len(groups) == 44
    for group in groups:
        answer, told = group[0], group[0]["TestDescription"]
        per = 100 if "x 100" in told or "x -100" in told else 1
        for place, confidence in enumerate(answer["Confidence"].strip("c()").split(","), start=1):
            found = work_out(group, float(confidence) / 100)
            index = {"sii": found.slope.scaled(per), "rii": found.relative}
            for name, each in index.items():
                ends = [answer[f"{name}_{end}_{place}"] for end in ("lowercl", "uppercl")]
                if answer[name]:
                    np.testing.assert_allclose(each.value, float(answer[name]), rtol=1e-6, err_msg=told)
                if all(ends):
                    np.testing.assert_allclose([each.lower[0], each.upper[0]], list(map(float, ends)), rtol=0.05)
        if answer["Intercept"]:
            np.testing.assert_allclose(found.start, float(answer["Intercept"]), rtol=1e-6)


def check(found: SlopeIndex, rows: Rows, per: float, suffix: str) -> None:
    """Values exactly; limits, by other draws, within a fiftieth of their width."""
    for name, each in (("sii", found.slope.scaled(per)), ("rii", found.relative)):
        lower, upper = (get_numbers(rows, f"{name}_{end}95_0{suffix}") for end in ("lower", "upper"))
        np.testing.assert_allclose(each.value, get_numbers(rows, name), rtol=1e-6)
        np.testing.assert_allclose((each.lower - lower) / (upper - lower), 0, atol=0.02)
        np.testing.assert_allclose((each.upper - upper) / (upper - lower), 0, atol=0.02)


def test_life_expectancy_of_eighty_areas_by_sex(realdata: Path) -> None:
    expected = read_examples(realdata, "sii_rii/peer_expected_life_expectancy.csv")
    rows = read_examples(realdata, "sii_rii/peer_input_life_expectancy_deciles.csv")
    own = [pick(rows, Sex=row["Sex"], GeoCode=row["GeoCode"]) for row in expected]
    values, errors, people = (np.array([get_numbers(each, name) for each in own]) for name in ("LifeExp", "SE", "Pop"))
    found = get_slope_index(values, errors, people)
    check(found, expected, 1, "cl")
    np.testing.assert_allclose(found.start, get_numbers(expected, "intercept"), rtol=1e-6)


@pytest.mark.parametrize(
    ("name", "scale", "suffix"), [("untransformed", Scale.PLAIN, "cl"), ("log_transformed", Scale.LOG, "")]
)
def test_standardised_rates_by_fifth(realdata: Path, name: str, scale: Scale, suffix: str) -> None:
    expected = read_examples(realdata, f"sii_rii/peer_expected_dsr_{name}.csv")
    rows = read_examples(realdata, "sii_rii/peer_input_dsr_quintiles.csv")
    own = [pick(rows, Period=row["Period"]) for row in expected]
    columns = ("value", "lowercl", "uppercl", "total_pop")
    values, lower, upper, people = (np.array([get_numbers(each, column) for each in own]) for column in columns)
    check(get_slope_index(values, get_standard_errors(lower, upper, scale), people, scale=scale), expected, 1, suffix)


@pytest.mark.parametrize(
    ("name", "scale", "suffix"), [("untransformed", Scale.PLAIN, "cl"), ("logit", Scale.LOGIT, "")]
)
def test_childhood_obesity_by_decile(realdata: Path, name: str, scale: Scale, suffix: str) -> None:
    expected = read_examples(realdata, f"sii_rii/peer_expected_prevalence_{name}_x100.csv")
    rows = read_examples(realdata, "sii_rii/peer_input_prevalence_deciles.csv")
    labels = ("Period", "SchoolYear", "AreaCode")
    own = [pick(rows, **{label: row[label] for label in labels}) for row in expected]
    columns = ("Rate", "LCL", "UCL", "Measured")
    values, lower, upper, people = (np.array([get_numbers(each, column) for each in own]) for column in columns)
    errors = get_standard_errors(lower / 100, upper / 100, scale)
    check(get_slope_index(values / 100, errors, people, scale=scale), expected, 100, suffix)
