"""How many people a measure misses is said of people only, and of measures that have a better and a worse."""

from datetime import date

import pytest

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import SHARES, Scale
from placewise_site.web.homes.standing import Standing


def stand(better: str, scale: Scale) -> Standing:
    """One area with 300 counted of 1,000."""
    cell = Cell(
        address="", level="place", area="harbour", area_name="Harbour", split="all", group="all",
        group_title="Everyone", month=date(2026, 3, 31), numerator=300, denominator=1000, value=0.3, lower=0.27,
        upper=0.33, state="shown", scale=scale,
    )  # fmt: skip
    return Standing("measure", "Measure", better, cell, cell)


@pytest.mark.parametrize(("better", "people"), [("higher", 700), ("lower", 300), ("neither", None)])
def test_those_without_the_good_thing_or_with_the_bad_one_miss_out(better: str, people: int | None) -> None:
    assert stand(better, SHARES).missing_out == people


@pytest.mark.parametrize("scale", [Scale(of_people=False, counted="Pathways"), Scale("rate", per=1000), Scale("mean")])
def test_nobody_is_said_to_miss_out_where_no_people_are_counted(scale: Scale) -> None:
    assert stand("higher", scale).missing_out is None
