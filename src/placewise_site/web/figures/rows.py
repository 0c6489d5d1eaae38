"""What charts with rows share: the names of their rows, where these stand, and how high a row is."""

from textwrap import wrap
from typing import Any

import altair as alt

from placewise_site.evidence.cells import Cell, PeopleCell
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import Shape

LABEL_LINES = "split(datum.label, '\\n')"
"""A Vega expression: a name of several lines, as row_title wrote it."""


def heading(compared: str, *, is_register: bool) -> str:
    """By ethnic group; a register is not a group of everybody: On the register, beside everybody."""
    return f"{compared}, beside everybody" if is_register else f"By {lower_first(compared)}"


def lower_first(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def plural(name: str) -> str:
    """Several of what a column is headed by: practices, localities."""
    lower = lower_first(name)
    return f"{lower[:-1]}ies" if lower.endswith("y") and lower[-2:-1] not in "aeiou" else f"{lower}s"


def row_name(cell: Cell | PeopleCell) -> str:
    """The group of a split, or the area."""
    return cell.group_title if cell.split != "all" else cell.area_name


def said_name(compared: str, cell: Cell | PeopleCell) -> str:
    """A row in a sentence: a bare number takes the name of what it numbers."""
    name = row_name(cell)
    return f"{lower_first(compared.split(' (')[0])} {name}" if name.isdigit() else name


def rows_height(figure: Figure, shape: Shape) -> int:
    """Pixels for all the rows: each as high as its name needs, and closer together where there are many."""
    lines = max((len(wrap(row.title, shape.label_letters)) for row in figure.rows), default=1)
    needed = lines * (shape.font + 2) + 6
    return len(figure.rows) * max(needed, shape.row if len(figure.rows) <= 12 else shape.row - 8)


def names_axis(figure: Figure, shape: Shape) -> alt.Y:
    """The names of the rows in the order of the table, each on a few lines."""
    names = [row_title(row.title, shape) for row in figure.rows]
    axis = alt.Axis(ticks=False, domain=False, labelExpr=LABEL_LINES, labelLineHeight=shape.font + 2)
    return alt.Y("title:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=axis)


def row_marks(figure: Figure, shape: Shape, **more: Any) -> alt.InlineData:
    """What the rows of the chart are drawn from, named as on the axis."""
    return alt.InlineData(values=[{**row.marks, "title": row_title(row.title, shape), **more} for row in figure.rows])


def row_title(title: str, shape: Shape) -> str:
    return "\n".join(wrap(title, shape.label_letters))
