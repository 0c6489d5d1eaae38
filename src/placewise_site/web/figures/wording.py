"""Numbers and dates in words, the same on every page, chart and file."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from placewise_site.evidence.amounts import (
    NOT_REPORTED_WORDS,
    amount_number,
    amount_words,
    count_words,
    percent_number,
    percent_words,
)
from placewise_site.evidence.scale import Scale

__all__ = [
    "BETTER_WORDS",
    "HIDDEN_WORDS",
    "KIND_WORDS",
    "MISSING_WORDS",
    "NOT_COMPLETE_WORDS",
    "NOT_REPORTED_WORDS",
    "amount_number",
    "amount_words",
    "count_words",
    "interval_words",
    "missing_sentences",
    "month_words",
    "percent_number",
    "percent_words",
    "state_words",
    "unit_words",
    "value_heading",
    "value_number",
    "value_words",
]

HIDDEN_WORDS = "hidden to protect privacy"
MISSING_WORDS = {"hidden": HIDDEN_WORDS, "no_data": NOT_REPORTED_WORDS, "not_complete": "not complete yet"}
"""The state of a released cell without a number -> why."""

NOT_COMPLETE_WORDS = MISSING_WORDS["not_complete"]

BETTER_WORDS = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "neither": "Neither higher nor lower is better",
}

KIND_WORDS = {"told": "Claimed", "estimated": "Estimated", "modelled": "Modelled"}
"""How the number of people expected on a register came about."""


def value_number(value: float | None, scale: Scale) -> str:
    """A value of a measure as a table of it writes it: per cent, or the rate or amount, without its unit."""
    if value is None or scale.is_share:
        return percent_number(value)
    return f"{value:,.{scale.decimals}f}"


def unit_words(scale: Scale) -> str:
    """What stands after a number of the scale: %, per 1,000, mmHg."""
    if scale.is_share:
        return "%"
    return f" per {scale.per:,}" if scale.statistic == "rate" else f" {scale.unit}".rstrip()


def value_words(value: float | None, scale: Scale) -> str:
    """71.2%, 343.6 per 1,000, 134.7 mmHg."""
    return "" if value is None else f"{value_number(value, scale)}{unit_words(scale)}"


def value_heading(scale: Scale) -> str:
    """How a column of values is headed."""
    if scale.is_share:
        return "Per cent"
    if scale.statistic == "rate":
        return f"Per {scale.per:,}"
    return f"{scale.statistic.capitalize()} ({scale.unit})" if scale.unit else scale.statistic.capitalize()


def interval_words(lower: float | None, upper: float | None, scale: Scale) -> str:
    """From limit to limit; empty where there are none."""
    if lower is None or upper is None:
        return ""
    return f"{value_number(lower, scale)}{'%' if scale.is_share else ''} to {value_words(upper, scale)}"


def month_words(month: date | str) -> str:
    """March 2026, from any day of it or from 2026-03."""
    day = date.fromisoformat(f"{month}-01") if isinstance(month, str) else month
    return f"{day:%B %Y}"


def state_words(state: str) -> str:
    """Why a cell shows no number: never a zero, never a blank."""
    return MISSING_WORDS.get(state, "")


def missing_sentences(states: Iterable[str], noun: str = "row", after: str = "") -> list[str]:
    """2 rows are hidden to protect privacy: a sentence for each reason why some have no number."""
    counted = Counter(states)
    return [
        f"{number} {noun if number == 1 else noun + 's'} {'is' if number == 1 else 'are'} {words}{after}."
        for state, words in MISSING_WORDS.items()
        if (number := counted[state])
    ]
