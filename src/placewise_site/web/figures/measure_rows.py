"""The table of a measure's figure: one row a cell, the same columns whatever the cells are compared by."""

from collections.abc import Iterable
from math import ceil, floor, log10

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import SHARES, Scale
from placewise_site.web.figures.table import Column, Entry, Row, number_entry
from placewise_site.web.figures.wording import count_words, state_words, value_heading, value_number, value_words


def number_columns(scale: Scale) -> tuple[Column, ...]:
    """The columns of numbers, in order: the value, what it is made of, its limits."""
    unit = " (%)" if scale.is_share else ""
    counts = (("numerator", "Counted" if scale.is_share else scale.counted),) if scale.counts else ()
    return tuple(
        Column(key, title, is_number=True)
        for key, title in (
            ("value", value_heading(scale)),
            *counts,
            ("denominator", scale.among or "Out of" if scale.counts else scale.counted),
            ("lower", f"Lower 95% limit{unit}"),
            ("upper", f"Upper 95% limit{unit}"),
        )
    )


def measure_row(title: str, first: Entry, cell: Cell) -> Row:
    """A row headed by `first`. A cell without a number says why in the first column of numbers; the rest stay empty."""
    scale = cell.scale
    value = number_entry(value_number(cell.value, scale), cell.value, missing_words(cell), cell.address)
    lower, upper = (number_entry(value_number(limit, scale), limit) for limit in (cell.lower, cell.upper))
    numbers = (cell.numerator, cell.denominator) if scale.counts else (cell.denominator,)
    counts = [number_entry(count_words(number), number) for number in numbers]
    marks = {
        "title": title,
        "value": cell.value,
        "lower": cell.lower,
        "upper": cell.upper,
        "words": value_words(cell.value, scale),
    }
    return Row(title, (first, value, *counts, lower, upper), marks)


def missing_words(cell: Cell) -> str:
    """Why a cell has no value: hidden, not reported, or a group that nobody is in."""
    return "" if cell.value is not None else state_words(cell.state) or "nobody in this group"


def axis_format(scale: Scale, lines: list[float]) -> str:
    """How the axis writes its numbers: whole where the steps are."""
    if scale.is_share:
        return ".0%"
    return ",.0f" if all(float(line).is_integer() for line in lines) else f",.{max(scale.decimals, 1)}f"


def gridlines(low: float, high: float, most: int, scale: Scale = SHARES) -> list[float]:
    """Where the axis is marked, at most so often: whole steps of 1, 2, 5, 10 or 20%, or of 1, 2 or 5 times a power of
    ten."""
    if not scale.is_share:
        step = _step(high - low, most)
        return [round(place * step, 9) for place in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
    low_cent, high_cent = round(low * 100), round(high * 100)
    for step in (1, 2, 5, 10, 20, 50):
        lines = range(-(-low_cent // step) * step, high_cent + 1, step)
        if len(lines) <= most:
            break
    return [cent / 100 for cent in lines]


def value_range(cells: list[Cell], *others: float | None) -> tuple[float, float]:
    """The axis: every value and limit shown and every reference line."""
    shown = [each for cell in cells for each in (cell.value, cell.lower, cell.upper)]
    return number_range([*shown, *others], cells[0].scale)


def number_range(numbers: Iterable[float | None], scale: Scale) -> tuple[float, float]:
    """Every number, out to the next 5% within 0 to 1, or, of another scale, out to the next gridline."""
    known = [each for each in numbers if each is not None] or [0.0, 1.0]
    if not scale.is_share:
        step = _step(max(known) - min(known), 9)
        low, high = floor(min(known) / step) * step, ceil(max(known) / step) * step
        return (low, high) if high > low else (low, low + step)
    low = max(0.0, int(min(known) * 20) / 20)
    high = min(1.0, -int(-max(known) * 20 // 1) / 20)
    return (low, high) if high - low >= 0.1 else (max(0.0, high - 0.1), min(1.0, max(high, 0.1)))


def _step(across: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that goes into a range at most so often."""
    least = across / (most - 1) if across > 0 else 1.0
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))
