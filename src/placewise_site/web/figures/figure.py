"""What a figure is. Its sentence, description, chart, table and CSV are made from the same rows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from placewise_site.web.figures.heading import heading_height, heading_of
from placewise_site.web.figures.house import Shape, theme
from placewise_site.web.figures.signs import Sign
from placewise_site.web.figures.table import Row, Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, whole. `draw` makes the marks of a width from the table's rows, in their present order."""

    key: str  # names it within its page: trend, place, ethnicity ...
    title: str
    full_title: str  # for the table, and for a chart that stands alone
    sentence: str
    description: str
    table: Table
    draw: Callable[["Figure", Shape], dict[str, Any]]
    height: Callable[["Figure", Shape], int]
    scale: dict[str, Any] = field(default_factory=dict)  # what the chart needs besides rows: axis range, lines
    source: str = ""  # the last line under the title of a chart that stands alone
    caption: str = ""  # under the chart: its method, its limits, and what its numbers are
    signs: tuple[Sign, ...] = ()  # icons that sum the chart up, with their words

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.table.rows

    def spec(self, shape: Shape) -> dict[str, Any]:
        """The Vega-Lite specification, data inline; a chart that stands alone carries its title and source."""
        drawn = self.draw(self, shape)
        width, height = self.size(shape)
        drawn |= {"width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}
        if shape.stands_alone:
            drawn |= {"title": heading_of(self.full_title, self._told, self.source)}
        return drawn | {"config": theme(shape), "description": self.description}

    def size(self, shape: Shape) -> tuple[int, int]:
        """Width and height of the drawing in pixels, known without drawing it."""
        heading = heading_height(self.full_title, self._told, self.source) if shape.stands_alone else 0
        return shape.width, self.height(self, shape) + heading

    @property
    def _told(self) -> tuple[str, ...]:
        """What stands around the chart on its page besides its title, for a chart without a page."""
        return (". ".join(sign.words for sign in self.signs), self.caption)

    def sort(self, order: str) -> "Figure":
        """The same figure with the rows of its table and chart in another order."""
        return replace(self, table=self.table.sort(order))
