"""Loops of protection within one month, compiled: import this module late, since Numba takes a second.

Counts are numbered. A sum says that some of them, its parts, make another, its whole; `of` lists each count's sums.
Rows are the cells of released tables: each tells of up to three counts (numerator, missed, denominator), -1 for none.
With them comes the least and most that official figures tell of each count by themselves.
All of it is in the flat arrays of problem.py, which `sums` and `rows` hold in that order.

Long, because loops compiled together can call one another and are inlined; apart, each call would cross a module.
"""

from typing import Any

import numpy as np
from numba import njit, types

_Many = types.int64[::1]
_Few = types.int32[::1]
_Truths = types.boolean[::1]
_States = types.int8[::1]
_Grid = types.int64[:, ::1]
_Number = types.int64
_Truth = types.boolean
_Sums = types.UniTuple(_Few, 5)
_Rows = types.Tuple((types.int32[:, ::1], _Few, _Few, _Truths, _Many, _Many))


def _compile(answer: Any, *given: Any, makes_arrays: bool = False) -> Any:
    """With its types said, a function is compiled once, wherever it is called from.

    Without makes_arrays it only works on what it is given, and does without counting who holds each array: at every
    call from loop to loop that takes longer than what most of them do.
    """
    unlisted: dict[str, Any] = {"_nrt": makes_arrays}  # Numba's own name for it, which its types leave out
    return njit(answer(*given), nogil=True, cache=True, error_model="numpy", **unlisted)


SHOWN, HIDDEN, NO_DATA, UNPUBLISHED = 0, 1, 2, -2
"""As in disclosure.STATES and attack/view.py."""
NOTHING, NARROWED, IMPOSSIBLE = 0, 1, 2
"""What is watched for while bounds are drawn closer."""
_DEAR = 1 << 60
_A_CELL = 1 << 30
"""What hiding a cell costs beside the size of its count: more than any size, so that few cells are hidden."""
UNKNOWN = -2
"""Of a sum: what is cheapest in it has to be looked for."""
ROUNDS = 60
_FURTHEST = 12


@_compile(_Truth, _Number, _Number, _Number, _Number, _Number, _Number)
def _is_narrowed(low, high, fewest, limit, told_low, told_high):
    """Whether a hidden count that may be small cannot be just any small number, but for what official figures tell."""
    return low < limit and high >= fewest and (low > max(1, told_low) or high < min(limit - 1, told_high))


@_compile(_Truth, _Number, _Many, _Many, _Rows, _States, _Number)
def _is_in_doubt(count, lower, upper, rows, state, limit):
    starts, row_of = rows[1], rows[2]
    for at in range(starts[count], starts[count + 1]):
        row = row_of[at]
        if state[row] == HIDDEN or state[row] == UNPUBLISHED:
            fewest = 0 if rows[3][row] else 1
            if _is_narrowed(lower[count], upper[count], fewest, limit, rows[4][count], rows[5][count]):
                return True
    return False


@_compile(_Truth, _Number, _Number, _Number, _Many, _Many, _Truths, _Number)
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


@_compile(types.void, _Many, _Truths, _Number, _Number)
def _empty(queue, queued, head, waiting):
    for at in range(waiting):
        queued[queue[(head + at) % len(queue)]] = False


@_compile(types.void, _Grid, _Number, _Many, _Many)
def _undo(trail, trailed, lower, upper):
    for at in range(trailed - 1, -1, -1):
        lower[trail[at, 0]], upper[trail[at, 0]] = trail[at, 1], trail[at, 2]


@_compile(
    types.Tuple((_Number, _Truth)),
    _Sums,
    _Many,
    _Many,
    _Truths,
    _Number,
    _Many,
    _Truths,
    _Number,
    _Grid,
    _Number,
    _Rows,
    _States,
    _Number,
)
def settle(sums, lower, upper, apart, limit, queue, queued, waiting, trail, watch, rows, state, left):
    """Draw bounds closer along the sums that wait in the queue, and along those which that touches, until none tells
    more; `left` sums are looked at, at most.

    trail: takes each count changed and its bounds before, unless nothing is watched for; then it ends as soon as a
    hidden count is narrowed, or nothing is possible for one, or the trail is full. Returns how much of the trail is
    used and whether none of it came to pass.
    """
    starts, parts, whole, of_starts, of = sums
    head, size, trailed = 0, len(queue), 0
    while waiting > 0 and left > 0:
        left -= 1
        this = queue[head]
        head = head + 1 if head + 1 < size else 0
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
            if watch != NOTHING:
                trail[trailed, 0], trail[trailed, 1], trail[trailed, 2] = count, was_low, was_high
                trailed += 1
                found = (
                    lower[count] > upper[count]
                    if watch == IMPOSSIBLE
                    else _is_in_doubt(count, lower, upper, rows, state, limit)
                )
                if found or trailed == len(trail):
                    _empty(queue, queued, head, waiting)
                    return trailed, not found and watch == IMPOSSIBLE
            for place in range(of_starts[count], of_starts[count + 1]):
                other = of[place]
                if not queued[other] and (other != this or jumped):
                    queued[other] = True
                    tail = head + waiting
                    queue[tail if tail < size else tail - size] = other
                    waiting += 1
    _empty(queue, queued, head, waiting)
    return trailed, True


@_compile(_Number, _Sums, _Many, _Many, _Many, _Truths)
def ask_open(sums, lower, upper, queue, queued):
    """Queue the sums with a member that is not known exactly, since no other tells more; how many."""
    starts, parts, whole = sums[0], sums[1], sums[2]
    waiting = 0
    for this in range(len(whole)):
        is_open = lower[whole[this]] != upper[whole[this]]
        at = starts[this]
        while not is_open and at < starts[this + 1]:
            is_open = lower[parts[at]] != upper[parts[at]]
            at += 1
        queued[this] = is_open
        if is_open:
            queue[waiting] = this
            waiting += 1
    return waiting


@_compile(types.void, _Rows, _States, _Grid, _Grid, _Many, _Many, _Truths, makes_arrays=True)
def set_bounds(rows, state, least, most, lower, upper, apart):
    """What each count's own rows and official figures say of it. apart: that it is shown, so that it is not small."""
    row_counts = rows[0]
    lower[:] = rows[4]
    upper[:] = rows[5]
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


@_compile(_Truth, _Number, _Rows, _States, _Number, _Number)
def _is_any(count, rows, state, one, other):
    """Whether a cell that tells of a count is in one of two states."""
    starts, row_of = rows[1], rows[2]
    is_any = False
    for at in range(starts[count], starts[count + 1]):
        is_any |= state[row_of[at]] == one or state[row_of[at]] == other
    return is_any


@_compile(_Number, _Number, _Rows, _States, _Grid, _Truths)
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


@_compile(types.void, _Number, _Rows, _Sums, _States, _Grid, _Truths)
def _hide(count, rows, sums, state, cheapest, shown):
    """cheapest: forgotten of each sum in which something costs otherwise now; shown: kept true to the states."""
    row_counts, starts, row_of = rows[0], rows[1], rows[2]
    of_starts, of = sums[3], sums[4]
    for at in range(starts[count], starts[count + 1]):
        row = row_of[at]
        if state[row] == SHOWN:
            state[row] = HIDDEN
            for column in range(3):
                other = row_counts[row, column]
                if other >= 0:
                    shown[other] = _is_any(other, rows, state, SHOWN, SHOWN)
                    for place in range(of_starts[other], of_starts[other + 1]):
                        cheapest[of[place], 0] = UNKNOWN


@_compile(types.UniTuple(_Number, 2), _Number, _Number, _Rows, _Sums, _States, _Grid, _Truths)
def _look_for_cheapest(this, but, rows, sums, state, least, fixed):
    starts, parts, whole = sums[0], sums[1], sums[2]
    best, price = -1, _DEAR
    for at in range(starts[this], starts[this + 1]):
        if parts[at] != but:
            asked = _get_price(parts[at], rows, state, least, fixed)
            if asked < price:
                best, price = parts[at], asked
    if best < 0 and whole[this] != but:
        price = _get_price(whole[this], rows, state, least, fixed)
        if price < _DEAR:
            best = whole[this]
    return best, price


@_compile(types.UniTuple(_Number, 2), _Number, _Number, _Rows, _Sums, _States, _Grid, _Truths, _Grid)
def _find_cheapest(this, but, rows, sums, state, least, fixed, cheapest):
    """In one sum: the cheapest part shown, else the whole, and its price; -1 where there is none.

    cheapest: of each sum what was found before, since most are asked about many times.
    """
    if cheapest[this, 0] == UNKNOWN:
        cheapest[this, 0], cheapest[this, 1] = _look_for_cheapest(this, -1, rows, sums, state, least, fixed)
    if cheapest[this, 0] != but or but < 0:
        return cheapest[this, 0], cheapest[this, 1]
    return _look_for_cheapest(this, but, rows, sums, state, least, fixed)


@_compile(_Truth, _Number, _Sums, _Rows, _States, _Grid, _Truths, _Truths, _Many, _Truths, _Grid, _Truths, _Number)
def _hide_near(count, sums, rows, state, least, fixed, eased, near, seen, cheapest, shown, most):
    """Hide the cheapest counts, so `most` of them, of the nearest sums that show one, over counts that none shows;
    whether there was any.

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
        hides = False
        for _ in range(most):
            best, price, of_best = -1, _DEAR, -1
            for at in range(begin, stop):
                here = near[at]
                for place in range(of_starts[here], of_starts[here + 1]):
                    this = of[place]
                    done = done or (eased[this] and not hides)
                    asked, cost = _find_cheapest(this, count, rows, sums, state, least, fixed, cheapest)
                    if asked >= 0 and cost < price:
                        best, price, of_best = asked, cost, this
            if best < 0 or done:
                break
            _hide(best, rows, sums, state, cheapest, shown)
            eased[of_best] = hides = True
        done = done or hides
        if done:
            break
        reached = stop
        for at in range(begin, reached):
            here = near[at]
            for place in range(of_starts[here], of_starts[here + 1]):
                this = of[place]
                for member in range(starts[this] - 1, starts[this + 1]):
                    other = whole[this] if member < starts[this] else parts[member]
                    if not seen[other] and not shown[other]:
                        seen[other] = True
                        near[stop] = other
                        stop += 1
        if stop == reached:
            break
        begin = reached
    for at in range(stop):
        seen[near[at]] = False
    return done


@_compile(_Number, _Truths, _Rows, _States, _Truths)
def hide_all(counts, rows, state, fixed):
    """Hide every cell that tells of one of the counts, but those that have to stay; how many."""
    hidden = 0
    for row in range(len(state)):
        if state[row] != SHOWN or fixed[row]:
            continue
        for column in range(3):
            count = rows[0][row, column]
            if count >= 0 and counts[count] and state[row] == SHOWN:
                state[row] = HIDDEN
                hidden += 1
    return hidden


@_compile(_Truths, _Rows, _States, _Number, makes_arrays=True)
def find_unshown(rows, state, counts):
    """The counts that no cell shows, nor tells to be nobody's."""
    unshown = np.zeros(counts, np.bool_)
    for count in range(counts):
        unshown[count] = not _is_any(count, rows, state, SHOWN, NO_DATA)
    return unshown


@_compile(_Truths, _Rows, _States, _Many, _Many, _Number, makes_arrays=True)
def find_doubt(rows, state, lower, upper, limit):
    """The hidden counts that may be small, and of which some small numbers are ruled out."""
    found = np.zeros(len(lower), np.bool_)
    for count in range(len(lower)):
        found[count] = _is_in_doubt(count, lower, upper, rows, state, limit)
    return found


@_compile(
    _Number,
    _Truths,
    _Sums,
    _Rows,
    _States,
    _Grid,
    _Truths,
    _Many,
    _Many,
    _Number,
    _Many,
    _Truths,
    _Truths,
    _Grid,
    _Number,
    makes_arrays=True,
)
def hide(found, sums, rows, state, least, fixed, lower, upper, limit, near, seen, eased, cheapest, most):
    """Hide cells for the sake of the counts found; how often there was one to hide.

    In each sum that by itself tells too much of a count the cheapest is hidden; where none does, `most` of the nearest.
    cheapest: int64[sums, 2], what is cheapest in each and its price by the states now, or UNKNOWN.
    """
    starts, parts, whole, of_starts, of = sums
    eased[:] = False
    shown = np.zeros(len(found), np.bool_)
    for row in range(len(state)):
        if state[row] == SHOWN:
            for column in range(3):
                if rows[0][row, column] >= 0:
                    shown[rows[0][row, column]] = True
    hidden = 0
    for count in range(len(found)):
        if not found[count]:
            continue
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
            else:
                best, _ = _find_cheapest(this, count, rows, sums, state, least, fixed, cheapest)
                if best >= 0:
                    _hide(best, rows, sums, state, cheapest, shown)
                    eased[this] = explained = True
                    hidden += 1
        if not explained and _hide_near(
            count, sums, rows, state, least, fixed, eased, near, seen, cheapest, shown, most
        ):
            hidden += 1
    return hidden


@_compile(
    _Number, _Sums, _Rows, _States, _Grid, _Grid, _Many, _Many, _Many, _Truths, _Number, _Many, _Truths, _Grid,
    makes_arrays=True,
)  # fmt: skip
def give_back(sums, rows, state, least, most, order, lower, upper, apart, limit, queue, queued, trail):
    """Show again what need not be hidden, asked in a fixed order: rows that nothing but protection hides.

    lower, upper, apart: settled. How many were shown again.
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
                sums,
                lower,
                upper,
                apart,
                limit,
                queue,
                queued,
                waiting,
                trail[3:],
                NARROWED,
                rows,
                state,
                ROUNDS * len(sums[2]),
            )
        else:
            _empty(queue, queued, 0, waiting)
        if good:
            given += 1
            continue
        state[row] = HIDDEN
        _undo(trail[3:], trailed, lower, upper)
        _undo(trail, changed, lower, upper)
        for column in range(3):
            if row_counts[row, column] >= 0:
                apart[row_counts[row, column]] = apart_before[column]
    return given


@_compile(
    _Truths, _Truths, _Sums, _Rows, _States, _Many, _Many, _Truths, _Number, _Many, _Truths, _Grid, _Number,
    makes_arrays=True,
)  # fmt: skip
def probe(asked, sums, rows, state, lower, upper, apart, limit, queue, queued, trail, most):
    """Which hidden counts can be small, but not just any small number, when all that would follow is drawn from each
    being 1 or the largest small number: sums that tell only together. asked: which counts to try; `most` sums are
    looked at for each.

    lower, upper, apart: settled, and left as they are.
    """
    of_starts, of = sums[3], sums[4]
    found = np.zeros(len(lower), np.bool_)
    if limit <= 2:  # there is one small number: whatever can be small can be any
        return found
    for count in range(len(lower)):
        if not asked[count] or lower[count] > 1 or upper[count] < limit - 1:
            continue
        if not _is_any(count, rows, state, HIDDEN, UNPUBLISHED):
            continue
        ruled_out = False
        for turn in range(3):  # 1, the largest small number, and, where one is ruled out, any
            if turn == 2 and not ruled_out:
                continue
            low, high = limit - 1 if turn == 1 else 1, 1 if turn == 0 else limit - 1
            trail[0, 0], trail[0, 1], trail[0, 2] = count, lower[count], upper[count]
            _draw(count, low, high, lower, upper, apart, limit)
            waiting = 0
            for place in range(of_starts[count], of_starts[count + 1]):
                queued[of[place]] = True
                queue[waiting] = of[place]
                waiting += 1
            trailed, possible = settle(
                sums, lower, upper, apart, limit, queue, queued, waiting, trail[1:], IMPOSSIBLE, rows, state, most
            )
            _undo(trail, trailed + 1, lower, upper)
            found[count] = turn == 2 and possible
            ruled_out = ruled_out or not possible
    return found
