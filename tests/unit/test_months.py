"""Months as people read them: in runs, and as a strip of marks."""

import pytest

from placewise.floor.timeline.months import iter_years, runs_in_words, strip, strip_heads
from placewise.floor.timeline.window import Window

WINDOW = Window(2024, 11, 16)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        (0b0, "never"),
        (0b1, "2024-11"),
        (0b0111, "2024-11 to 2025-01"),
        (0b1000_0000_0000_0011, "2024-11 to 2024-12, 2026-02"),
        (0xFFFF, "2024-11 to 2026-02"),
    ],
)
def test_the_months_set_are_told_as_runs(word: int, told: str) -> None:
    assert runs_in_words(word, WINDOW) == told


def test_a_strip_has_a_mark_for_each_month_and_a_space_between_years() -> None:
    assert strip(0b1000_0000_0000_0011, WINDOW, "#", ".") == "## ............ .#"


def test_a_year_is_named_over_its_months_where_there_is_room() -> None:
    assert strip_heads(WINDOW) == ("   2025", "ND JFMAMJJASOND JF")
    assert strip_heads(Window(2025, 1, 24)) == ("2025         2026", "JFMAMJJASOND JFMAMJJASOND")


def test_years_are_calendar_years() -> None:
    assert list(iter_years(WINDOW)) == [(2024, range(2)), (2025, range(2, 14)), (2026, range(14, 16))]
    assert list(iter_years(Window(1969, 12, 2))) == [(1969, range(1)), (1970, range(1, 2))]
