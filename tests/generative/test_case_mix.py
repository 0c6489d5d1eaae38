"""Practices beside people like theirs: over simulated systems in which all do alike for people alike, practices that
look after other people are not called outliers; one that does less is; and how much of the differences is warranted."""

from typing import Any

import numpy as np
import pytest

from placewise.floor.statistics.funnel import Significance, get_proportion_significance
from placewise.gaps.case_mix import find_adjusted, get_expected_share
from placewise.measures.case_mix import CaseMix

PRACTICES, GROUPS = 100, 24
SEEDS, TOO_MANY = range(200), 9


def simulate(seed: int, unlike: float = 0.0) -> CaseMix:
    """Groups of people with shares from 40% to 90%, and practices that look after very different mixes of them.

    unlike: how far practices lie apart for people alike, as the standard deviation of their shares.
    """
    rng = np.random.default_rng(seed)
    shares = np.linspace(0.4, 0.9, GROUPS)
    older = rng.beta(2, 2, PRACTICES)[:, None]
    mix = np.exp(-(((np.arange(GROUPS) / (GROUPS - 1)) - older) ** 2) / 0.05)
    people = rng.integers(200, 2000, PRACTICES)
    of = np.stack([rng.multinomial(n, each / each.sum()) for n, each in zip(people, mix, strict=True)])
    own = np.clip(shares + rng.normal(0, unlike, (PRACTICES, 1)), 0.01, 0.99) if unlike else shares
    return CaseMix(rng.binomial(of, own), of)


def judge(case_mix: CaseMix) -> Any:
    met, of = case_mix.numerator.sum(axis=1), case_mix.denominator.sum(axis=1)
    return get_proportion_significance(met, of, get_expected_share(case_mix))


@pytest.mark.requirement("S102")
def test_in_an_adjusted_funnel_19_of_20_in_control_lie_inside_and_an_outlier_at_3_deviations_does_not() -> None:
    inside, crude = [], []
    for seed in SEEDS:
        case_mix = simulate(seed)
        inside.append((judge(case_mix) == Significance.NONE).mean())
        met, of = case_mix.numerator.sum(axis=1), case_mix.denominator.sum(axis=1)
        crude.append((get_proportion_significance(met, of) == Significance.NONE).mean())
        planted = simulate(seed)
        expected, people = get_expected_share(planted)[0], planted.denominator[0].sum()
        short = round(3 * np.sqrt(people * expected * (1 - expected)))
        least = np.maximum(planted.numerator[0].sum() - round(people * expected) + short, 0)
        take = np.argsort(-planted.numerator[0])
        for group in take:  # so many fewer count that it lies three standard deviations below what is expected
            fewer = min(int(least), int(planted.numerator[0, group]))
            planted.numerator[0, group] -= fewer
            least -= fewer
        assert judge(planted)[0] in (Significance.LOW, Significance.LOW_ALARM)
    assert np.mean(inside) >= 0.95
    assert np.mean(crude) < 0.5  # without adjustment, most would be called outliers for whom they look after


def test_false_findings_are_held_at_the_stated_rate() -> None:
    assert sum(bool(find_adjusted([simulate(seed)], PRACTICES).outside.any()) for seed in SEEDS) < TOO_MANY


@pytest.mark.requirement("S102")
def test_what_is_warranted_is_told_from_what_is_not() -> None:
    """Where all do alike for people alike, their mix explains next to all; where practices differ, the rest is not."""
    warranted = find_adjusted([simulate(1)], PRACTICES)
    assert warranted.differ.tolist() == [True]
    assert warranted.explained[0] > 0.9
    both = find_adjusted([simulate(1, unlike=0.15)], PRACTICES)
    assert both.explained[0] < 0.5
    assert both.outside.any()


def test_practices_that_do_alike_for_everybody_differ_no_more_often_than_said() -> None:
    """Small practices too, and shares near 0 and 1; a measure that is not counted so tells nothing."""
    with_findings = 0
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        measures: list[CaseMix | None] = [None]
        for share in (0.05, 0.5, 0.95):
            of = rng.poisson(rng.uniform(0.5, 40, (PRACTICES, 1)), (PRACTICES, GROUPS))
            measures.append(CaseMix(rng.binomial(of, share), of))
        found = find_adjusted(measures, PRACTICES)
        with_findings += bool(found.outside.any() or found.differ.any())
    assert with_findings < 2 * TOO_MANY  # of two kinds
