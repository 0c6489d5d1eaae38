"""Events in order: the nth of a person's events, and events that follow or precede others."""

import numpy as np
import numpy.typing as npt

from placewise.floor.language.nodes import Anchor, Ordered
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.events import STILL, Dated, Events, find_starts
from placewise.floor.timeline.runs import Calendar, Runs, lapse_day
from placewise.floor.timeline.window import Words

Days64 = npt.NDArray[np.int64]


def find_nth(row: npt.NDArray[np.int32], n: int) -> npt.NDArray[np.int64]:
    """Where each person's nth entry is, in entries sorted by person; nothing for a person with fewer."""
    starts = find_starts(row)
    lengths = np.diff(np.append(starts, len(row)))
    return starts[lengths >= n] + n - 1


def distinct_days(dated: Dated) -> npt.NDArray[np.int64]:
    """The first entry of each person and day."""
    new = np.ones(len(dated.row), bool)
    new[1:] = (dated.row[1:] != dated.row[:-1]) | (dated.day[1:] != dated.day[:-1])
    return np.flatnonzero(new)


def nth_day(dated: Dated, n: int, people: int) -> Days64:
    """The day of each person's nth event, or STILL."""
    days = distinct_days(dated)
    row, day = dated.row[days], dated.day[days]
    found = find_nth(row, n)
    answer = np.full(people, STILL, np.int64)
    answer[row[found]] = day[found]
    return answer


@compiled
def set_repeated(
    words: Words,
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    times: int,
    first: int,
    counts: Words,
    first_ever: int,
    ever: Words,
) -> None:
    """Add to each person's word the months in which events of so many days count: from the last of them on (ByDay
    `ever`), for as long as the first does (`counts`)."""
    latest = np.empty(times, np.int64)
    days = 0
    for i in range(len(row)):
        if i == 0 or row[i] != row[i - 1]:
            days = 0
        elif day[i] == day[i - 1]:
            continue
        latest[days % times] = day[i]
        days += 1
        if days >= times:
            earliest = latest[days % times]
            counting = counts[min(max(earliest - first, 0), len(counts) - 1)]
            words[row[i]] |= counting & ever[min(max(int(day[i]) - first_ever, 0), len(ever) - 1)]


def next_day(dated: Dated, later: Dated) -> Days64:
    """For each event, the day of the same person's next event of the other list on a later day, or STILL."""
    return _neighbour(dated, later, _count_until(dated, later, same_day=True))


def find_runs(question: Ordered, events: Events, calendar: Calendar) -> Runs:
    """The months in which an event that stands in order as asked counts."""
    dated = events.of[question.codes]
    anchors = [each for each in (question.after, question.before) if each is not None]
    if any(each.nth is None for each in anchors):
        follow = _after_latest if question.after else _before_latest
        return follow(question, dated, events.of[anchors[0].codes], calendar)
    return _between(question, dated, events, calendar)


def _between(question: Ordered, dated: Dated, events: Events, calendar: Calendar) -> Runs:
    start: npt.NDArray[np.integer] = dated.day
    row, day = dated.row, dated.day
    if question.after is not None:
        after = _anchor_day(question.after, events)[row]
        chosen = np.flatnonzero(day >= after)
        if question.near is not None:
            chosen = chosen[day[chosen] < lapse_day(after[chosen], question.near)]
        row, start, day = row[chosen], start[chosen], day[chosen]
    if question.before is not None:
        before = _anchor_day(question.before, events)[row]
        chosen = np.flatnonzero((before < STILL) & (day < before))
        if question.near is not None and question.after is None:
            chosen = chosen[before[chosen] < lapse_day(day[chosen], question.near)]
        row, start, day = row[chosen], before[chosen], day[chosen]
    return Runs(row, calendar.month(start), calendar.lapse(day, question.within))


def _after_latest(question: Ordered, dated: Dated, anchor: Dated, calendar: Calendar) -> Runs:
    """An event follows the latest anchor until the next anchor comes."""
    until = _count_until(dated, anchor, same_day=True)
    latest = _neighbour(dated, anchor, until - 1)
    chosen = np.flatnonzero(latest < STILL)
    if question.near is not None:
        chosen = chosen[dated.day[chosen] < lapse_day(latest[chosen], question.near)]
    dated = Dated(dated.row[chosen], dated.day[chosen])
    following = _neighbour(dated, anchor, until[chosen])
    stop = np.minimum(calendar.lapse(dated.day, question.within), calendar.month(following))
    return Runs(dated.row, calendar.month(dated.day), stop)


def _before_latest(question: Ordered, dated: Dated, anchor: Dated, calendar: Calendar) -> Runs:
    """For each anchor, the last event before it: no other is nearer or counts for longer."""
    last = _neighbour(anchor, dated, _count_until(anchor, dated, same_day=False) - 1)
    following = next_day(anchor, anchor)
    chosen = np.flatnonzero(last < STILL)
    if question.near is not None:
        chosen = chosen[anchor.day[chosen] < lapse_day(last[chosen], question.near)]
    stop = np.minimum(calendar.lapse(last[chosen], question.within), calendar.month(following[chosen]))
    return Runs(anchor.row[chosen], calendar.month(anchor.day[chosen]), stop)


def _anchor_day(anchor: Anchor, events: Events) -> Days64:
    assert anchor.nth is not None, "the latest event is not the same on every day"
    return nth_day(events.of[anchor.codes], anchor.nth, events.people)


def _count_until(dated: Dated, other: Dated, *, same_day: bool) -> npt.NDArray[np.int32]:
    """How many entries of the other list come before each event; those of the same person and day, too, where asked."""
    counted = np.empty(len(dated.row), np.int32)
    _count_before(counted, dated.row, dated.day, other.row, other.day, int(same_day))
    return counted


@compiled
def _count_before(
    counted: npt.NDArray[np.int32],
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    other_row: npt.NDArray[np.int32],
    other_day: npt.NDArray[np.int32],
    days_more: int,
) -> None:
    """Of both lists in order, those of the other before `days_more` days after each."""
    at = 0
    for i in range(len(row)):
        until = np.int64(day[i]) + days_more
        while at < len(other_row) and (other_row[at] < row[i] or (other_row[at] == row[i] and other_day[at] < until)):
            at += 1
        counted[i] = at


def _neighbour(dated: Dated, other: Dated, position: npt.NDArray[np.integer]) -> Days64:
    """The day of the other list's entry at each position if it is of the same person, or STILL."""
    days = np.empty(len(position), np.int64)
    _take_days(days, dated.row, other.row, other.day, position)
    return days


@compiled
def _take_days(
    days: Days64,
    row: npt.NDArray[np.int32],
    other_row: npt.NDArray[np.int32],
    other_day: npt.NDArray[np.int32],
    position: npt.NDArray[np.integer],
) -> None:
    for i in range(len(position)):
        at = position[i]
        days[i] = other_day[at] if 0 <= at < len(other_row) and other_row[at] == row[i] else STILL
