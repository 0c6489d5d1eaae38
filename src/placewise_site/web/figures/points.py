"""The numbers a chart of method is made from, whoever counted them: months of a series, areas of a level, fifths.

Our own figures come from a release's cells (`point_of`), official ones from a publisher's rows: their charts are the
same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.measure_rows import missing_words

Floats = npt.NDArray[np.float64]


class NotDrawn(ValueError):
    """The numbers do not carry such a chart: one sentence, which may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a chart's numbers are of.

    title: of the measure; where: the area, in a sentence; scale: of the values (a share is from 0 to 1); better:
    higher, lower or neither; ambition: the level to reach, on the scale; notes: sentences a reader must know, at the
    end of the chart's own; counts: how the counts were made fit to be shown, a sentence of the caption.
    """

    title: str
    where: str
    scale: Scale
    better: str
    ambition: Ambition | None = None
    notes: tuple[str, ...] = ()
    counts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One number of a chart, or why there is none.

    name: of its row (March 2026, Quay Surgery); value: on the scale, None where missing; numerator, denominator: where
    counted; lower, upper: its 95% limits; missing: why there is no value; when: of a series, the last day of its month;
    settled: False for a month not complete yet; code: of the area or group; address: of its claim.
    """

    name: str
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    missing: str = ""
    when: date | None = None
    settled: bool = True
    code: str = ""
    address: str = ""


def point_of(cell: Cell, name: str) -> Point:
    return Point(
        name=name,
        value=cell.value,
        numerator=cell.numerator,
        denominator=cell.denominator,
        lower=cell.lower,
        upper=cell.upper,
        missing=missing_words(cell),
        when=cell.month,
        settled=cell.settled,
        code=cell.area if cell.split == "all" else cell.group,
        address=cell.address,
    )


def numbers(points: Sequence[Point], name: str) -> Floats:
    """float64[points] of one of their numbers, NaN where there is none."""
    return np.array([np.nan if (each := getattr(point, name)) is None else each for point in points], dtype=np.float64)


def number_or_none(number: float) -> float | None:
    """As tables and charts hold a number that may be missing."""
    return float(number) if np.isfinite(number) else None
