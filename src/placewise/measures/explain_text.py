"""One person's answer as lines of text: a strip of months beside each part, so that it is seen at a glance."""

import textwrap

from placewise.floor.timeline.months import HOLDS, NOT, PLAIN_HOLDS, PLAIN_NOT, runs_in_words, strip, strip_heads
from placewise.measures.explain import Explanation, PersonEvent

INDENT = "  "
LEAST_WORDS = 30
"""Narrower than this, words beside a strip cannot be read, and stand where they please."""

_ASCII = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "≥": ">="})


def tell_explanation(explained: Explanation, *, plain: bool = False, width: int | None = None) -> list[str]:
    """plain: in ASCII alone; width: of the screen, to fold long lines at, or None to fold none."""
    holds, not_so = (PLAIN_HOLDS, PLAIN_NOT) if plain else (HOLDS, NOT)
    window = explained.window
    years, letters = strip_heads(window)

    def marked(word: int, told: str, depth: int = 0) -> list[str]:
        line = f"{INDENT * depth}{told}: {runs_in_words(word, window)}"
        return _fold(line, f"{strip(word, window, holds, not_so)}{INDENT}", INDENT * depth, width)

    lines = [
        f"{explained.title} ({explained.measure}, version {explained.version})",
        f"Person {explained.person}, born {explained.born}",
        "",
        "Events",
        *(f"{INDENT}{_tell_event(each)}" for each in explained.events),
        *([] if explained.events else [f"{INDENT}none recorded"]),
        "",
        f"Month by month ({holds} it holds on the month's last day, {not_so} it does not)",
        years,
        letters,
        *marked(explained.registered, "registered"),
    ]
    for heading, parts in explained.questions.items():
        lines += ["", heading, *(line for part in parts for line in marked(part.months, part.told, part.depth))]
    lines += ["", "So", *marked(explained.asked, "asked of this person"), *marked(explained.counts, "counts")]
    return [_in_ascii(line) for line in lines] if plain else lines


def _tell_event(event: PersonEvent) -> str:
    until = f" to {event.until}" if event.until else ""
    value = "" if event.value is None else f" {event.value:g} {event.unit}".rstrip()
    return f"{event.day}{until}  {event.title}{value}"


def _fold(line: str, strip_before: str, indent: str, width: int | None) -> list[str]:
    room = None if width is None else width - len(strip_before)
    if room is None or room < LEAST_WORDS:
        return [strip_before + line]
    folded = textwrap.wrap(line, room, subsequent_indent=f"{indent}{INDENT}", break_long_words=False)
    return [strip_before + folded[0], *(" " * len(strip_before) + each for each in folded[1:])]


def _in_ascii(line: str) -> str:
    return line.translate(_ASCII).encode("ascii", "replace").decode()
