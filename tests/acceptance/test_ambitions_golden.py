"""The first ambition's figures equal the public life-table tool's on its own example."""

from pathlib import Path

import numpy as np
import pytest

from builders.golden import get_numbers, read_examples
from builders.promised import judged, reading
from placewise.config import read_deployment
from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_90

pytestmark = pytest.mark.realdata


@pytest.mark.requirement("S020")
def test_life_expectancy_of_each_group_is_the_public_tools_and_the_implied_starts_and_healthy_years_stand_beside_it(
    realdata: Path,
) -> None:
    """The tool's area is the most deprived of two; the others are as many, and die four fifths as often."""
    rows = read_examples(realdata, "life_expectancy/case1_input.csv")
    deaths, people = get_numbers(rows, "deaths"), get_numbers(rows, "pops")
    both = np.concatenate([deaths, deaths * 0.8]), np.concatenate([people, people])
    groups = [f"{{}}:{group}:{band}" for group in (1, 2) for band in LIFE_TABLE_TO_90]
    ambition = read_deployment("west_yorkshire").ambitions["longer_healthy_life"]
    expected = get_numbers(read_examples(realdata, "life_expectancy/case1_expected_95.csv"), "value")[0]
    for promised, sex, implied in zip(ambition.targets[1:], ("male", "female"), ("10.0", "8.3"), strict=True):
        named = [group.format(sex) for group in groups]
        periods = [promised.baseline.period, "2022 to 2024"]
        measured = reading(
            periods, *(np.stack([each, each], axis=1) for each in both), groups=named, name=promised.measure
        )
        healthy = reading(periods[1:], *([[each]] * len(named) for each in (80, 100)), groups=named, kind="share",
                          name=promised.verdict.healthy)  # fmt: skip
        card = judged(promised, measured, healthy)
        beside = {line.title: line.points[0] for line in card.beside}
        years = beside["Life expectancy, group 1 (most deprived)"]
        assert years.value == pytest.approx(expected, abs=0.01)
        assert years.lower < years.value < years.upper
        assert beside["Healthy life expectancy, group 1 (most deprived)"].value == pytest.approx(0.8 * years.value)
        assert beside["Slope index of inequality in life expectancy"].value > 0
        assert card.latest.value == pytest.approx(beside["Life expectancy, group 2"].value - years.value)
        assert card.notes[0].startswith(f"The wording implies a start of {implied} years")


def test_the_sentence_as_it_was_said_is_kept_with_its_doubts() -> None:
    ambition = read_deployment("west_yorkshire").ambitions["longer_healthy_life"]
    assert "6 months (men), 5 months (women)" in ambition.wording
    assert ambition.doubt == "The 5% is printed twice in one sentence."
