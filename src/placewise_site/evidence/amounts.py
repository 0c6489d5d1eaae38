"""A figure in words, the same on every page, in every pack and file: what was stated, and what was computed."""

from typing import Any

from placewise.publishing.contract import Claim

BOUNDS = {"exact": "", "at least": "over ", "at most": "up to ", "about": "about "}
NOT_REPORTED_WORDS = "not reported"


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


def amount_number(value: float | None, unit: str) -> str:
    """A value without its unit: a proportion as per cent, years of life with two decimals, as they are published."""
    if value is None or unit == "proportion":
        return percent_number(value)
    return f"{value:,.2f}" if unit == "years" else count_words(value)


def amount_words(value: float | None, unit: str) -> str:
    """A value with its unit: a proportion as per cent, a count with its noun."""
    if value is None:
        return NOT_REPORTED_WORDS
    return percent_words(value) if unit == "proportion" else f"{amount_number(value, unit)} {unit}"


def computed_words(claim: Claim) -> str:
    """71.2% (1,240 of 1,742); "" where there is no number to show."""
    if claim.value is None:
        return ""
    amount = amount_words(claim.value, claim.unit)
    is_share = claim.unit == "proportion" and claim.numerator is not None and claim.denominator is not None
    return f"{amount} ({count_words(claim.numerator)} of {count_words(claim.denominator)})" if is_share else amount


def stated_words(content: Any) -> str:
    """What a stated claim says: over 100,000 people; 5 to 7%; £5,000,000; closed."""
    if content.value is None:
        return str(content.word)
    low = _stated_amount(content.value, content.unit)
    high = f" to {_stated_amount(content.value_high, content.unit)}" if content.value_high is not None else ""
    return f"{BOUNDS.get(content.bound, '')}{low}{high}{_unit(content.unit)}"


def _stated_amount(value: float, unit: str) -> str:
    return f"£{count_words(value)}" if unit == "GBP" else count_words(value)


def _unit(unit: str) -> str:
    if unit == "GBP":
        return ""
    return f"%{unit.removeprefix('percent')}" if unit.startswith("percent") else f" {unit}"
