"""A funnel plot says one thing in its sentence, chart, table and files, and says what its limits allow for."""

import altair as alt
import numpy as np
import pytest

from builders.charts import MEAN, build_areas, build_subject, drawn_in, rows_of
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.drawing import draw_svg
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_plot import funnel_plot
from placewise_site.web.figures.house import NARROW, SHAPES, WIDE
from placewise_site.web.figures.points import NotDrawn

EVEN = [(60, 100), (120, 200), (175, 300), (245, 400), (300, 500)]


def draw(counts: list, **more) -> Figure:
    asked = {"period": "March 2026", "compared": "Practice"} | more
    return funnel_plot(build_subject(), build_areas(counts), **asked)


def test_the_sentence_table_file_and_chart_tell_the_same_numbers() -> None:
    figure = draw([*EVEN, (40, 100), None], own="A05")
    assert figure.sentence == (
        "Harbour, March 2026: 6 practices about 58.8%. By chance alone 1 lies outside the 95% limits, 1 of them "
        "outside 99.8%. 1 is not shown. Surgery 5, 40.0%, lies below the 99.8% limit."
    )
    rows = rows_of(figure)
    assert rows[5] == {
        "Practice": "Surgery 5", "Per cent": "40.0", "Counted": "40", "Out of": "100",
        "By chance alone (exact)": "below the 99.8% limit",
    }  # fmt: skip
    assert rows[6]["Per cent"] == "hidden to protect privacy"
    drawn = {row["title"]: row for row in drawn_in(figure, "kind")}
    for row in rows[:6]:
        assert f"{drawn[row['Practice']]['value'] * 100:.1f}" == row["Per cent"]
        assert f"{drawn[row['Practice']]['size']:.0f}" == row["Out of"]
    assert "Surgery 6" not in drawn
    assert "Worse, beyond 99.8%: 1." in figure.description


def test_limits_say_whether_they_allow_for_overdispersion() -> None:
    few = draw(EVEN)
    assert "without overdispersion" in few.caption
    assert "Overdispersion is not told from fewer than 10 areas." in few.caption
    alike = draw([(60 + step, 100) for step in (-4, -3, -2, -1, 0, 0, 1, 2, 3, 4, 2, -2)])
    assert "nothing is allowed for overdispersion" in alike.caption
    apart = draw([(600 + step, 1000) for step in (-70, -50, -40, -30, -10, 0, 10, 30, 40, 50, 70, 20)])
    assert "Shaded: limits that allow for overdispersion (Spiegelhalter)" in apart.caption
    assert (
        "Allowing for how far they usually lie apart (overdispersion), none lies outside the 95% limits"
        in apart.sentence
    )
    assert rows_of(apart)[0]["By chance alone (exact)"] == "below the 99.8% limit"
    assert rows_of(apart)[0]["With overdispersion"] == "within the limits"


def test_the_drawn_limits_are_those_the_areas_are_judged_by() -> None:
    """A share of 60% among 100: Wilson's 95% limits about it are 50.2% and 69.1%, and the funnel's 50.4% and 69.6%."""
    figure = draw([(60, 100)] * 5)
    lower, upper = (dict(figure.scale["curves"][f"exact 95% {side}"]) for side in ("lower", "upper"))
    nearest = min(lower, key=lambda size: abs(size - 100))
    reach = 1.959964 * np.sqrt(0.6 * 0.4 / nearest)
    assert lower[nearest] == pytest.approx(0.6 - reach, abs=1e-6)
    assert upper[nearest] == pytest.approx(0.6 + reach, abs=1e-6)


def test_a_rate_is_judged_by_the_exact_limits_of_its_count() -> None:
    scale = Scale("rate", per=1000, of_people=False, counted="Admissions", among="Stays")
    areas = build_areas([(50, 1000), (52, 1000), (98, 2000), (10, 1000)], per=1000)
    figure = funnel_plot(build_subject(scale, better="lower"), areas, period="2025", compared="Trust", own="A03")
    assert "Surgery 3, 10.0 per 1,000, lies below the 99.8% limit" in figure.sentence
    assert "by the exact Poisson distribution" in figure.caption
    assert [row.marks["kind"] for row in figure.rows][3] == "Better, beyond 99.8%"
    assert "Size: number of stays" in draw_svg(figure, WIDE)


@pytest.mark.requirement("S102")
def test_a_funnel_adjusted_for_case_mix_flags_the_planted_outlier_and_leaves_units_in_control() -> None:
    """200 units whose expected events differ by case mix: those in control at their own expectation, and one planted
    three standard deviations beyond the 99.8% limits' own distance."""
    draws = np.random.default_rng(11)
    expected = draws.uniform(20, 400, 200).round(1)
    observed = draws.poisson(expected)
    observed[7] = round(expected[7] + 4 * np.sqrt(expected[7]))
    scale = Scale("rate", per=1, decimals=2, of_people=False, counted="Events", among="Expected events")
    figure = funnel_plot(
        build_subject(scale, better="lower"),
        build_areas(list(zip(observed.tolist(), expected.tolist(), strict=True))),
        period="2025", compared="Unit", target=1.0,
    )  # fmt: skip
    stands = [row["By chance alone (exact)"] for row in rows_of(figure)]
    assert stands[7] == "above the 99.8% limit"
    in_control = stands[:7] + stands[8:]
    assert np.mean(["99.8%" in each for each in in_control]) <= 0.05
    assert 0.91 <= np.mean([each == "within the limits" for each in in_control]) <= 0.99  # 95%, and chance
    assert [row.marks["kind"] for row in figure.rows][7] == "Worse, beyond 99.8%"


def test_the_own_area_is_named_in_the_key_and_those_furthest_out_beside_their_points() -> None:
    figure = draw([*EVEN, (40, 100), (95, 100)], own="A02")
    for shape in (WIDE, NARROW):
        assert "Surgery 2" in draw_svg(figure, shape)
    assert "Surgery 5" in draw_svg(figure, WIDE)


def test_too_few_areas_and_means_are_refused_in_a_sentence() -> None:
    with pytest.raises(NotDrawn, match="needs 3 areas and half of them all, and 2 of 3 can be shown"):
        draw([(6, 10), (5, 10), None])
    with pytest.raises(NotDrawn, match="a mean or median has none"):
        funnel_plot(build_subject(MEAN), build_areas(EVEN), period="2025", compared="Practice")


def test_the_specification_is_valid_vega_lite_in_every_shape() -> None:
    figure = draw([*EVEN, (40, 100)], own="A05")
    for shape in SHAPES.values():
        alt.LayerChart.from_dict(figure.spec(shape))  # raises SchemaValidationError


def test_sorting_the_table_leaves_the_chart_as_it_is() -> None:
    figure = draw([*EVEN, (40, 100)])
    fallen = figure.sort("-value")
    assert rows_of(fallen)[0]["Practice"] == "Surgery 3"
    assert sorted(map(str, drawn_in(fallen, "kind"))) == sorted(map(str, drawn_in(figure, "kind")))
