"""The heading of a chart that stands alone: its title, what its page would say around it, and its source."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

TITLE_LETTERS, LINE_LETTERS = 88, 112
"""A line of the title, and of the smaller words below it, holds so many."""

TITLE_LINE, LINE = 22, 18
SPACE = 24
"""Pixels: of a line, and between the heading and the chart."""


def heading_of(title: str, told: Sequence[str], source: str) -> dict[str, Any]:
    """As Vega-Lite writes it, each line apart."""
    return {"text": wrap(title, TITLE_LETTERS), "subtitle": _lines(told, source)}


def heading_height(title: str, told: Sequence[str], source: str) -> int:
    return SPACE + TITLE_LINE * len(wrap(title, TITLE_LETTERS)) + LINE * len(_lines(told, source))


def _lines(told: Sequence[str], source: str) -> list[str]:
    return [line for each in (*told, source) for line in wrap(each, LINE_LETTERS)]
