"""A map drawn on the server as SVG: tiles or outlines, with its legend; each area is a link the keyboard reaches.

Every class has a colour and a pattern of its own, and its word in the legend; figures are written into tiles. What an
area is stands in the title of its shape, so that a pointer, a keyboard and a screen reader find the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import cos, radians

import numpy as np
from markupsafe import Markup

from placewise_site.evidence.outlines import Outline
from placewise_site.web.compare.mapped import FIFTHS, Mapped, MappedArea
from placewise_site.web.compare.tiles import HEAD, Grid
from placewise_site.web.figures.house import FONT, INK

WIDE, NARROW = 860, 343
"""Pixels: of the page, and of a phone."""
LINE = 26
"""Pixels for one row of the legend."""
MOST_LABELS = 15
"""With more outlines than these, figures would lie over each other: they stand in the table only."""

MANY = 200
"""Of more outlines than these the lines are thin, or there would be little else."""
NAMED, WORDED = 110, 42
"""Pixels of a tile's side: room for a name, a figure and a word, and for a figure alone. In smaller ones the title and
the table tell."""

_DARK = {FIFTHS[3], FIFTHS[4]}
FILLS: Mapping[str, tuple[str, str]] = {
    "worse": ("#f4b183", '<path d="M0 8L8 0" stroke="#8a3606" stroke-width="2"/>'),
    "perhaps worse": ("#fde3cf", '<circle cx="4" cy="4" r="1.3" fill="#8a3606"/>'),
    "similar": ("#ffffff", ""),
    "perhaps better": ("#e3eefa", '<circle cx="4" cy="4" r="1.3" fill="#003087"/>'),
    "better": ("#9cc4ea", '<path d="M0 4H8" stroke="#003087" stroke-width="1.6"/>'),
    "lower": ("#e9e2f3", '<path d="M0 0L4 6L8 0" stroke="#4c2c7a" fill="none" stroke-width="1.4"/>'),
    "perhaps lower": ("#f6f2fb", '<circle cx="4" cy="4" r="1" fill="#4c2c7a"/>'),
    "perhaps higher": ("#eef4ea", '<circle cx="4" cy="4" r="1" fill="#2f5a1c"/>'),
    "higher": ("#dcebd3", '<path d="M0 8L4 2L8 8" stroke="#2f5a1c" fill="none" stroke-width="1.4"/>'),
    FIFTHS[0]: ("#f2f7fc", ""),
    FIFTHS[1]: ("#c5dbf0", ""),
    FIFTHS[2]: ("#8fb8e0", ""),
    FIFTHS[3]: ("#3f78b5", ""),
    FIFTHS[4]: ("#0b3d7a", ""),
    "hidden": ("#f0f4f5", '<path d="M0 0L8 8" stroke="#768692" stroke-width="1.2"/>'),
    "not reported": ("#f0f4f5", '<path d="M0 0L8 8M0 8L8 0" stroke="#aeb7bd" stroke-width="1"/>'),
}
"""Class -> colour, and the marks of its pattern on a square of 8 pixels. Others are plain grey."""
_OTHER = ("#e8edee", "")


def draw_tiles(mapped: Mapped, grid: Grid, width: int, *, links: bool = True) -> Markup:
    of = {each.code: each for each in mapped.areas}
    side = min(width / grid.width, 150.0)
    top = _legend_height(mapped, width)
    parts = []
    for block in grid.blocks:
        if block.name:
            parts.append(_text(block.name, block.x * side, top + (block.y + HEAD * 0.75) * side, 15))
        for area, x, y in block.tiles:
            if area.code in of:
                parts.append(
                    _tile(
                        of[area.code], (x * side, top + y * side), side, _fill(of[area.code].said, width), links=links
                    )
                )
    return _svg(mapped, parts, width, top + grid.height * side)


def draw_outlines(mapped: Mapped, outlines: Sequence[Outline], width: int, *, links: bool = True) -> Markup:
    """Longitude is drawn as long as it is at the middle latitude (EPSG:4326, scaled by its cosine)."""
    of = {each.code: each for each in mapped.areas}
    shown = [each for each in outlines if each.area in of]
    points = np.concatenate([ring for each in shown for ring in each.rings])
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    narrower = cos(radians((south + north) / 2))
    scale = (width - 4) / max((east - west) * narrower, 1e-9)
    top = _legend_height(mapped, width)
    parts, labels = [], []
    for each in shown:
        rings = [
            np.column_stack([(ring[:, 0] - west) * narrower * scale + 2, (north - ring[:, 1]) * scale + top + 2])
            for ring in each.rings
        ]
        path = Markup('<path d="{}" fill-rule="evenodd" fill="{}" stroke="#4c6272" stroke-width="{}"/>').format(
            "".join(map(_path, rings)), _fill(of[each.area].said, width), 1 if len(shown) <= MANY else 0.3
        )
        parts.append(_linked(of[each.area], path, links=links))
        if len(shown) <= MOST_LABELS:
            x, y = (max(rings, key=len).min(axis=0) + max(rings, key=len).max(axis=0)) / 2
            dark = of[each.area].said in _DARK
            labels += [
                _label(of[each.area].name, x, y - 4, 14, dark=dark),
                _label(of[each.area].words, x, y + 14, 15, dark=dark),
            ]
    return _svg(mapped, [*parts, *labels], width, top + (north - south) * scale + 4)


def _tile(area: MappedArea, corner: tuple[float, float], side: float, fill: str, *, links: bool) -> Markup:
    (x, y), gap, dark = corner, 1.5, area.said in _DARK
    shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="#4c6272"/>').format(
        x + gap, y + gap, side - 2 * gap, side - 2 * gap, fill
    )
    words = []
    if side >= NAMED:
        words = [
            _label(line, x + side / 2, y + 24 + 17 * row, 14, dark=dark) for row, line in enumerate(_lines(area.name))
        ]
        words.append(_label(area.words, x + side / 2, y + side - 34, 18, dark=dark))
        words.append(_label(area.said if area.words != area.said else "", x + side / 2, y + side - 14, 14, dark=dark))
    elif side >= WORDED:
        figure = area.words if area.value is not None else area.said
        words = [_label(figure, x + side / 2, y + side / 2 + 5, 15 if side >= 60 else 12, dark=dark)]
    return _linked(area, shape + Markup("").join(words), links=links)


def _linked(area: MappedArea, drawn: Markup, *, links: bool) -> Markup:
    told = f"{area.name}: {area.words}" + (f", {area.said}" if area.said != area.words else "")
    titled = Markup("<title>{}</title>{}").format(told, drawn)
    if links and area.page:
        return Markup('<a href="{}" aria-label="{}">{}</a>').format(area.page, told, titled)
    return Markup("<g>{}</g>").format(titled)


def _svg(mapped: Mapped, parts: Sequence[Markup], width: int, height: float) -> Markup:
    told = ", ".join(f"{count} {said}" for said, count in mapped.classes)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1:.0f}" viewBox="0 0 {0} {1:.0f}" role="group" '
        'aria-label="{2}" font-family="{3}"><rect width="100%" height="100%" fill="#fff"/><defs>{4}</defs>{5}{6}</svg>'
    ).format(
        width,
        height,
        f"Map: {mapped.about}. {told}.",
        FONT,
        Markup("").join(_patterns(mapped, width)),
        Markup("").join(_legend(mapped, width)),
        Markup("").join(parts),
    )


def _patterns(mapped: Mapped, width: int) -> Iterator[Markup]:
    for said, _ in mapped.classes:
        colour, marks = FILLS.get(said, _OTHER)
        yield Markup(
            '<pattern id="{}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect width="8" height="8" fill="{}"/>{}</pattern>'
        ).format(_pattern(said, width), colour, Markup(marks))


def _legend(mapped: Mapped, width: int) -> Iterator[Markup]:
    across = _legend_columns(mapped, width)
    for place, (said, words) in enumerate(mapped.legend):
        x, y = (place % across) * (width / across), (place // across) * LINE
        yield Markup('<rect x="{:.0f}" y="{:.0f}" width="22" height="18" fill="{}" stroke="#4c6272"/>').format(
            x + 2, y + 3, _fill(said, width)
        )
        yield _text(words, x + 32, y + 17, 15)


def _legend_columns(mapped: Mapped, width: int) -> int:
    """As many as the longest words leave room for, at some eight pixels a letter."""
    longest = max((len(words) for _, words in mapped.legend), default=1)
    return max(1, min(4, int(width // (longest * 8 + 40))))


def _legend_height(mapped: Mapped, width: int) -> float:
    return -(-len(mapped.classes) // _legend_columns(mapped, width)) * LINE + 10.0


def _path(ring: np.ndarray) -> str:
    """In halves of a pixel, without points that fall on the one before: neighbours keep one border."""
    points = np.round(ring * 2) / 2
    kept = points[np.concatenate([[True], np.any(np.diff(points, axis=0) != 0, axis=1)])]
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in kept.tolist()) + "Z"


def _label(words: str, x: float, y: float, size: int, *, dark: bool = False) -> Markup:
    """With a margin in the colour of the ground, so that a pattern behind does not break the letters."""
    ink, margin = ("#ffffff", "#0b3d7a") if dark else (INK, "#ffffff")
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" font-size="{}" text-anchor="middle" fill="{}" stroke="{}" stroke-width="3" '
        'paint-order="stroke" stroke-linejoin="round" aria-hidden="true">{}</text>'
    ).format(x, y, size, ink, margin, words)


def _text(words: str, x: float, y: float, size: int) -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" font-size="{}" fill="{}">{}</text>').format(x, y, size, INK, words)


def _lines(name: str) -> list[str]:
    """A name on up to three lines of some sixteen letters."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) > 16:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines[:3]


def _fill(said: str, width: int) -> str:
    return f"url(#{_pattern(said, width)})"


def _pattern(said: str, width: int) -> str:
    """A name of its own in each picture of a page: one that is not shown lends its patterns to no other."""
    return f"map-{width}-{said.replace(' ', '-')}"
