"""A message as its readers see it: each figure from its claim, with a link to it, and what is found against it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from placewise_site.evidence.ledger.queries import get_findings
from placewise_site.evidence.ledger.queries.listing import find_named
from placewise_site.stories.rules.marks import WORDS, Mark, Segment, find_marks, render
from placewise_site.web.evidence.wording import stated_value, title

MILLION = 1_000_000
NOT_SHOWN = "[not for you to read, or removed]"


@dataclass(frozen=True, slots=True)
class Line:
    """heading: whether it heads a part of the message; days: how many calendar days it names."""

    heading: bool
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Told:
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]


def tell_message(user: Any, text: str, week: date) -> Told:
    """As this person may read it."""
    names = [mark.claim for mark in find_marks(text)]
    rows = find_named(user, names)

    def say(mark: Mark) -> str:
        row = rows.get(mark.claim)
        return _say(row.content, mark.how) if row else NOT_SHOWN

    lines = [
        Line(line.startswith("# "), tuple(render(line.removeprefix("# "), say))) for line in text.splitlines() if line
    ]
    found = get_findings(names, week).values()
    warnings = [told for each in found for told in (each.why, *each.warnings) if told]
    return Told(tuple(lines), tuple(dict.fromkeys(warnings)))


def _say(content: Any, how: str) -> str:
    if how == "statement":
        return title(content)
    if how == "day" and content.value is None:
        return _day(content.word)
    if how in ("number", "word") and content.value is not None:
        whole = int(content.value) if float(content.value).is_integer() else 0
        return WORDS[whole - 2] if how == "word" and 2 <= whole <= 20 else f"{content.value:,.10g}"
    if content.unit == "GBP" and content.value >= MILLION and content.value_high is None:
        return stated_value(content).partition("£")[0] + f"£{content.value / MILLION:,.4g} million"
    return stated_value(content)


def _day(written: str) -> str:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{day:%A} {day.day} {day:%B %Y}"
