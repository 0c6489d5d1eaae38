"""Refuses what an area cannot have counted, and names the area."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.faults import listed


def check_areas(wrong: npt.ArrayLike, fault: str, areas: Sequence[str] = ()) -> None:
    """Raise ValueError "Ashdale, Birchwood: FAULT" if anything is wrong.

    wrong: bool, the first axis is the areas; areas: their names, else they are told by their number from 1.
    """
    found = np.atleast_1d(np.asarray(wrong, dtype=bool))
    if found.any():
        places = np.flatnonzero(found.reshape(len(found), -1).any(axis=1)).tolist()
        names = [areas[place] if areas else f"area {place + 1}" for place in places]
        raise ValueError(f"{listed(names)}: {fault}")


def check_counted(numerator: npt.ArrayLike, denominator: npt.ArrayLike, areas: Sequence[str] = ()) -> None:
    """Raise ValueError where a numerator is below zero or exceeds its denominator; what is not known (NaN) passes."""
    x, n = np.broadcast_arrays(np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    check_areas(x < 0, "a numerator is below zero", areas)
    check_areas(x > n, "a numerator exceeds its denominator", areas)
