"""Events in order: the nth of a person's events, and events that follow or precede others."""

import numpy as np
import numpy.typing as npt

from placewise.floor.language.nodes import Anchor, Ordered
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.dated import STILL, Dated
from placewise.floor.timeline.events import Events, find_starts
from placewise.floor.timeline.runs import Calendar, Runs, lapse_day
from placewise.floor.timeline.window import Words, until

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
    latest, days, at = np.empty(times, np.int64), 0, 0  # the days found last, in a ring, and where the next one goes
    for i in range(len(row)):
        if i == 0 or row[i] != row[i - 1]:
            days = at = 0
        elif day[i] == day[i - 1]:
            continue
        latest[at] = day[i]
        days += 1
        at = at + 1 if at + 1 < times else 0  # no remainder, which takes as long as all the rest
        if days >= times:
            counting = counts[min(max(latest[at] - first, 0), len(counts) - 1)]
            words[row[i]] |= counting & ever[min(max(int(day[i]) - first_ever, 0), len(ever) - 1)]


def next_day(dated: Dated, later: Dated) -> Days64:
    """For each event, the day of the same person's next event of the other list on a later day, or STILL."""
    return _neighbour(dated, later, _count_until(dated, later, same_day=True))


def answer_ordered(question: Ordered, events: Events, calendar: Calendar) -> Words:
    """A word a person: the months in which an event that stands in order as asked counts."""
    dated = events.of[question.codes]
    anchors = [each for each in (question.after, question.before) if each is not None]
    if all(each.nth is not None for each in anchors):
        return _between(question, dated, events, calendar)
    anchor = events.of[anchors[0].codes]
    if question.after is not None:
        return _after_latest(question, dated, anchor, events.people, calendar)
    return _before_latest(question, dated, anchor, calendar).words(events.people)


def _between(question: Ordered, dated: Dated, events: Events, calendar: Calendar) -> Words:
    """From one day of each person's on, and before another: what is asked to come before that counts from then on."""
    row, day = dated.row, dated.day
    lowest, limit = np.full(events.people, -STILL, np.int64), np.full(events.people, STILL + 1, np.int64)
    counting = np.full(events.people, calendar.window.full_word)
    if question.after is not None:
        lowest = _anchor_day(question.after, events)
        if question.near is not None:
            found = np.flatnonzero(lowest < STILL)
            limit[found] = lapse_day(lowest[found], question.near)
    if question.before is not None:
        before = _anchor_day(question.before, events)
        if question.near is not None and question.after is None:
            near = np.flatnonzero(before[row] < lapse_day(day, question.near))
            row, day = row[near], day[near]
        limit = np.where(before < STILL, np.minimum(limit, before), -STILL)
        counting &= ~until(calendar.month(before))
    words, by_day = np.zeros(events.people, np.uint64), calendar.by_day(question.within)
    _set_between(words, row, day, lowest, limit, counting, by_day.first, by_day.word)
    return words


def _after_latest(question: Ordered, dated: Dated, anchor: Dated, people: int, calendar: Calendar) -> Words:
    """An event follows the latest anchor until the next anchor comes."""
    near = np.full(len(anchor.day), STILL + 1) if question.near is None else lapse_day(anchor.day, question.near)
    words, counts, ever = np.zeros(people, np.uint64), calendar.by_day(question.within), calendar.by_day(None)
    given = (dated.row, dated.day, anchor.row, anchor.day, near)
    _set_following(words, *given, counts.first, counts.word, ever.first, ever.word)
    return words


@compiled
def _set_between(
    words: Words,
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    lowest: Days64,
    limit: Days64,
    counting: Words,
    first: int,
    counts: Words,
) -> None:
    """Add the months in which events of a person's days from `lowest` up to, not including, `limit` count (ByDay), of
    those in the person's `counting`."""
    for i in range(len(row)):
        person = row[i]
        if lowest[person] <= day[i] < limit[person]:
            words[person] |= counts[min(max(int(day[i]) - first, 0), len(counts) - 1)] & counting[person]


@compiled
def _set_following(
    words: Words,
    row: npt.NDArray[np.int32],
    day: npt.NDArray[np.int32],
    anchor_row: npt.NDArray[np.int32],
    anchor_day: npt.NDArray[np.int32],
    near: Days64,
    first: int,
    counts: Words,
    first_ever: int,
    ever: Words,
) -> None:
    """Add the months in which each event counts that follows an anchor before the day `near`, until the next anchor.

    Both lists are in order of person and day.
    """
    at = 0
    for i in range(len(row)):
        while at < len(anchor_row) and (
            anchor_row[at] < row[i] or (anchor_row[at] == row[i] and anchor_day[at] <= day[i])
        ):
            at += 1
        if at > 0 and anchor_row[at - 1] == row[i] and day[i] < near[at - 1]:
            word = counts[min(max(int(day[i]) - first, 0), len(counts) - 1)]
            if at < len(anchor_row) and anchor_row[at] == row[i]:
                word &= ~ever[min(max(int(anchor_day[at]) - first_ever, 0), len(ever) - 1)]
            words[row[i]] |= word


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
