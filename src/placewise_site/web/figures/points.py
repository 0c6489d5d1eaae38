"""What a chart of method is made from: its numbers (`Point`) and the words about them (`Subject`).

Our own figures come from a release's cells (`point_of`), official ones from a publisher's rows: their charts are the
same.
"""

from dataclasses import dataclass

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.charts.points import NotDrawn, Point
from placewise_site.evidence.scale import Scale
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.measure_rows import missing_words

__all__ = ["NotDrawn", "Point", "Subject", "point_of"]


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
