"""A slope of inequality says one thing in its sentence, chart, table and files."""

import altair as alt
import pytest

from builders.charts import build_fifths, build_subject, drawn_in, rows_of
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.drawing import draw_svg
from placewise_site.web.figures.house import NARROW, SHAPES, WIDE
from placewise_site.web.figures.inequality_slope import inequality_slope
from placewise_site.web.figures.points import NotDrawn, Point

FIFTHS = "Deprivation fifth (1 is most deprived)"
STEEP = [(500, 1000), (550, 1000), (600, 1000), (650, 1000), (700, 1000)]


def draw(counts: list = STEEP, better: str = "higher"):
    return inequality_slope(build_subject(better=better), build_fifths(counts), period="March 2026", compared=FIFTHS)


@pytest.fixture
def steep():
    return draw()


def test_five_points_a_fifth_make_a_slope_of_twenty_five(steep) -> None:
    """Fifths of one size stand at 10%, 30% ... of people: a rise of 5 points a fifth is 25 from end to end."""
    rows = {row[FIFTHS]: row for row in rows_of(steep)}
    assert rows["Slope index of inequality"]["Value"] == "25.0"
    assert rows["Slope index of inequality"]["Unit"] == "percentage points"
    assert rows["Relative index of inequality"]["Value"] == f"{72.5 / 47.5:.2f}"
    assert rows["Absolute gap (least less most deprived)"]["Value"] == "20.0"
    assert rows["Relative gap (least to most deprived)"]["Value"] == "1.40"
    assert [rows[fifth]["On the line"] for fifth in "12345"] == ["50.0", "55.0", "60.0", "65.0", "70.0"]


def test_the_sentence_table_file_and_chart_tell_the_same_numbers(steep) -> None:
    rows = {row[FIFTHS]: row for row in rows_of(steep)}
    gap, slope = rows["Absolute gap (least less most deprived)"], rows["Slope index of inequality"]
    assert steep.sentence.startswith(
        "Harbour, March 2026: 50.0% in fifth 1, the most deprived, and 70.0% in fifth 5, the least deprived: a gap of "
        f"20.0 percentage points (95% interval {gap['Lower 95% limit']} to {gap['Upper 95% limit']}) and a ratio of 1.4"
    )
    assert (
        f"the slope index is 25.0 percentage points (95% interval {slope['Lower 95% limit']} to "
        f"{slope['Upper 95% limit']})" in steep.sentence
    )
    assert steep.sentence.endswith("the more deprived fare worse, by more than chance explains.")
    for row in drawn_in(steep, "middle"):
        assert f"{row['value'] * 100:.1f}" == rows[row["title"]]["Value"]
        assert f"{(row['to'] - row['from']) * 100:.1f}" == rows[row["title"]]["Share of people (%)"]
    for shape in (WIDE, NARROW):
        assert "Line from 47.5% to 72.5%" in draw_svg(steep, shape)


def test_where_lower_is_better_a_gap_is_still_what_the_most_deprived_lose() -> None:
    figure = draw(STEEP[::-1], better="lower")
    assert "a gap of 20.0 percentage points" in figure.sentence
    assert "the more deprived fare worse" in figure.sentence


def test_a_slope_within_its_interval_is_not_called_one() -> None:
    figure = draw([(60, 100), (58, 100), (61, 100), (59, 100), (61, 100)])
    assert figure.sentence.endswith("no slope that chance does not explain.")


def test_no_difference_has_no_sign() -> None:
    assert "a gap of 0.0 percentage points" in draw([(60, 100)] * 5).sentence
    assert "-0.0" not in draw([(60, 100)] * 5).sentence


def test_a_hidden_fifth_is_told_and_no_line_is_drawn() -> None:
    fifths = build_fifths(STEEP)
    fifths[2] = Point(name="3", value=None, missing="hidden to protect privacy")
    with pytest.raises(NotDrawn, match="needs all 5 groups, each with its interval, and 4 can be shown"):
        inequality_slope(build_subject(), fifths, period="March 2026", compared=FIFTHS)


def test_a_mean_has_its_gap_in_its_own_unit() -> None:
    means = [
        Point(name=str(place + 1), value=140 - place, denominator=500, lower=139.0 - place, upper=141.0 - place)
        for place in range(5)
    ]
    subject = build_subject(Scale("mean", unit="mmHg"), better="lower")
    figure = inequality_slope(subject, means, period="March 2026", compared=FIFTHS)
    assert "a gap of 4.0 mmHg" in figure.sentence
    assert rows_of(figure)[5]["Unit"] == "mmHg"


def test_the_specification_is_valid_vega_lite_in_every_shape(steep) -> None:
    for shape in SHAPES.values():
        alt.LayerChart.from_dict(steep.spec(shape))  # raises SchemaValidationError
