"""A statistic of each area with its limits: what most of the methods hand on."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """value, lower, upper: float64 of one shape, an item for each area; NaN is a blank that the method declares."""

    value: Floats
    lower: Floats
    upper: Floats

    def scaled(self, factor: float) -> "Estimate":
        """The same for so many: `rates.scaled(100_000)`. A factor below zero exchanges the limits."""
        first, second = (self.lower, self.upper) if factor >= 0 else (self.upper, self.lower)
        return Estimate(self.value * factor, first * factor, second * factor)

    def blanked(self, blank: npt.NDArray[np.bool_]) -> "Estimate":
        """NaN where told, in the value and in both limits."""
        return Estimate(*(np.where(blank, np.nan, each) for each in (self.value, self.lower, self.upper)))
