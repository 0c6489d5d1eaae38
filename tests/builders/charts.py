"""Numbers of a chart as somebody counted or published them, and reading back what its figure says of them."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from placewise.floor.statistics.proportion import get_wilson_limits
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.drawing import spec_json
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.wording import month_words

SHARE = Scale()
MEAN = Scale("mean", unit="days")


def build_subject(scale: Scale = SHARE, better: str = "higher", reach: float | None = None, **more: Any) -> Subject:
    ambition = None if reach is None else Ambition(reach, "March 2029", "invented", scale)
    return Subject(title="People treated", where="Harbour", scale=scale, better=better, ambition=ambition, **more)


def month_end(place: int, first: date = date(2021, 4, 1)) -> date:
    year, month = divmod(first.month - 1 + place + 1, 12)
    return date(first.year + year, month + 1, 1) - timedelta(days=1)


def build_months(values: Sequence[float | None], of: int | None = None, **others: Sequence[Any]) -> list[Point]:
    """A month each from April 2021; a value None is hidden; of: the denominator of each, so that it is counted."""
    points = []
    for place, value in enumerate(values):
        when = month_end(place)
        counted = {"numerator": value * of, "denominator": of} if of and value is not None else {}
        missing = "" if value is not None else "hidden to protect privacy"
        more = {name: each[place] for name, each in others.items()}
        points.append(
            Point(**{"name": month_words(when), "value": value, "when": when, "missing": missing} | counted | more)
        )
    return points


def build_areas(counts: Sequence[tuple[float, float] | None], per: int = 1) -> list[Point]:
    """An area each, with its numerator and denominator; None is hidden."""
    areas = []
    for place, pair in enumerate(counts):
        numbers = {"value": None, "missing": "hidden to protect privacy"}
        if pair is not None:
            numbers = {"value": pair[0] / pair[1] * per, "numerator": pair[0], "denominator": pair[1]}
        areas.append(Point(name=f"Surgery {place}", code=f"A{place:02}", **numbers))
    return areas


def build_fifths(counts: Sequence[tuple[int, int]]) -> list[Point]:
    """The five fifths of a share, the most deprived first, with Wilson's limits."""
    lower, upper = get_wilson_limits([x for x, _ in counts], [n for _, n in counts])
    return [
        Point(name=str(place + 1), value=x / n, numerator=x, denominator=n, lower=float(low), upper=float(high))
        for place, ((x, n), low, high) in enumerate(zip(counts, lower, upper, strict=True))
    ]


def rows_of(figure: Figure) -> list[dict[str, str]]:
    """The rows of its CSV file."""
    return list(csv.DictReader(io.StringIO(figure.table.csv().decode("utf-8-sig"))))


def drawn_in(figure: Figure, field: str) -> list[dict[str, Any]]:
    """The longest table of its Vega-Lite file whose rows have a field."""
    tables = json.loads(spec_json(figure))["datasets"].values()
    return max((rows for rows in tables if rows and field in rows[0]), key=len)
