"""How a hidden count comes out, told so that somebody can do it again by hand."""

from collections.abc import Sequence

import numpy as np

from placewise.publishing.attack.sums import UNBOUNDED, Integers, Sums
from placewise.publishing.attack.view import View

_FEW = 12
"""Parts told one by one; more are told together."""


def tell_how(view: View, lower: Integers, upper: Integers, relations: Sequence[Sums], place: int, month: int) -> str:
    """The first sum that a count is part or whole of and that leaves it no choice, by what is known of the others."""
    for sums in relations:
        for at in np.flatnonzero(sums.parts == place):
            sum_ = sums.of[at]
            others = [each for each in sums.parts[sums.of == sum_] if each != place]
            whole = int(sums.whole[sum_])
            least = lower[whole, month] - sum(upper[each, month] for each in others)
            most = upper[whole, month] - sum(lower[each, month] for each in others)
            if least == most:
                told = f"{_tell(view, lower, upper, whole, month)}"
                if others:
                    told += f", less {_tell_all(view, lower, upper, others, month)}"
                return f"{told}, leaves {least}."
        for sum_ in np.flatnonzero(sums.whole == place):
            parts = list(sums.parts[sums.of == sum_])
            least, most = (sum(bound[each, month] for each in parts) for bound in (lower, upper))
            if least == most:
                return f"{_tell_all(view, lower, upper, parts, month)} make {least}."
    return f"Several sums together leave {lower[place, month]} only."


def _tell_all(view: View, lower: Integers, upper: Integers, places: Sequence[int], month: int) -> str:
    if len(places) > _FEW:
        least, most = (sum(int(bound[each, month]) for each in places) for bound in (lower, upper))
        return f"{len(places)} others ({_range(least, most)} together)"
    return " and ".join(_tell(view, lower, upper, each, month) for each in places)


def _tell(view: View, lower: Integers, upper: Integers, place: int, month: int) -> str:
    count, cell = divmod(int(place), len(view.cells))
    area, split, group = view.cells[cell]
    of = f"{area}" if split == group else f"{area}, {split} {group}"
    return f"“{view.counts[count]}” in {of} ({_range(int(lower[place, month]), int(upper[place, month]))})"


def _range(least: int, most: int) -> str:
    if least == most:
        return f"{least}"
    return f"{least} or more" if most >= UNBOUNDED else f"{least} to {most}"
