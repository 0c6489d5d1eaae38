"""The months a build looks at."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
"""One word a person: bit m is set when the state holds at the end of month m of the window."""

LARGEST = 64

LOW = np.array([(1 << bits) - 1 for bits in range(LARGEST + 1)], dtype=np.uint64)
"""LOW[k]: the k lowest bits."""


@dataclass(frozen=True, slots=True)
class Window:
    """A run of whole months: the first one, and how many (1 to 64)."""

    year: int
    month: int
    months: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.months <= LARGEST):
            raise ValueError(f"a window has 1 to {LARGEST} months and starts in month 1 to 12")

    @classmethod
    def parse(cls, first: str, months: int) -> "Window":
        """From the first month written YYYY-MM."""
        year, month = first.split("-")
        return cls(int(year), int(month), months)

    @property
    def first_month(self) -> int:
        """Months since January 1970 of month 0."""
        return (self.year - 1970) * 12 + self.month - 1

    def earlier(self, months: int) -> "Window":
        """As many months, beginning so many months earlier."""
        year, month = divmod(self.year * 12 + self.month - 1 - months, 12)
        return Window(year, month + 1, self.months)

    def widened(self, before: int, after: int) -> "Window":
        """With so many months more before and after it."""
        first = self.earlier(before)
        return Window(first.year, first.month, before + self.months + after)

    @property
    def month_starts(self) -> npt.NDArray[np.datetime64]:
        """The first day of each month, and of the month after the last: months + 1 days, datetime64[D]."""
        return (np.datetime64("1970-01", "M") + self.first_month + np.arange(self.months + 1)).astype("datetime64[D]")

    @property
    def month_ends(self) -> list[date]:
        """The last day of each month: the day at which a state is asked for."""
        ends = []
        for offset in range(self.months):
            year, month = divmod(self.first_month + offset, 12)
            ends.append(date(1970 + year, month + 1, monthrange(1970 + year, month + 1)[1]))
        return ends

    @property
    def last(self) -> "Window":
        """The last month alone."""
        year, month = divmod(self.first_month + self.months - 1, 12)
        return Window(1970 + year, month + 1, 1)

    @property
    def full_word(self) -> np.uint64:
        """The word with every month of the window set."""
        return np.uint64((1 << self.months) - 1)

    @property
    def last_bit(self) -> np.uint64:
        """The word with the last month alone set."""
        return np.uint64(1 << (self.months - 1))


def span(start: npt.NDArray[np.integer], stop: npt.NDArray[np.integer]) -> Words:
    """The word of the months from start up to, and not including, stop."""
    return LOW[stop] & ~LOW[start]


def until(stop: npt.NDArray[np.integer]) -> Words:
    """The word of the months up to, and not including, stop."""
    return LOW[stop]
