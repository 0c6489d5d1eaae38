"""A figure that somebody stated, with what it says of itself: what it counts, where, when, and how exactly."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["counted", "estimated", "modelled", "told", "target", "derived"]
Bound = Literal["exact", "at least", "at most", "about"]
Nesting = Literal["", "stated", "not stated", "separate", "same target", "derived"]
"""How a figure stands to the one it is part of: said to be inside it; not said; said to be apart; another wording of
the same target; worked out from it."""

STATUS = "status"
"""The unit of a claim whose value is a word."""
NOT_STATED = "not stated"
ABOUT = 0.05
"""How far a number stated with "about", "around" or "nearly" may lie from what is meant."""
ROUNDED = 0.025
"""The most that a told number ending in noughts may differ by having been rounded."""
LEAST_ROUNDED = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClaim:
    """id: names it and nothing more; part_of: the id of the claim it is a part of, or ""; period: first and last day of
    what a cumulative count covers, None where not stated; as_of: as written; family: subjects that people add,
    subtract or divide; basis: what exactly is counted, where that is said or known not to be. measure: our own count
    of the same thing; lower, upper: the interval stated with it. No rule reads what stands after times_printed."""

    id: str
    document: str
    section: str
    statement: str
    value: float | str
    value_high: float | None
    unit: str
    kind: Kind
    population: str
    geography: str
    as_of: str
    measurand: str
    family: str
    basis: str
    bound: Bound
    cumulative: bool
    period_from: date | None
    period_to: date | None
    part_of: str
    nesting: Nesting
    target_by: date | None
    document_date: date
    times_printed: int
    note: str = ""
    measure: str = ""
    geography_edition: str = ""
    method: str = ""
    method_version: str = ""
    lower: float | None = None
    upper: float | None = None

    @property
    def possible(self) -> tuple[float, float]:
        """The least and the most that what is stated allows. Of a word: nothing, so that nobody compares it."""
        if isinstance(self.value, str):
            return float("nan"), float("nan")
        low, high = self.value, self.value if self.value_high is None else self.value_high
        if self.bound == "about":
            return low * (1 - ABOUT), high * (1 + ABOUT)
        slack = self._rounding()
        return (
            float("-inf") if self.bound == "at most" else low - slack,
            float("inf") if self.bound == "at least" else high + slack,
        )

    @property
    def when(self) -> tuple[date, date] | None:
        """First and last day of what it is about, as far as it says; None where it does not."""
        if self.cumulative:
            return None if self.period_to is None else (self.period_from or date.min, self.period_to)
        if self.target_by:
            return self.target_by, self.target_by
        return parse_days(self.as_of)

    @property
    def names_a_place(self) -> bool:
        return not self.geography.startswith(NOT_STATED)

    def _rounding(self) -> float:
        if self.kind == "counted" or not isinstance(self.value, float) or abs(self.value) < LEAST_ROUNDED:
            return 0.0
        digits = f"{abs(self.value):.0f}"
        half = 10.0 ** (len(digits) - len(digits.rstrip("0"))) / 2
        return min(half, abs(self.value) * ROUNDED) if digits.endswith("000") else 0.0


def parse_days(written: str) -> tuple[date, date] | None:
    """The first and last day of 2021, 2021-12, 2021-12-01 or a stretch from one to another; None for other words."""
    found = re.findall(r"\d{4}(?:-\d{2})?(?:-\d{2})?", written)
    if not found or re.search(r"before|after|by ", written):
        return None
    return _first_day(found[0]), _last_day(found[-1])


def _first_day(written: str) -> date:
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _last_day(written: str) -> date:
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
