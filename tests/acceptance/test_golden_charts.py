"""XmR charts equal NHSRplotthedots, point by point: 13 cases, 2,956 points, every limit, rule, colour and icon."""

import csv
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest

from builders.charts import build_subject
from placewise.floor.statistics.control_charts.chart import ControlChart, build_control_chart
from placewise.floor.statistics.control_charts.special_causes import Rule
from placewise.floor.statistics.control_charts.xmr import get_xmr_limits
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.control_chart import Break, Method, control_chart
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import NotDrawn, Point

pytestmark = pytest.mark.realdata
BETTER = {"increase": "higher", "decrease": "lower", "neutral": "neither"}
WORDS = {
    Rule.OUTSIDE: ("Above UCL", "Below LCL"),
    Rule.TREND: ("7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
    Rule.TWO_OF_THREE: ("2 in 3 Above CL", "2 in 3 Below CL"),
    Rule.SHIFT: ("7 Points Above CL", "7 Points Below CL"),
}
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cases(realdata: Path) -> list[tuple[str, list[Rows], Rows]]:
    """Each case: its name, its series point by point, and their icons in the same order."""
    folder = realdata.parent / "golden" / "stats" / "spc"
    icons = {case: list(rows) for case, rows in groupby(read(folder / "icons_expected.csv"), itemgetter("case"))}
    charts = []
    for case, rows in groupby(read(folder / "points_expected.csv"), itemgetter("case")):
        series = [list(points) for _, points in groupby(rows, itemgetter("facet"))]
        charts.append((case, series, icons[case]))
    return charts


def numbers(series: list[Rows], column: str) -> np.ndarray:
    return np.array([[float(point[column]) for point in points] for points in series])


def draw(series: list[Rows], icons: Rows) -> ControlChart:
    """All series of a case at once."""
    values, phase = numbers(series, "value"), numbers(series, "rebase_group")
    options, target = icons[0], series[0][0]["target"]
    fixed = options["fix_after_n_points"]
    limits = get_xmr_limits(
        values, phase, screened=options["screen_outliers"] == "TRUE", first_points=int(fixed) if fixed else None
    )
    better = BETTER[options["improvement_direction"]]
    return build_control_chart(values, limits, better, target=float(target or "nan"), phase=phase)  # type: ignore[arg-type]


def test_every_limit_is_that_of_the_published_package(cases: list[tuple[str, list[Rows], Rows]]) -> None:
    assert sum(len(points) for _, series, _ in cases for points in series) == 2956
    for case, series, icons in cases:
        limits = draw(series, icons).limits
        for column, ours in (("mean", limits.centre), ("lpl", limits.lower), ("upl", limits.upper)):
            np.testing.assert_allclose(ours, numbers(series, column), rtol=1e-9, atol=1e-9, err_msg=case)


def test_every_point_has_its_rule_and_its_colour(cases: list[tuple[str, list[Rows], Rows]]) -> None:
    for case, series, icons in cases:
        chart = draw(series, icons)
        for area, points in enumerate(series):
            assert [point["point_type"] for point in points] == chart.point_type[area].tolist(), case
            assert [point["special_cause_type"] for point in points] == words(chart, area), case


def words(chart: ControlChart, area: int) -> list[str]:
    special = chart.special
    return [
        WORDS[Rule(rule)][0 if special.high[rule, area, point] else 1] if rule >= 0 else "Common Cause"
        for point, rule in enumerate(chart.rule[area].tolist())
    ]


def test_every_chart_has_its_two_icons(cases: list[tuple[str, list[Rows], Rows]]) -> None:
    for case, series, icons in cases:
        chart = draw(series, icons)
        assert [row["variation"] for row in icons] == chart.variation.tolist(), case
        assert [row["assurance"] for row in icons] == chart.assurance.tolist(), case


def draw_figure(points: Rows, icons: dict[str, str]) -> Figure:
    """A series through the builder of the pages: each point, the phases as stated breaks, and the target."""
    starts = [point for before, point in pairwise(points) if point["rebase_group"] != before["rebase_group"]]
    target = points[0]["target"]
    return control_chart(
        build_subject(
            Scale("mean", decimals=9), BETTER[icons["improvement_direction"]], float(target) if target else None
        ),
        [
            Point(name=point["date"], value=float(point["value"]), when=date.fromisoformat(point["date"]))
            for point in points
        ],
        method=Method.XMR,
        breaks=[Break(date.fromisoformat(point["date"]), "rebased") for point in starts],
        screened=icons["screen_outliers"] == "TRUE",
    )


def test_the_figures_of_pages_say_the_same_as_the_published_package(cases: list[tuple[str, list[Rows], Rows]]) -> None:
    kinds = {
        "common_cause": "Common cause", "special_cause_improvement": "Improvement", "special_cause_concern": "Concern",
        "special_cause_neutral_high": "Unusually high", "special_cause_neutral_low": "Unusually low",
    }  # fmt: skip
    seen = 0
    for case, series, icons in cases:
        for points, icon in zip(series, icons, strict=True):
            if icon["fix_after_n_points"]:
                continue  # pages have no such option
            try:
                figure = draw_figure(points, icon)
            except NotDrawn:
                assert len(points) < 10, case
                continue
            marks = [row.marks for row in figure.rows]
            assert [each["kind"] for each in marks] == [kinds[point["point_type"]] for point in points], case
            for name, column in (("centre", "mean"), ("lower", "lpl"), ("upper", "upl")):
                found = [each[name] for each in marks]
                np.testing.assert_allclose(found, [float(point[column]) for point in points], rtol=1e-9, atol=1e-9)
            assert [sign.kind for sign in figure.signs] == [
                {
                    "common_cause": "common",
                    "special_cause_improvement": "improvement",
                    "special_cause_concern": "concern",
                }.get(icon["variation"], "neutral"),
                *([icon["assurance"].removeprefix("consistent_")] if icon["assurance"] else []),
            ]
            seen += len(points)
    assert seen > 2000
