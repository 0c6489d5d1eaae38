"""Words beside the lines of a chart never lie on each other, and move no further than they must."""

import pytest

from placewise_site.web.figures.chart_labels import apart


@pytest.mark.parametrize(
    ("places", "stand"),
    [
        ([10, 50, 90], [10, 50, 90]),
        ([50, 51], [45.5, 55.5]),
        ([51, 50], [55.5, 45.5]),
        ([50, 50, 50], [40, 50, 60]),
        ([0, 1], [0, 10]),
        ([99, 100], [90, 100]),
        ([20, 29, 40], [19.5, 29.5, 40]),
    ],
)
def test_labels_stand_ten_apart_within_the_axis_in_their_order(places: list[float], stand: list[float]) -> None:
    assert apart(places, 10, 0, 100) == pytest.approx(stand)
