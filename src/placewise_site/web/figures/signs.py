"""The icons of 'Making Data Count', each with its words: the words carry the meaning, and the shape repeats it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from placewise_site.web.figures.house import BLUE, FONT, GREY, INK, ORANGE, PLUM

SIDE = 48
"""Of an icon, in pixels."""

GAP = 12

COLOURS = {"improvement": BLUE, "pass": BLUE, "concern": ORANGE, "fail": ORANGE, "neutral": PLUM}
"""Of a kind; the others are grey."""


@dataclass(frozen=True, slots=True)
class Sign:
    """what: variation or assurance; kind: how it is drawn (common, improvement, concern, neutral, none; pass, fail,
    inconsistent); letter: in the middle, "" for none."""

    what: str
    kind: str
    letter: str
    words: str

    @property
    def icon(self) -> str:
        """Shapes of SVG within a square of SIDE."""
        stroke = f'stroke="{COLOURS.get(self.kind, GREY)}" stroke-width="4"'
        middle = SIDE // 2
        inside = ""
        if self.letter:
            written = f'font-family="{FONT}" font-size="24" font-weight="700" fill="{INK}" text-anchor="middle"'
            inside = f'<text x="{middle}" y="32" {written}>{escape(self.letter)}</text>'
        elif self.kind == "common":
            inside = f'<polyline fill="none" {stroke} points="9,27 16,20 22,28 28,19 34,27 40,22"/>'
        return f'<circle fill="#FFFFFF" {stroke} cx="{middle}" cy="{middle}" r="21"/>{inside}'


def below(svg: str, signs: Sequence[Sign], font: int) -> str:
    """A chart that stands alone with its icons and their words in rows below it. font: the size of words, in pixels."""
    if not signs:
        return svg
    head, rest = svg.split(">", 1)
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', head).groups())  # type: ignore[union-attr]
    taller = height + len(signs) * (SIDE + GAP) + GAP
    head = re.sub(r'\bheight="[\d.]+"', f'height="{taller:g}"', head)
    head = re.sub(r'\bviewBox="[^"]*"', f'viewBox="0 0 {width:g} {taller:g}"', head)
    rows = "".join(
        f'<g transform="translate({GAP},{height + GAP + place * (SIDE + GAP):g})">{sign.icon}'
        f'<text x="{SIDE + GAP}" y="{SIDE / 2 + font / 3:g}" font-family="{FONT}" font-size="{font}" fill="{INK}">'
        f"{escape(sign.words)}</text></g>"
        for place, sign in enumerate(signs)
    )
    ground = f'<rect y="{height:g}" width="{width:g}" height="{taller - height:g}" fill="#FFFFFF"/>'
    return f"{head}>{rest.removesuffix('</svg>')}{ground}{rows}</svg>"
