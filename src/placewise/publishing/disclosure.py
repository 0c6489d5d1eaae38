"""What may be seen of a count. Applied at the edge, once, to exact counts after they are added up; never before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.publishing.contract import HIDDEN, NO_DATA, SHOWN
from placewise.publishing.definition import DisclosureRule

STATES = (SHOWN, HIDDEN, NO_DATA)

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Counts as they may be seen: arrays of one shape. state indexes STATES; the counts mean nothing unless shown."""

    numerator: Integers
    denominator: Integers
    state: npt.NDArray[np.int32]

    @property
    def shown(self) -> npt.NDArray[np.bool_]:
        return self.state == STATES.index(SHOWN)


def disclose(
    numerator: Integers,
    denominator: Integers,
    reported: npt.NDArray[np.bool_],
    rule: DisclosureRule,
    *,
    sensitive: bool = False,
) -> Disclosed:
    """Hide a cell if its numerator, denominator or their difference is 1 to suppress_below - 1; round the others.

    On a sensitive measure 0% and 100% of somebody are hidden too, since they tell the same of each of them. Zero stays
    zero. Since every count shown is zero or at least suppress_below, so is the difference a reader can infer from two
    rounded counts of the same cell. Source: the disclosure rules of Hospital Episode Statistics for sub-national
    tables (NHS Digital, September 2018), widened to the difference and to 0% and 100%.
    """
    missed = denominator - numerator
    hidden = _is_small(numerator, rule) | _is_small(denominator, rule) | _is_small(missed, rule)
    if sensitive:
        hidden |= (denominator > 0) & ((numerator == 0) | (missed == 0))
    state = np.where(hidden, STATES.index(HIDDEN), STATES.index(SHOWN))
    state = np.where(reported, state, STATES.index(NO_DATA)).astype(np.int32)
    return Disclosed(round_counts(numerator, rule), round_counts(denominator, rule), state)


def disclose_counts(
    counts: Sequence[Integers], reported: npt.NDArray[np.bool_], rule: DisclosureRule
) -> npt.NDArray[np.int32]:
    """The states of cells that rest on these counts, none of which is part of another: hidden if any is small."""
    hidden = np.logical_or.reduce([_is_small(each, rule) for each in counts])
    state = np.where(hidden, STATES.index(HIDDEN), STATES.index(SHOWN))
    return np.where(reported, state, STATES.index(NO_DATA)).astype(np.int32)


def hide_together(
    seen: Disclosed, counts: Integers, columns: Sequence[int], rule: DisclosureRule
) -> npt.NDArray[np.int32]:
    """The states of groups that make up everybody, with all of them hidden where one is nobody or small.

    columns: where the groups stand in the second axis of counts. So nobody learns that everyone of an area is on a
    sensitive register, or none, nor how few are, from the group beside theirs.
    """
    groups = counts[:, columns]
    telling = (groups.sum(axis=1, keepdims=True) > 0) & (groups < rule.suppress_below).any(axis=1, keepdims=True)
    state = seen.state.copy()
    state[:, columns] = np.where(
        telling & (state[:, columns] == STATES.index(SHOWN)), STATES.index(HIDDEN), state[:, columns]
    )
    return state


def get_rounded(count: int, rule: DisclosureRule) -> int | None:
    """One count as it may be shown in a sentence: None where it is too small."""
    value = np.array([count])
    return None if _is_small(value, rule)[0] else int(round_counts(value, rule)[0])


def round_counts(counts: Integers | npt.NDArray[np.float64], rule: DisclosureRule) -> Integers:
    """To the nearest multiple; halfway goes up, and somebody never becomes nobody. counts: not below zero."""
    nearest = np.floor_divide(2 * counts + rule.round_to, 2 * rule.round_to).astype(np.int64) * rule.round_to
    return np.where(counts > 0, np.maximum(nearest, rule.round_to), 0)


def _is_small(counts: Integers, rule: DisclosureRule) -> npt.NDArray[np.bool_]:
    return (counts > 0) & (counts < rule.suppress_below)
