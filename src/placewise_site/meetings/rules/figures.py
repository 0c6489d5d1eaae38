"""Does a text state a figure? Numbers that name a day, a year, an item or a document are none."""

import re
from decimal import Decimal

MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
NAMED = "section|item|paragraph|appendix|annex|table|figure|page|version|option|phase|tier|stage|type|part|schedule"
SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}

_NAMING = re.compile(
    rf"""
      \b(?:{NAMED})s?\s+\d+(?:\.\d+)*\b                      # item 4, section 2.1
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTHS})(?:\s+\d{{4}})?\b   # 1 November 2017
    | \b(?:{MONTHS})\s+\d{{4}}\b                              # November 2017
    | \b\d{{4}}-\d{{2}}-\d{{2}}\b                             # 2017-11-01
    | \b(?:19|20)\d{{2}}(?:[/-]\d{{2,4}})?\b(?!,\d)(?!\s*(?:%|per\s*cent|people|patients)) # 2017, 2017/18, 2017-18
    | \b\d{{1,2}}[:.]\d{{2}}\s*(?:am|pm)?\b(?=\s*(?:am|pm|hours|o'clock|to\s|on\s|$)) # 14:00
    | \b\d+(?:st|nd|rd|th)\b                                  # 2nd
    | \b\d*[a-z]+\d\w*\b | \b\d+(?-i:[A-JLN-Z])\b             # C12, X2A1B, 36J
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FIGURE = re.compile(
    r"£?\s?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s?(%|per cent|(?:k|m|bn|thousand|million|billion)\b)?", re.IGNORECASE
)


def find_figures(text: str, asked_for: int | None = None) -> tuple[str, ...]:
    """The figures a text states, as written.

    asked_for: the pounds a body is asked to give, which are what it decides and no evidence for it.
    """
    rest = _NAMING.sub(lambda found: " " * len(found[0]), text)
    return tuple(
        found[0].strip()
        for found in _FIGURE.finditer(rest)
        if asked_for is None or "£" not in found[0] or _amount(found) != asked_for
    )


def _amount(found: re.Match[str]) -> Decimal:
    value = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return value.scaleb(SCALES.get((found[3] or "").lower(), 0))
