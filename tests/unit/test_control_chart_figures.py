"""A control chart says one thing in its sentence, icons, chart, table and files, and says which method it is."""

from xml.etree import ElementTree

import altair as alt
import pytest

from builders.charts import MEAN, build_months, build_subject, drawn_in, month_end, rows_of
from placewise_site.evidence.charts.method import choose_method
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.control_chart import Break, Method, control_chart
from placewise_site.web.figures.drawing import draw_png, draw_svg
from placewise_site.web.figures.house import ALONE, SHAPES, WIDE
from placewise_site.web.figures.points import NotDrawn

STEADY = [0.60, 0.61, 0.59, 0.60, 0.62, 0.58, 0.60, 0.61, 0.59, 0.60, 0.61, 0.60]


@pytest.fixture
def risen():
    """Twelve months about 60% of 200 people, then one of 75%."""
    return control_chart(build_subject(reach=0.8), build_months([*STEADY, 0.75], of=200))


def test_the_sentence_table_file_chart_and_icons_tell_the_same_numbers(risen) -> None:
    last = rows_of(risen)[-1]
    assert risen.sentence.startswith(
        "Harbour, April 2022: 75.0%, marked as special cause: above the upper limit "
        f"(limits {last['Lower limit (%)']}% to {last['Upper limit (%)']}%). The rules mark 8 of 13 months."
    )
    assert sum(": " in row["Reading"] for row in rows_of(risen)) == 8  # the rise leaves a run below the centre line
    assert last["Reading"] == "Improvement: above the upper limit"
    assert [sign.words for sign in risen.signs] == [
        "Variation: special cause improvement (high)",
        "Assurance: consistently not met",
    ]
    drawn = drawn_in(risen, "centre")
    for name, column in (("value", "Per cent"), ("lower", "Lower limit (%)"), ("upper", "Upper limit (%)")):
        assert [f"{row[name] * 100:.1f}" for row in drawn] == [row[column] for row in rows_of(risen)]
    assert [row.entries[1].words for row in risen.rows] == [row["Per cent"] for row in rows_of(risen)]
    svg = draw_svg(risen, WIDE)
    assert f"Upper limit {last['Upper limit (%)']}%" in svg
    assert "To reach 80.0%" in svg


def test_a_chart_taken_from_its_page_takes_its_icons_and_their_words_along(risen) -> None:
    alone, on_page = draw_svg(risen, ALONE), draw_svg(risen, WIDE)
    for sign in risen.signs:
        assert sign.icon in alone
        assert sign.words in alone
        assert sign.words not in on_page.split("</desc>")[1]
    ElementTree.fromstring(alone)
    assert draw_png(risen).startswith(b"\x89PNG")


def test_the_caption_says_method_screening_run_length_and_what_the_counts_are(risen) -> None:
    assert risen.caption.startswith("XmR chart: limits from the changes between neighbouring months.")
    assert "Changes of 3.267 times their mean or more are left out of the limits once." in risen.caption
    assert "7 in a row on one side" in risen.caption
    six = control_chart(build_subject(counts="Counts rounded to 5."), build_months(STEADY, of=200), run_length=6)
    assert "6 in a row on one side, or 6 rising or falling." in six.caption
    assert six.caption.endswith("Counts rounded to 5.")


def test_a_series_within_its_limits_is_common_cause() -> None:
    figure = control_chart(build_subject(reach=0.6), build_months(STEADY, of=200))
    assert "common cause, no change. The rules mark none of 12 months." in figure.sentence
    assert "The level to reach, 60.0%, lies within the limits: it may be met or missed by chance." in figure.sentence


def test_hidden_months_and_months_not_reported_are_gaps_told_as_such() -> None:
    values = [*STEADY[:4], None, None, *STEADY[4:]]
    months = build_months(values, of=200, missing=[""] * 4 + ["hidden to protect privacy", "not reported"] + [""] * 8)
    figure = control_chart(build_subject(), months)
    assert "1 month is hidden to protect privacy: a gap in the line." in figure.description
    assert "1 month is not reported: a gap in the line." in figure.description
    rows = rows_of(figure)
    assert [rows[place]["Reading"] for place in (4, 5)] == ["hidden to protect privacy", "not reported"]
    assert [rows[place]["Per cent"] for place in (4, 5)] == ["hidden to protect privacy", "not reported"]
    assert {row["words"] for row in drawn_in(figure, "until")} == {"hidden to protect privacy", "not reported"}
    assert "not reported" in draw_svg(figure, WIDE)


def test_a_month_not_complete_yet_is_marked_and_takes_no_part() -> None:
    months = build_months([*STEADY, 0.1], of=200, settled=[True] * 12 + [False])
    figure = control_chart(build_subject(), months)
    whole = control_chart(build_subject(), build_months(STEADY, of=200))
    assert "The newest 1 are not complete yet (hollow) and take no part." in figure.sentence
    assert rows_of(figure)[-1]["Reading"] == "not complete yet"
    assert rows_of(figure)[0]["Upper limit (%)"] == rows_of(whole)[0]["Upper limit (%)"]
    assert figure.sentence.startswith("Harbour, March 2022")


def test_a_stated_break_begins_limits_and_rules_anew_and_is_named() -> None:
    moved = build_months([*STEADY, *(value - 0.2 for value in STEADY)], of=200)
    here = Break(month_end(12), "the pandemic")
    figure = control_chart(build_subject(), moved, breaks=[here])
    rows = rows_of(figure)
    assert {row["Centre line (%)"] for row in rows} == {"60.1", "40.1"}
    assert all(row["Reading"] == "Common cause" for row in rows)
    assert "Begun anew: the pandemic." in figure.caption
    assert "the pandemic" in draw_svg(figure, WIDE)


@pytest.mark.parametrize(
    ("scale", "of", "method"),
    [
        (Scale(), 999, Method.XMR),
        (Scale(), 1000, Method.P_PRIME),
        (Scale("rate", per=1000), 1000, Method.U_PRIME),
        (MEAN, 100_000, Method.XMR),
    ],
)
def test_the_chart_is_chosen_by_a_stated_rule(scale: Scale, of: int, method: Method) -> None:
    assert choose_method(build_months(STEADY, of=of), scale) == method


def test_limits_of_a_rate_are_on_its_scale() -> None:
    scale = Scale("rate", per=1000)
    counted = [value / 10 * 2000 for value in STEADY]
    months = build_months([value / 10 * 1000 for value in STEADY], numerator=counted, denominator=[2000] * len(STEADY))
    row = rows_of(control_chart(build_subject(scale), months))[0]
    assert float(row["Lower limit"]) < 60 < float(row["Upper limit"])
    assert row["Centre line"] == "60.1"


def test_rare_events_are_charted_by_the_time_between_them() -> None:
    gaps = build_months([31.0, 12, 45, 20, 66, 8, 30, 25, 51, 17, 40, 900.0])
    days = Scale("time between events", unit="days", decimals=0)
    figure = control_chart(build_subject(days, better="higher"), gaps, method=Method.T)
    assert figure.caption.startswith("t chart, for rare events: the time between each and the next, with exact limits.")
    assert "900 days, marked as special cause: above the upper limit" in figure.sentence
    assert "of 12 gaps" in figure.sentence
    assert [sign.kind for sign in figure.signs] == ["improvement"]


def test_a_monthly_chart_of_rare_events_and_one_of_too_few_months_are_refused_in_a_sentence() -> None:
    with pytest.raises(NotDrawn, match="More than half of the months that can be shown have none"):
        control_chart(build_subject(), build_months([0.0] * 8 + [0.01] * 4, of=500))
    with pytest.raises(NotDrawn, match="needs 10 numbers that are complete, and 9 of 12 can be shown"):
        control_chart(build_subject(), build_months([*STEADY[:9], None, None, None], of=200))


@pytest.mark.parametrize("better", ["higher", "lower", "neither"])
def test_shape_tells_the_side_and_colour_is_never_alone(better: str) -> None:
    figure = control_chart(build_subject(better=better), build_months([*STEADY, 0.75], of=200))
    kind = {"higher": "Improvement", "lower": "Concern", "neither": "Unusually high"}[better]
    assert rows_of(figure)[-1]["Reading"] == f"{kind}: above the upper limit"
    points = next(
        layer
        for layer in figure.spec(WIDE)["layer"]
        if layer["encoding"].get("shape") and layer["mark"]["type"] == "point"
    )
    looks = points["encoding"]["shape"]["scale"]
    assert looks["range"][looks["domain"].index(kind)] == "triangle-up"


def test_the_specification_is_valid_vega_lite_in_every_shape(risen) -> None:
    for shape in SHAPES.values():
        alt.LayerChart.from_dict(risen.spec(shape))  # raises SchemaValidationError


def test_a_chart_that_stands_alone_carries_icons_method_and_source_in_words(risen) -> None:
    heading = risen.spec(ALONE)["title"]
    told = " ".join(heading["subtitle"])
    assert "Variation: special cause improvement (high). Assurance: consistently not met" in told
    assert "XmR chart" in told
    assert " ".join(heading["text"]) == "People treated, Harbour"
