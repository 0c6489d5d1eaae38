"""The events of one code list."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int32]
DayNumbers = npt.NDArray[np.int32]
"""Days since 1 January 1970."""

ENDED = ("drug", "visit")
"""The tables whose events have a last day: of a supply, of a stay."""
STILL = np.iinfo(np.int32).max
"""The end of a registration that has none, and the death of the living."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The events of one code list in order of person and day.

    row: the person's row in Events; day: of the event, the first day of a medicine or a visit; end: its last day (None
    for other tables); value: in the unit of the code list, NaN where none was recorded or its unit cannot be turned
    into that (None for tables without values).
    """

    row: Rows
    day: DayNumbers
    end: DayNumbers | None = None
    value: npt.NDArray[np.float64] | None = None
