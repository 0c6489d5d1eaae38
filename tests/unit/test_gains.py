"""How many people would gain: from rounded counts, rounded again, and never of fewer than the release shows."""

from datetime import date

import pytest

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.gains import get_best_level, get_gain
from placewise_site.evidence.scale import Scale


def cell(numerator: int | None, denominator: int | None, scale: Scale | None = None) -> Cell:
    value = numerator / denominator if numerator is not None and denominator else None
    return Cell(
        address="", level="network", area="N", area_name="N", split="all", group="all", group_title="Everyone",
        month=date(2026, 3, 31), numerator=numerator, denominator=denominator, value=value, lower=None, upper=None,
        state="shown" if value is not None else "hidden", scale=scale or Scale(),
    )  # fmt: skip


def test_people_who_would_gain_are_the_difference_times_those_asked_of() -> None:
    gain = get_gain(cell(600, 1000), "higher", 0.75, 8, 5)
    assert gain is not None
    assert (gain.people, gain.is_reached) == (150, False)
    assert gain.lower < 150 < gain.upper
    assert (gain.lower, gain.upper) == (120, 180)  # Wilson's limits of 60% of 1,000 are 56.9% and 63.0%


def test_where_lower_is_better_people_gain_by_falling_to_the_level() -> None:
    gain = get_gain(cell(300, 1000), "lower", 0.2, 8, 5)
    assert gain is not None and gain.people == 100
    assert get_gain(cell(100, 1000), "lower", 0.2, 8, 5).is_reached  # type: ignore[union-attr]


@pytest.mark.parametrize(("level", "people"), [(0.607, None), (0.608, 10), (0.6, None), (0.5, None)])
def test_fewer_than_eight_are_not_told(level: float, people: int | None) -> None:
    gain = get_gain(cell(600, 1000), "higher", level, 8, 5)
    assert gain is not None and gain.people == people
    assert gain.lower == 0


@pytest.mark.parametrize(
    ("of", "better", "level"),
    [
        (cell(None, None), "higher", 0.7),
        (cell(600, 1000), "neither", 0.7),
        (cell(600, 1000), "higher", None),
        (cell(600, 1000, Scale("rate", 1000)), "higher", 0.7),
    ],
)
def test_there_is_no_gain_of_what_is_hidden_neither_better_nor_worse_or_no_share(
    of: Cell, better: str, level: float | None
) -> None:
    assert get_gain(of, better, level, 8, 5) is None


def test_the_best_quarter_is_of_those_shown_and_of_four_or_more() -> None:
    shares = [cell(share, 100) for share in (50, 60, 70, 80, 90, 55, 65, 75)]
    assert get_best_level(shares, "higher") == 0.8
    assert get_best_level(shares, "lower") == 0.55
    assert get_best_level([*shares[:3], cell(None, None)], "higher") is None
