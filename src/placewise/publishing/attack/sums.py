"""What sums tell of counts that nobody shows: the smallest and largest whole number that each can be.

Bounds are int64[counts, months], tightened in place. A sum holds in every month; months know nothing of one another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

UNBOUNDED = 1 << 40
"""More than any count, and still far from overflowing where thousands are added up."""
_MOST_ROUNDS = 200
"""Bounds only ever come closer, so stopping early leaves them right, if wider than they need be."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums, of which each count is part of one at most and the whole of one at most.

    whole: int[sums]; parts: int[n], sum after sum; of: int[n], the sum that each is part of; starts: int[sums].
    """

    whole: npt.NDArray[np.intp]
    parts: npt.NDArray[np.intp]
    of: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]


def build_sums(rows: Iterable[tuple[int, Sequence[int]]]) -> Sums:
    """From a whole and its parts each; what has no part is left out."""
    kept = [(whole, list(parts)) for whole, parts in rows if parts]
    sizes = np.array([len(parts) for _, parts in kept], np.intp)
    return Sums(
        whole=np.array([whole for whole, _ in kept], np.intp),
        parts=np.array([part for _, parts in kept for part in parts], np.intp),
        of=np.repeat(np.arange(len(kept), dtype=np.intp), sizes),
        starts=np.cumsum(sizes) - sizes,
    )


def repeat_sums(sums: Sums, offsets: Sequence[int]) -> Sums:
    """The same sums of several counts, each laid out `offset` further on."""
    shifts = np.array(offsets, np.intp)[:, None]
    steps = np.arange(len(offsets), dtype=np.intp)[:, None]
    return Sums(
        whole=(sums.whole + shifts).reshape(-1),
        parts=(sums.parts + shifts).reshape(-1),
        of=(sums.of + steps * len(sums.whole)).reshape(-1),
        starts=(sums.starts + steps * len(sums.parts)).reshape(-1),
    )


def take_sums(sums: Sums, keep: Mask) -> Sums:
    """Some of them. keep: bool[sums]."""
    sizes = np.diff(np.append(sums.starts, len(sums.parts)))[keep]
    of_kept = keep[sums.of]
    return Sums(
        whole=sums.whole[keep],
        parts=sums.parts[of_kept],
        of=np.repeat(np.arange(len(sizes), dtype=np.intp), sizes),
        starts=np.cumsum(sizes) - sizes,
    )


def propagate(lower: Integers, upper: Integers, relations: Sequence[Sums]) -> None:
    """Until no sum tells any more. lower, upper: int64[counts, months], whole arrays, in place."""
    from placewise.publishing.attack import drawing

    laid_out = [(sums.whole, sums.parts, np.append(sums.starts, len(sums.parts))) for sums in relations]
    changed, looked_at = np.zeros(len(lower), np.int64), [0] * len(relations)
    now = 0
    for _ in range(_MOST_ROUNDS):
        closer = False
        for place, (whole, parts, starts) in enumerate(laid_out):
            since, now = looked_at[place], now + 1
            looked_at[place] = now
            closer |= drawing.tighten(lower, upper, whole, parts, starts, changed, since, now)
        if not closer:
            return
