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
