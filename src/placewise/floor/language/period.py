"""For how long an event counts: from its day up to, and not including, the day it lapses.

An event of 15 March that counts for 12 months counts up to 14 March of the next year. In a month with no such day the
event lapses on the month's last day. At month ends this comes to exactly the event's month and the eleven after it.
"""

import re
from dataclasses import dataclass

LARGEST_MONTHS = 1200
LARGEST_DAYS = 36525
HOW_TO_WRITE = "write it like `12 months`, `90 days`, `5 years` or `financial year`"


@dataclass(frozen=True, slots=True)
class Months:
    """So many calendar months."""

    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LARGEST_MONTHS:
            raise ValueError(f"{self.count} months is no period; write 1 to {LARGEST_MONTHS}")

    def __str__(self) -> str:
        return f"{self.count} month{'s' if self.count > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Days:
    """So many days, the event's own included."""

    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LARGEST_DAYS:
            raise ValueError(f"{self.count} days is no period; write 1 to {LARGEST_DAYS}")

    def __str__(self) -> str:
        return f"{self.count} day{'s' if self.count > 1 else ''}"


@dataclass(frozen=True, slots=True)
class FinancialYear:
    """Up to the 31 March that ends the event's financial year."""

    def __str__(self) -> str:
        return "financial year"


Period = Months | Days | FinancialYear


def parse_period(text: object) -> Period:
    """From its notation. Raises ValueError, with the remedy after a semicolon."""
    written = str(text).strip()
    if written == "financial year":
        return FinancialYear()
    if match := re.fullmatch(r"(\d{1,6}) (day|month|year)s?", written):
        count = int(match[1])
        return Days(count) if match[2] == "day" else Months(count * 12 if match[2] == "year" else count)
    raise ValueError(f"`{written}` is not a period; {HOW_TO_WRITE}")


def parse_days(text: object) -> Days:
    """A number of days from its notation. Raises ValueError as `parse_period` does."""
    match parse_period(text):
        case Days() as days:
            return days
    raise ValueError(f"`{text}` is no number of days; write it like `28 days`")


def parse_months(text: object) -> Months:
    """A number of months or years from its notation. Raises ValueError as `parse_period` does."""
    match parse_period(text):
        case Months() as months:
            return months
    raise ValueError(f"`{text}` is no number of months; write it like `12 months` or `5 years`")
