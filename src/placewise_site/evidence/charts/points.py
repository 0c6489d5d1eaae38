"""The numbers a chart is computed from, whoever counted them: months of a series, areas of a level, fifths."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


class NotDrawn(ValueError):
    """The numbers do not carry such a chart: one sentence, which may be shown."""


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


def numbers(points: Sequence[Point], name: str) -> Floats:
    """float64[points] of one of their numbers, NaN where there is none."""
    return np.array([np.nan if (each := getattr(point, name)) is None else each for point in points], dtype=np.float64)


def number_or_none(number: float) -> float | None:
    """As tables and charts hold a number that may be missing."""
    return float(number) if np.isfinite(number) else None
