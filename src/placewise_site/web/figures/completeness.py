"""How much of an outcome that arrives late is known, beside the outcome."""

from collections.abc import Sequence
from dataclasses import replace

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.sight import MeasureCard, Sight
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.measure_rows import missing_words
from placewise_site.web.figures.table import Column, Entry, Table, number_entry
from placewise_site.web.figures.trend import latest_sentence
from placewise_site.web.figures.wording import NOT_REPORTED_WORDS, value_heading, value_number

_NOTHING = Entry(NOT_REPORTED_WORDS, NOT_REPORTED_WORDS, None)


def is_completeness_released(sight: Sight, card: MeasureCard) -> bool:
    """Whether a measure says how complete this one is, and the release has it."""
    return card.completeness in {each.measure for each in sight.measures()}


def completeness_sentence(sight: Sight, card: MeasureCard, area: str) -> str:
    """The measure that says how complete this one is, in the same area and month; empty where there is none."""
    if not is_completeness_released(sight, card):
        return ""
    told = latest_sentence(sight.at_month(card.completeness, area, sight.newest(card.measure)))
    return f"How complete it is: {sight.measure(card.completeness).title}. {told}"


def put_completeness_beside(figure: Figure, cells: Sequence[Cell], complete: Sequence[Cell]) -> Figure:
    """A further column of the table, so that it is in the file too. cells: the figure's own, in the order of its rows;
    complete: those of the measure that says how complete it is."""
    by_place = {(cell.area, cell.group, cell.month): cell for cell in complete}
    heading = value_heading(complete[0].scale)
    column = Column("completeness", f"How complete ({heading[:1].lower()}{heading[1:]})", is_number=True)
    rows = []
    for row, cell in zip(figure.rows, cells, strict=True):
        found = by_place.get((cell.area, cell.group, cell.month))
        rows.append(replace(row, entries=(*row.entries, _entry(found) if found else _NOTHING)))
    return replace(figure, table=Table((*figure.table.columns, column), tuple(rows)))


def _entry(cell: Cell) -> Entry:
    return number_entry(value_number(cell.value, cell.scale), cell.value, missing_words(cell), cell.address)
