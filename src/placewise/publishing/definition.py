"""What a deployment says of disclosure: its rule, never looser than the floor, and when past figures are revised."""

from dataclasses import dataclass

import numpy as np

FLOOR_SUPPRESS_BELOW = 8
FLOOR_ROUND_TO = 5
YEAR = 12


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """Counts of 1 to suppress_below - 1 are hidden; the others are rounded to multiples of round_to; zero stays zero.

    Of records each is rounded to a neighbouring multiple so that parts make their totals (rounding/); a number that
    stands alone to the nearest.

    Raises ValueError if looser than the floor (the scheme of HES sub-national tables since September 2018).
    """

    suppress_below: int = FLOOR_SUPPRESS_BELOW
    round_to: int = FLOOR_ROUND_TO

    def __post_init__(self) -> None:
        if self.suppress_below < FLOOR_SUPPRESS_BELOW or self.round_to < FLOOR_ROUND_TO:
            raise ValueError(
                f"the disclosure rule is looser than the floor (suppress below {FLOOR_SUPPRESS_BELOW}, "
                f"round to {FLOOR_ROUND_TO})"
            )


@dataclass(frozen=True, slots=True)
class RevisionSchedule:
    """When figures of past months are made anew, all at once: every so many months, with those of a calendar month.

    Raises ValueError for anything but whole years: each revision lets late records be seen.
    """

    every: int = YEAR
    month: int = 4

    def __post_init__(self) -> None:
        if self.every < YEAR or self.every % YEAR:
            raise ValueError(f"figures are revised every {YEAR}, 24, 36 ... months, and not every {self.every}")
        if not 1 <= self.month <= YEAR:
            raise ValueError(f"{self.month} is no month: give 1 to {YEAR}")

    def get_next(self, after: str) -> str:
        """The newest month (YYYY-MM) of the figures that the next revision comes with, after one with another's."""
        first = np.datetime64(after, "M") + 1
        wait = (self.month - 1 - int(first.astype(np.int64))) % YEAR
        return str(first + wait + self.every - YEAR)


EVERY_APRIL = RevisionSchedule()
