"""Draw a figure on the server, so that its chart needs no script: SVG for pages and papers, PNG for those who need it.

Drawings are kept in the cache under the hash of all that goes into them, every number included: 100 ms the first time,
nothing after, and a new release can never be shown an old picture.
"""

import hashlib
import json
from html import escape

import vl_convert
from django.core.cache import cache

from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.house import ALONE, Shape
from placewise_site.web.figures.signs import below

KEPT_FOR = 24 * 60 * 60


def spec_json(figure: Figure) -> str:
    """The Vega-Lite specification to take away, with its data, title and source."""
    return json.dumps(figure.spec(ALONE), ensure_ascii=False, indent=1)


def draw_svg(figure: Figure, shape: Shape) -> str:
    """The chart as SVG, with its title and description for those who cannot see it."""
    key = f"svg-{digest(figure)}-{shape.name}"
    drawn = cache.get(key)
    if drawn is None:
        drawn = vl_convert.vegalite_to_svg(figure.spec(shape), allowed_base_urls=[])
        drawn = _describe(below(drawn, figure.signs, shape.font) if shape.stands_alone else drawn, figure)
        cache.set(key, drawn, KEPT_FOR)
    return drawn


def draw_png(figure: Figure) -> bytes:
    """The chart that stands alone at twice its size, for slides."""
    return vl_convert.svg_to_png(draw_svg(figure, ALONE), scale=2)


def digest(figure: Figure) -> str:
    """A hash of what decides the specification: cheaper than building it, and as exact."""
    words = (figure.full_title, figure.description, figure.caption, figure.signs, figure.source)
    parts = (figure.key, figure.rows, figure.scale, words)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _describe(svg: str, figure: Figure) -> str:
    """Name the picture as a group with a title and description: its parts stay readable, which role img would hide."""
    head, rest = svg.split(">", 1)
    title, description = escape(figure.full_title), escape(figure.description)
    named = ' role="group" aria-labelledby="title" aria-describedby="description"'
    return f'{head}{named}><title id="title">{title}</title><desc id="description">{description}</desc>{rest}'
