"""How our charts look: colours that keep 3:1 on white, two widths, plain type, few lines."""

from dataclasses import dataclass
from typing import Any

BLUE = "#005EB8"
NAVY = "#003087"
PLUM = "#7C2855"
GREY = "#768692"
SLATE = "#4C6272"
ORANGE = "#E46C0A"
"""Colours for marks, on white only. Orange is for concern and blue for improvement, wherever something is judged."""

INK = "#212B32"
FAINT = "#D8DDE0"
"""Gridlines only: they carry no meaning, so they need no contrast."""

FONT = "Arial, Liberation Sans, sans-serif"


@dataclass(frozen=True, slots=True)
class Shape:
    """A width charts are drawn in: two for the page, swapped by the width of the screen, and one to take away."""

    name: str
    width: int  # pixels, all included
    font: int  # pixels
    label_letters: int  # a name beside the axis goes on to a second line after these
    row: int  # height of a row of a chart with rows
    ticks: int  # at most, so that gridlines stay under ten

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"

    @property
    def stands_alone(self) -> bool:
        """Drawn with its title and source, since no page is around it."""
        return self.name == "alone"


WIDE = Shape("wide", 860, 16, 52, 34, 8)
NARROW = Shape("narrow", 360, 14, 18, 34, 4)
ALONE = Shape("alone", 860, 16, 52, 34, 8)
SHAPES = {shape.name: shape for shape in (WIDE, NARROW, ALONE)}


def theme(shape: Shape) -> dict[str, Any]:
    """The Vega-Lite configuration of the house for one width."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": shape.font, "titleFontSize": shape.font}
    return {
        "background": "white",
        "font": FONT,
        "padding": {"left": 4, "right": 8, "top": 6, "bottom": 4},
        "view": {"stroke": None},
        "mark": {"invalid": "break-paths-filter-domains"},
        "axis": {
            **text,
            "labelColor": INK,
            "titleColor": INK,
            "titleFontWeight": "normal",
            "gridColor": FAINT,
            "domainColor": GREY,
            "tickColor": GREY,
            "labelLimit": 400,
            "labelPadding": 8,
        },
        "text": {"font": FONT, "fontSize": shape.font, "color": INK},
        "legend": {
            "title": None,
            "orient": "top",
            "direction": "vertical" if shape.is_narrow else "horizontal",
            "labelFont": FONT,
            "labelFontSize": shape.font,
            "labelColor": INK,
            "labelLimit": 400,
            "symbolSize": 400,
            "symbolStrokeWidth": 2.5,
            "columnPadding": 28,
        },
        "title": {
            "font": FONT,
            "subtitleFont": FONT,
            "fontSize": shape.font + 2,
            "subtitleFontSize": shape.font - 2,
            "color": INK,
            "subtitleColor": INK,
            "anchor": "start",
            "frame": "bounds",
            "offset": 14,
        },
    }
