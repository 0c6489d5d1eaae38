"""What becomes of a promise on its day and before: one word, from the interval or from the chance of meeting it."""

from datetime import date

import numpy as np
import pytest

from builders.promised import AFTER, judged, reading, target
from placewise.floor.statistics.estimate import Estimate
from placewise.gaps.ambitions.contract import Scale, Verdict
from placewise.gaps.ambitions.verdict import decide

DUE = date(2024, 12, 31)
BEFORE = date(2023, 6, 30)


def word(lower: float, upper: float, *, due: date | None = DUE, as_of: date = AFTER, until: date = DUE, chance=None):
    achieved = Estimate(*(np.asarray(each) for each in ((lower + upper) / 2, lower, upper)))
    return decide(achieved, -0.10, "lower", due=due, as_of=as_of, measured_until=until, chance=chance)


@pytest.mark.parametrize(
    ("lower", "upper", "verdict"),
    [(-0.2, -0.1, "met"), (-0.09, 0.1, "missed"), (-0.2, -0.05, "not yet known")],
)
def test_on_its_day_the_whole_interval_decides(lower: float, upper: float, verdict: str):
    assert word(lower, upper) == verdict


def test_a_day_that_no_figure_reaches_is_not_measured_and_not_dropped():
    assert word(-0.2, -0.15, until=date(2023, 12, 31)) == Verdict.NOT_MEASURED


@pytest.mark.parametrize(("chance", "verdict"), [(0.8, "on course"), (0.2, "off course"), (0.5, "not yet known")])
def test_before_its_day_the_chance_decides(chance: float, verdict: str):
    assert word(-0.09, 0.1, as_of=BEFORE, chance=chance) == verdict


def test_before_its_day_and_without_a_forecast_only_what_is_reached_is_on_course():
    assert word(-0.2, -0.15, as_of=BEFORE) == Verdict.ON_COURSE
    assert word(-0.05, 0.1, as_of=BEFORE) == Verdict.NOT_YET_KNOWN


@pytest.mark.parametrize(("lower", "upper", "verdict"), [(-0.2, -0.1, "met"), (0.0, 0.1, "off course")])
def test_a_promise_without_a_date_is_never_missed(lower: float, upper: float, verdict: str):
    assert word(lower, upper, due=None) == verdict


def test_a_target_is_judged_by_the_first_period_that_reaches_its_day_and_the_newest_figure_is_shown_too():
    deaths = reading([2018, 2019, 2020, 2021, 2022], [10_000, 9_800, 9_000, 8_000, 12_000], 10**6)
    card = judged(
        target(value=-0.10, unit="change", due="2021-03-31", baseline={"period": "2018"}, verdict={"rule": "change"}),
        deaths,
    )
    assert (card.verdict, card.judged.period, card.latest.period) == ("met", "2021", "2022")


@pytest.mark.requirement("S082")
@pytest.mark.parametrize(("now", "verdict"), [(4_000, "met"), (5_600, "missed"), (5_000, "not yet known")])
def test_use_of_aspirin_alone_is_halved_where_it_is_at_half_of_its_dated_baseline_or_below(now: int, verdict: str):
    """Of 100,000 people with atrial fibrillation 10,000 took aspirin alone in 2018; at exactly half, chance decides."""
    aspirin_alone = reading([2018, 2021], [10_000, now], 100_000)
    halved = target(
        value=-0.50, unit="change", due="2021-12-31", baseline={"period": "2018"}, verdict={"rule": "change"}
    )
    card = judged(halved, aspirin_alone)
    assert (card.verdict, card.judged.period) == (verdict, "2021")


def test_what_ends_after_the_day_asked_about_is_not_read():
    deaths = reading(range(2010, 2025), np.linspace(10_000, 5_000, 15).round(), 10**6)
    promised = target(
        value=-0.40, unit="change", due="2024-12-31", baseline={"period": "2010"}, verdict={"rule": "change"}
    )
    then, now = judged(promised, deaths, as_of=date(2021, 6, 1)), judged(promised, deaths)
    assert (then.verdict, then.latest.period) == ("on course", "2020")
    assert then.chance > 0.8
    assert len(then.ahead) == 4  # a year each to 2024
    assert (now.verdict, now.chance, now.ahead) == ("met", None, ())


def test_nobody_measures_it_and_it_is_shown_all_the_same():
    card = judged(target(measure=None, value=-0.75, unit="change", due="2022-12-31"))
    assert (card.verdict, card.told) == ("not measured", "Nobody measures it yet.")


def test_a_stated_baseline_is_taken_as_it_was_stated():
    use = reading([2023, 2024], [85, 80], np.nan, kind="value", scale=Scale(unit="items"))
    stated = {"period": "2018", "value": 100, "source": "The plan"}
    card = judged(
        target(value=-0.15, unit="change", due="2024-12-31", baseline=stated, verdict={"rule": "change"}), use
    )
    assert (card.verdict, card.baseline.value, card.baseline_source) == ("met", 100, "The plan")
    assert "no interval is published" in card.told
