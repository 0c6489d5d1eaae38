"""A promise is held against a figure only where the two can be compared, and the right way round."""

from datetime import date

import pytest

from placewise_site.evidence.cells import Cell
from placewise_site.web.promises import Promise


def promise(value: float, target: float | None, unit: str, better: str) -> Promise:
    cell = Cell(
        address="", level="system", area="S", area_name="A system", split="all", group="all", group_title="all",
        month=date(2026, 3, 31), numerator=None, denominator=None, value=value, lower=None, upper=None, state="shown",
    )  # fmt: skip
    return Promise(
        ambition="Safer birth", wording="", footprint="", source="", says="", owner="", due=None, measure="births",
        better=better, cell=cell, target=target, unit=unit, doubt="", by_programme=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "target", "unit", "better", "verdict"),
    [
        (0.92, 0.90, "proportion", "higher", "Reached"),
        (0.80, 0.90, "proportion", "higher", "10.0 percentage points to go"),
        (0.12, 0.10, "proportion", "lower", "2.0 percentage points to go"),  # more is worse: not yet
        (0.08, 0.10, "proportion", "lower", "Reached"),
        (0.08, 0.10, "proportion", "neither", "Not measured yet"),
        (0.92, 0.05, "change", "higher", "Not measured yet"),  # 5% less than once is no level of 5%
        (0.92, 1000.0, "people", "higher", "Not measured yet"),
        (0.92, None, "proportion", "higher", "Not measured yet"),
    ],
)
def test_the_verdict_follows_the_unit_of_the_target_and_the_measures_better_direction(
    value, target, unit, better, verdict
):
    assert promise(value, target, unit, better).verdict == verdict
