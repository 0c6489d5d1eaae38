"""What the rounded counts tell of the rounding of hidden ones: parts make their totals exactly, hidden parts too.

A hidden count has a multiple as well, and of one that is hidden alone in a sum everybody can work it out. What it
counts is then near that multiple, and nothing more is known of it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placewise.publishing.attack.bounds import draw_known, get_range_of_steps, get_rows
from placewise.publishing.attack.sums import UNBOUNDED, Integers, Sums, propagate
from placewise.publishing.attack.view import Rule, View
from placewise.publishing.contract import NO_DATA, SHOWN
from placewise.publishing.disclosure import STATES


def get_steps(view: View, rule: Rule, relations: Sequence[Sums]) -> tuple[Integers, Integers]:
    """The fewest and most steps each count can have been given: int64[counts x cells, months].

    Of what is rounded together in this release; earlier ones added up by themselves.
    """
    shape = (len(view.counts) * len(view.cells), len(view.months))
    low, high = np.zeros(shape, np.int64), np.full(shape, UNBOUNDED, np.int64)
    counted, silent = np.zeros(shape, bool), np.zeros(shape, bool)
    for table in view.tables:
        if table.is_apart:
            continue
        shown, nothing = (table.state == STATES.index(state) for state in (SHOWN, NO_DATA))
        numbers = table.numerator, table.denominator - table.numerator, table.denominator
        for rows, number in zip(get_rows(view, table), numbers, strict=True):
            if rows is not None:
                low[rows] = np.where(shown, number // rule.round_to, low[rows])
                high[rows] = np.where(shown, number // rule.round_to, high[rows])
                counted[rows] |= shown | table.hidden
                silent[rows] |= nothing
    high[silent & ~counted] = 0
    _draw_known(view, low, high, rule)
    propagate(low, high, relations)
    return low, high


def _draw_known(view: View, low: Integers, high: Integers, rule: Rule) -> None:
    """A count that official figures tell is given one of its own neighbouring multiples, in place."""
    if view.known:
        least, most = np.zeros_like(low), np.full_like(high, UNBOUNDED)
        draw_known(view, least, most)
        np.maximum(low, least // rule.round_to, out=low)
        np.minimum(high, -(-most // rule.round_to), out=high)


def draw_from_steps(lower: Integers, upper: Integers, steps: tuple[Integers, Integers], rule: Rule) -> None:
    """Draw the bounds of counts closer, in place, by the steps they can have been given."""
    least, most = get_range_of_steps(*steps, rule)
    np.maximum(lower, least, out=lower)
    np.minimum(upper, most, out=upper)


def in_steps(rule: Rule) -> Rule:
    """The rule of a release whose numbers are steps: those that a small count may be given are small there."""
    return replace(rule, suppress_below=rule.smallest_shown, round_to=1)
