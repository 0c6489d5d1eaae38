"""Areas in five groups of the same number, by rank of a released value."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.quantile import get_quantile_groups


def get_fifths(values: Sequence[float | None]) -> npt.NDArray[np.float64]:
    """1 (lowest) to 5 (highest) for each value; NaN where it is missing, or of fewer than five areas."""
    known = np.array([np.nan if each is None else each for each in values], dtype=np.float64)
    return get_quantile_groups(known, 5, highest_first=False)
