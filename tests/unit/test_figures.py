"""A figure's sentence, description, chart, table and CSV come from the same cells."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.comparison import comparison
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import BLUE, GREY, NARROW, NAVY, ORANGE, PLUM, SHAPES, SLATE, WIDE
from placewise_site.web.figures.measure_rows import gridlines, value_range
from placewise_site.web.figures.trend import latest_sentence, trend
from placewise_site.web.figures.wording import value_heading, value_words

AMBITION = read_ambition({"value": 0.9, "by": "2029-03", "source": "invented"})


def build_cell(area: str, month: date, value: float | None, state: str = "shown") -> Cell:
    numbers = {"numerator": None, "denominator": None, "value": None, "lower": None, "upper": None}
    if value is not None:
        numbers = {"numerator": round(value * 1000), "denominator": 1000, "value": value}
        numbers |= {"lower": value - 0.03, "upper": value + 0.03}
    address = f"r-1/measure/{area}/{month:%Y-%m}/all/all"
    return Cell(
        address=address, level="place", area=area, area_name=area.capitalize(), split="all", group="all",
        group_title="Everyone", month=month, state=state, **numbers,
    )  # fmt: skip


def test_months_that_are_not_complete_yet_are_marked_in_sentence_table_and_chart() -> None:
    scale = Scale("rate", per=1000)
    cells = [
        replace(build_cell("harbour", date(2026, month, 28), 0.5), scale=scale, value=300.0 - month, settled=month < 3)
        for month in range(1, 5)
    ]
    figure = trend("Visits", cells, None)
    assert "The 2 months from March 2026 are not complete yet" in figure.sentence
    assert "between 296.0 per 1,000 and 299.0 per 1,000" in figure.sentence
    assert [row.entries[-1].words for row in figure.rows] == ["complete"] * 2 + ["not complete yet"] * 2
    assert figure.table.csv().decode().count("not complete yet") == 2
    assert '"settled": false' in json.dumps(figure.draw(figure, WIDE))


@pytest.fixture
def months() -> list[Cell]:
    """Six months of one place: the third hidden, the fifth not reported."""
    values = [0.60, 0.62, None, 0.64, None, 0.66]
    states = ["shown", "shown", "hidden", "shown", "no_data", "shown"]
    return [
        build_cell("harbour", date(2026, i + 1, 28), v, s) for i, (v, s) in enumerate(zip(values, states, strict=True))
    ]


@pytest.fixture
def over_time(months: list[Cell]) -> Figure:
    return trend("People treated", months, AMBITION)


@pytest.fixture
def by_place(months: list[Cell]) -> Figure:
    june = date(2026, 6, 28)
    cells = [build_cell("marsh", june, 0.55), build_cell("hill", june, None, "hidden"), build_cell("quay", june, 0.71)]
    return comparison("place", "Place", "People treated", cells, months[-1], AMBITION)


def values_drawn(figure: Figure) -> list[float | None]:
    """The values in the data of the chart's specification."""
    tables = figure.spec(WIDE)["datasets"].values()
    rows = max((rows for rows in tables if "lower" in rows[0]), key=len)
    return [row["value"] for row in rows]


def rows_of_csv(figure: Figure) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(figure.table.csv().decode("utf-8-sig"))))


def contrast_with_white(colour: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


@pytest.mark.parametrize("colour", [BLUE, NAVY, PLUM, GREY, SLATE, ORANGE])
def test_each_colour_for_marks_stands_out_three_to_one_on_white(colour: str) -> None:
    assert contrast_with_white(colour) >= 3


def test_the_chart_the_table_and_the_csv_hold_the_same_numbers(over_time: Figure) -> None:
    drawn = [f"{value * 100:.1f}" if value is not None else None for value in values_drawn(over_time)]
    table = [row.entries[1].words for row in over_time.rows]
    assert drawn == ["60.0", "62.0", None, "64.0", None, "66.0"]
    assert table == ["60.0", "62.0", "hidden to protect privacy", "64.0", "not reported", "66.0"]
    assert [row["Per cent"] for row in rows_of_csv(over_time)] == table


def test_a_hidden_month_and_a_missing_one_are_gaps_and_never_zero(over_time: Figure) -> None:
    assert over_time.spec(WIDE)["config"]["mark"]["invalid"].startswith("break-paths")
    assert "0" not in [row["Counted"] for row in rows_of_csv(over_time)]
    assert "1 month is hidden to protect privacy: a gap in the line" in over_time.description
    assert "1 month is not reported: a gap in the line" in over_time.description


def test_the_sentence_of_the_latest_month_gives_value_counts_and_interval(months: list[Cell]) -> None:
    assert latest_sentence(months[-1]) == "Harbour, June 2026: 66.0% (660 of 1,000; 95% interval 63.0% to 69.0%)."
    assert latest_sentence(months[2]) == "Harbour, March 2026: hidden to protect privacy."


@pytest.mark.parametrize(
    ("scale", "made_of"),
    [
        (
            Scale("rate", per=1000, of_people=False, counted="Antibacterial items"),
            "500 antibacterial items among 1,000",
        ),
        (Scale("mean", unit="mmHg"), "of 1,000 people"),
        (Scale("median", unit="days", of_people=False, counted="Pathways"), "of 1,000 pathways"),
        (Scale(of_people=False, counted="Hospital stays"), "500 of 1,000 hospital stays"),
        (Scale(), "500 of 1,000"),
    ],
)
def test_what_is_counted_is_named_where_it_need_not_be_people(scale: Scale, made_of: str) -> None:
    cell = replace(build_cell("harbour", date(2026, 1, 31), 0.5), scale=scale)
    assert f"({made_of}; 95% interval" in latest_sentence(cell)
    headings = [column.title for column in trend("Measure", [cell], None).table.columns]
    assert (scale.counted in headings) is not scale.is_share


def test_the_axis_takes_in_the_ambition_and_every_limit(over_time: Figure, by_place: Figure) -> None:
    for figure in (over_time, by_place):
        low, high = figure.scale["range"]
        assert low <= 0.52 if figure is by_place else low <= 0.57
        assert high >= 0.9


def test_an_axis_without_numbers_runs_from_nothing_to_everything() -> None:
    assert value_range([build_cell("hill", date(2026, 6, 28), None, "hidden")]) == (0.0, 1.0)


@pytest.mark.parametrize(("low", "high"), [(0.0, 400.0), (290.0, 350.0), (133.8, 137.2), (0.4, 0.45), (30.0, 30.0)])
def test_an_axis_of_a_rate_or_mean_ends_on_gridlines(low: float, high: float) -> None:
    rate = Scale("rate", per=1000)
    cells = [replace(build_cell("harbour", date(2026, 1, 31), 0.5), scale=rate, value=low, lower=low, upper=high)]
    ends = value_range(cells)
    assert ends[0] <= low < ends[1] and high <= ends[1]
    for shape in SHAPES.values():
        lines = gridlines(*ends, shape.ticks, rate)
        assert 2 <= len(lines) <= shape.ticks + 1
        assert ends[0] <= lines[0] < lines[-1] <= ends[1]


@pytest.mark.parametrize(
    ("scale", "words", "heading"),
    [
        (Scale(), "1234.5%", "Per cent"),
        (Scale("rate", per=1000), "12.3 per 1,000", "Per 1,000"),
        (Scale("mean", unit="mmHg"), "12.3 mmHg", "Mean (mmHg)"),
        (Scale("median", unit="days", decimals=0), "12 days", "Median (days)"),
        (Scale("mean", decimals=2), "12.35", "Mean"),
    ],
)
def test_a_value_is_said_with_its_unit(scale: Scale, words: str, heading: str) -> None:
    assert value_words(12.345, scale) == words
    assert value_heading(scale) == heading


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.65, 0.9), (0.7, 0.8), (0.05, 0.95)])
def test_an_axis_has_few_gridlines_within_its_range(low: float, high: float) -> None:
    for shape in SHAPES.values():
        lines = gridlines(low, high, shape.ticks)
        assert 2 <= len(lines) <= shape.ticks
        assert low <= min(lines) <= max(lines) <= high


def test_sorting_moves_table_and_chart_together_and_leaves_the_missing_last(by_place: Figure) -> None:
    fallen = by_place.sort("-value")
    assert [row.title for row in fallen.rows] == ["Quay", "Marsh", "Hill"]
    assert [row["Place"] for row in rows_of_csv(fallen)] == ["Quay", "Marsh", "Hill"]
    assert '"sort": ["Quay", "Marsh", "Hill"]' in json.dumps(fallen.spec(WIDE))
    assert [row.title for row in by_place.sort("value").rows] == ["Marsh", "Quay", "Hill"]
    assert by_place.sort("nonsense") == by_place


def test_each_row_leads_to_its_claim(by_place: Figure) -> None:
    assert [row.entries[1].address for row in by_place.rows] == [
        "r-1/measure/marsh/2026-06/all/all",
        "r-1/measure/hill/2026-06/all/all",
        "r-1/measure/quay/2026-06/all/all",
    ]


def test_a_comparison_is_with_the_whole_and_calls_nobody_good_or_bad(by_place: Figure) -> None:
    assert by_place.sentence == "From 55.0% (Marsh) to 71.0% (Quay); 66.0% for Harbour as a whole, June 2026."
    assert "#E46C0A" not in json.dumps(by_place.spec(WIDE))  # orange is for concern


def test_a_group_that_nobody_is_in_is_not_called_hidden() -> None:
    june = date(2026, 6, 28)
    nobody = build_cell("hill", june, None, "shown")
    figure = comparison("place", "Place", "People treated", [nobody], build_cell("all", june, 0.6), None)
    assert figure.rows[0].entries[1].words == "nobody in this group"


def test_the_size_of_a_drawing_is_known_before_it_is_drawn(by_place: Figure) -> None:
    assert by_place.size(WIDE)[0] == 860
    assert by_place.size(NARROW)[0] == 360


def test_an_ambition_is_told_by_its_month() -> None:
    assert AMBITION is not None
    assert AMBITION.words == "90% by March 2029"
    assert read_ambition(None) is None
    assert read_ambition({"value": 0.75}).words == "75%"  # type: ignore[union-attr]
