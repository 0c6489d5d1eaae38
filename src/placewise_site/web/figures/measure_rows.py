"""The table of a measure's figure: one row a cell, the same columns whatever the cells are compared by."""

from placewise_site.evidence.cells import Cell
from placewise_site.web.figures.table import Column, Entry, Row, number_entry
from placewise_site.web.figures.wording import count_words, percent_number, percent_words, state_words

NUMBERS = (
    Column("value", "Per cent", is_number=True),
    Column("numerator", "Counted", is_number=True),
    Column("denominator", "Out of", is_number=True),
    Column("lower", "Lower 95% limit (%)", is_number=True),
    Column("upper", "Upper 95% limit (%)", is_number=True),
)


def measure_row(title: str, first: Entry, cell: Cell) -> Row:
    """A row headed by `first`. A cell without a number says why in the first column of numbers; the rest stay empty."""
    value = number_entry(percent_number(cell.value), cell.value, missing_words(cell), cell.address)
    lower, upper = (number_entry(percent_number(limit), limit) for limit in (cell.lower, cell.upper))
    counts = [number_entry(count_words(number), number) for number in (cell.numerator, cell.denominator)]
    marks = {
        "title": title,
        "value": cell.value,
        "lower": cell.lower,
        "upper": cell.upper,
        "words": percent_words(cell.value),
    }
    return Row(title, (first, value, *counts, lower, upper), marks)


def missing_words(cell: Cell) -> str:
    """Why a cell has no value: hidden, not reported, or a group that nobody is in."""
    return "" if cell.value is not None else state_words(cell.state) or "nobody in this group"


def gridlines(low: float, high: float, most: int) -> list[float]:
    """Where the axis of a proportion is marked: whole steps of 1, 2, 5, 10 or 20%, at most so many."""
    low_cent, high_cent = round(low * 100), round(high * 100)
    for step in (1, 2, 5, 10, 20, 50):
        lines = range(-(-low_cent // step) * step, high_cent + 1, step)
        if len(lines) <= most:
            break
    return [cent / 100 for cent in lines]


def value_range(cells: list[Cell], *others: float | None) -> tuple[float, float]:
    """The axis: every value and limit shown and every reference line, out to the next 5%, within 0 to 1."""
    shown = [each for cell in cells for each in (cell.value, cell.lower, cell.upper)]
    known = [each for each in (*shown, *others) if each is not None] or [0.0, 1.0]
    low = max(0.0, int(min(known) * 20) / 20)
    high = min(1.0, -int(-max(known) * 20 // 1) / 20)
    return (low, high) if high - low >= 0.1 else (max(0.0, high - 0.1), min(1.0, max(high, 0.1)))
