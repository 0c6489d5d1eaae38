"""Loops of protection within one month, compiled: import this module late, since Numba takes a second.

Counts are numbered. A sum says that some of them, its parts, make another, its whole; `of` lists each count's sums.
Rows are the cells of released tables: each tells of up to three counts (numerator, missed, denominator), -1 for none.
All of it is in the flat arrays of problem.py, which `sums` and `rows` hold in that order.
"""

from typing import Any

import numpy as np
from numba import njit

_compile: Any = njit(nogil=True, cache=True)

SHOWN, HIDDEN, NO_DATA, UNPUBLISHED = 0, 1, 2, -2
"""As in disclosure.STATES and attack/view.py."""
_DEAR = 1 << 60
_A_CELL = 1 << 30
"""What hiding a cell costs beside the size of its count: more than any size, so that few cells are hidden."""
_MOST_TURNS = 400
_MOST_ROUNDS = 60
_FURTHEST = 12


@_compile
def _is_narrowed(low, high, fewest, limit):
    """Whether a hidden count that may be small cannot be just any small number."""
    return low < limit and high >= fewest and (low > 1 or high < limit - 1)


@_compile
def _is_in_doubt(count, lower, upper, rows, state, limit):
    starts, row_of = rows[1], rows[2]
    for at in range(starts[count], starts[count + 1]):
        row = row_of[at]
        if state[row] == HIDDEN or state[row] == UNPUBLISHED:
            fewest = 0 if rows[3][row] else 1
            if _is_narrowed(lower[count], upper[count], fewest, limit):
                return True
    return False


@_compile
def _draw(count, low, high, lower, upper, apart, limit):
    """Draw the bounds of one count closer; whether they came. apart: it is nought or not small."""
    low, high = max(low, lower[count]), min(high, upper[count])
    if apart[count]:
        if high < limit:
            high = min(high, 0)
        if 0 < low < limit:
            low = limit
    if low == lower[count] and high == upper[count]:
        return False
    lower[count], upper[count] = low, high
    return True


@_compile
def settle(sums, lower, upper, apart, limit, queue, queued, waiting, trail, watch, rows, state):
    """Draw bounds closer along the sums that wait in the queue, and along those which that touches, until none tells
    more.

    trail: takes each count changed and its bounds before, where `watch` is set; then it ends as soon as a hidden count
    is narrowed or the trail is full. Returns how much of the trail is used and whether all went well.
    """
    starts, parts, whole, of_starts, of = sums
    head, size, trailed = 0, len(queue), 0
    left = _MOST_ROUNDS * len(whole)
    while waiting > 0 and left > 0:
        left -= 1
        this = queue[head]
        head = (head + 1) % size
        waiting -= 1
        queued[this] = False
        total = whole[this]
        begin, end = starts[this], starts[this + 1]
        least = most = 0
        for at in range(begin, end):
            least += lower[parts[at]]
            most += upper[parts[at]]
        total_low, total_high = lower[total], upper[total]
        for at in range(begin - 1, end):
            if at < begin:
                count, low, high = total, least, most
            else:
                count = parts[at]
                low, high = total_low - (most - upper[count]), total_high - (least - lower[count])
            if low <= lower[count] and high >= upper[count]:
                continue
            was_low, was_high = lower[count], upper[count]
            if not _draw(count, low, high, lower, upper, apart, limit):
                continue
            jumped = lower[count] > low or upper[count] < high
            if at >= begin:
                least += lower[count] - was_low
                most += upper[count] - was_high
            if watch:
                trail[trailed, 0], trail[trailed, 1], trail[trailed, 2] = count, was_low, was_high
                trailed += 1
                if trailed == len(trail) or _is_in_doubt(count, lower, upper, rows, state, limit):
                    while waiting > 0:
                        queued[queue[head]] = False
                        head = (head + 1) % size
                        waiting -= 1
                    return trailed, False
            for place in range(of_starts[count], of_starts[count + 1]):
                other = of[place]
                if not queued[other] and (other != this or jumped):
                    queued[other] = True
                    queue[(head + waiting) % size] = other
                    waiting += 1
    return trailed, True


@_compile
def set_bounds(rows, state, least, most, lower, upper, apart, unbounded):
    """What each count's own rows say of it. apart: that it is shown as what was missed, so that it is not small."""
    row_counts = rows[0]
    lower[:] = 0
    upper[:] = unbounded
    apart[:] = False
    counted, silent = apart.copy(), apart.copy()
    for row in range(len(row_counts)):
        for column in range(3):
            count = row_counts[row, column]
            if count < 0:
                continue
            if state[row] == SHOWN:
                lower[count] = max(lower[count], least[row, column])
                upper[count] = min(upper[count], most[row, column])
                counted[count] = True
                apart[count] = True
            elif state[row] == NO_DATA:
                silent[count] = True
            else:
                counted[count] = True
    for count in range(len(lower)):
        if silent[count] and not counted[count]:
            upper[count] = 0


@_compile
def _is_shown(count, rows, state):
    starts, row_of = rows[1], rows[2]
    return np.any(state[row_of[starts[count] : starts[count + 1]]] == SHOWN)


@_compile
def _get_price(count, rows, state, least, fixed):
    """What hiding a count costs: the cells to hide, then its size. Not to be had where it is hidden already, nought, or
    in a cell that has to stay as it is."""
    row_counts, starts, row_of = rows[0], rows[1], rows[2]
    cells, size = 0, 0
    for at in range(starts[count], starts[count + 1]):
        row = row_of[at]
        if state[row] != SHOWN:
            continue
        if fixed[row]:
            return _DEAR
        for column in range(3):
            if row_counts[row, column] == count:
                size = max(size, least[row, column])
        cells += 1
    return _DEAR if cells == 0 or size == 0 else cells * _A_CELL + size


@_compile
def _hide(count, rows, state):
    starts, row_of = rows[1], rows[2]
    for at in range(starts[count], starts[count + 1]):
        if state[row_of[at]] == SHOWN:
            state[row_of[at]] = HIDDEN


@_compile
def _hide_cheapest(this, but, sums, rows, state, least, fixed):
    """In one sum: the cheapest part shown, else the whole. Whether there was one."""
    starts, parts, whole = sums[0], sums[1], sums[2]
    best, price = -1, _DEAR
    for at in range(starts[this], starts[this + 1]):
        if parts[at] != but:
            asked = _get_price(parts[at], rows, state, least, fixed)
            if asked < price:
                best, price = parts[at], asked
    if best < 0 and whole[this] != but and _get_price(whole[this], rows, state, least, fixed) < _DEAR:
        best = whole[this]
    if best < 0:
        return False
    _hide(best, rows, state)
    return True


@_compile
def _hide_near(count, sums, rows, state, least, fixed, eased, near, seen):
    """Hide one count of the nearest sum that shows one, over counts that none shows; whether there was any.

    near: room for counts; seen: False for all counts, and again at the end.
    """
    starts, parts, whole, of_starts, of = sums
    near[0], seen[count] = count, True
    done, begin, stop = False, 0, 1
    for _ in range(_FURTHEST):
        end = stop
        for at in range(begin, end):
            here = near[at]
            for place in range(rows[1][here], rows[1][here + 1]):
                row = rows[2][place]
                if state[row] == HIDDEN or state[row] == UNPUBLISHED:
                    for column in range(3):
                        beside = rows[0][row, column]
                        if beside >= 0 and not seen[beside]:
                            seen[beside] = True
                            near[stop] = beside
                            stop += 1
        for at in range(begin, stop):
            here = near[at]
            for place in range(of_starts[here], of_starts[here + 1]):
                this = of[place]
                if eased[this] or _hide_cheapest(this, count, sums, rows, state, least, fixed):
                    eased[this] = done = True
                    break
            if done:
                break
        if done:
            break
        reached = stop
        for at in range(begin, reached):
            here = near[at]
            for place in range(of_starts[here], of_starts[here + 1]):
                this = of[place]
                for member in range(starts[this] - 1, starts[this + 1]):
                    other = whole[this] if member < starts[this] else parts[member]
                    if not seen[other] and not _is_shown(other, rows, state):
                        seen[other] = True
                        near[stop] = other
                        stop += 1
        if stop == reached:
            break
        begin = reached
    for at in range(stop):
        seen[near[at]] = False
    return done


@_compile
def hide(
    sums, rows, state, least, most, fixed, lower, upper, apart, limit, unbounded, queue, queued, near, seen, eased
):
    """Hide cells of one month until no hidden count is narrowed; how many counts are left in doubt.

    state: of each row, changed in place. In each sum that by itself tells too much of a count the cheapest count is
    hidden; where none does, one of the nearest.
    """
    starts, parts, whole, of_starts, of = sums
    counts, trail = len(lower), queue[:0].reshape(0, 3)
    in_doubt = 0
    for _ in range(_MOST_TURNS):
        set_bounds(rows, state, least, most, lower, upper, apart, unbounded)
        for this in range(len(whole)):
            queue[this], queued[this], eased[this] = this, True, False
        settle(sums, lower, upper, apart, limit, queue, queued, len(whole), trail, False, rows, state)
        in_doubt, hidden = 0, 0
        before = state.copy()
        for count in range(counts):
            if not _is_in_doubt(count, lower, upper, rows, before, limit):
                continue
            in_doubt += 1
            explained = False
            for place in range(of_starts[count], of_starts[count + 1]):
                this = of[place]
                total = whole[this]
                least_told = most_told = 0
                for at in range(starts[this], starts[this + 1]):
                    if parts[at] != count:
                        least_told += lower[parts[at]]
                        most_told += upper[parts[at]]
                if total != count:
                    least_told, most_told = lower[total] - most_told, upper[total] - least_told
                if least_told <= 1 and most_told >= limit - 1:
                    continue
                if eased[this]:
                    explained = True
                elif _hide_cheapest(this, count, sums, rows, state, least, fixed):
                    eased[this] = explained = True
                    hidden += 1
            if not explained and _hide_near(count, sums, rows, state, least, fixed, eased, near, seen):
                hidden += 1
        if hidden == 0:
            break
    return in_doubt


@_compile
def give_back(sums, rows, state, least, most, order, lower, upper, apart, limit, queue, queued, trail):
    """Show again what need not be hidden, asked in a fixed order: rows that nothing but protection hides.

    lower, upper, apart: as `hide` leaves them. How many were shown again.
    """
    row_counts = rows[0]
    of_starts, of = sums[3], sums[4]
    apart_before = apart[:3].copy()
    given = 0
    for row in order:
        state[row] = SHOWN
        waiting, good = 0, True
        changed = 0
        for column in range(3):
            count = row_counts[row, column]
            if count < 0:
                continue
            apart_before[column] = apart[count]
            apart[count] = True
            trail[changed, 0], trail[changed, 1], trail[changed, 2] = count, lower[count], upper[count]
            changed += 1
            if _draw(count, least[row, column], most[row, column], lower, upper, apart, limit):
                for place in range(of_starts[count], of_starts[count + 1]):
                    if not queued[of[place]]:
                        queued[of[place]] = True
                        queue[waiting] = of[place]
                        waiting += 1
                good = good and not _is_in_doubt(count, lower, upper, rows, state, limit)
        trailed = 0
        if good:
            trailed, good = settle(
                sums, lower, upper, apart, limit, queue, queued, waiting, trail[3:], True, rows, state
            )
        else:
            for at in range(waiting):
                queued[queue[at]] = False
        if good:
            given += 1
            continue
        state[row] = HIDDEN
        for at in range(trailed + 2, 2, -1):
            lower[trail[at, 0]], upper[trail[at, 0]] = trail[at, 1], trail[at, 2]
        for at in range(changed - 1, -1, -1):
            lower[trail[at, 0]], upper[trail[at, 0]] = trail[at, 1], trail[at, 2]
        for column in range(3):
            if row_counts[row, column] >= 0:
                apart[row_counts[row, column]] = apart_before[column]
    return given
