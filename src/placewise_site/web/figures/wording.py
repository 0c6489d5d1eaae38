"""Numbers and dates in words, the same on every page, chart and file."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

HIDDEN_WORDS = "hidden to protect privacy"
NOT_REPORTED_WORDS = "not reported"
MISSING_WORDS = {"hidden": HIDDEN_WORDS, "no_data": NOT_REPORTED_WORDS}
"""The state of a released cell without a number -> why."""

BETTER_WORDS = {
    "higher": "Higher is better",
    "lower": "Lower is better",
    "neither": "Neither higher nor lower is better",
}

KIND_WORDS = {"told": "Claimed", "estimated": "Estimated", "modelled": "Modelled"}
"""How the number of people expected on a register came about."""


def count_words(number: float | None) -> str:
    """12,345; a published count that is not whole keeps one decimal."""
    if number is None:
        return ""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def percent_number(share: float | None) -> str:
    """A share of 0 to 1 as per cent with one decimal and no sign: 71.2."""
    return "" if share is None else f"{share * 100:.1f}"


def percent_words(share: float | None) -> str:
    return "" if share is None else f"{percent_number(share)}%"


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


def amount_words(value: float | None, unit: str) -> str:
    """A value with its unit: a proportion as per cent, a count with its noun."""
    if value is None:
        return NOT_REPORTED_WORDS
    return percent_words(value) if unit == "proportion" else f"{count_words(value)} {unit}"
