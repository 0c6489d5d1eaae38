"""Events in order: the nth of a person's events, and events that follow or precede others."""

import numpy as np
import numpy.typing as npt

from placewise.floor.language.nodes import Anchor, Ordered
from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.events import STILL, Dated, Events, find_starts
from placewise.floor.timeline.readings import keys_of
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
    return _neighbour(dated, later, np.searchsorted(keys_of(later), keys_of(dated), side="right"))


def find_runs(question: Ordered, events: Events, calendar: Calendar) -> Runs:
    """The months in which an event that stands in order as asked counts."""
    dated = events.of[question.codes]
    anchors = [each for each in (question.after, question.before) if each is not None]
    if any(each.nth is None for each in anchors):
        follow = _after_latest if question.after else _before_latest
        return follow(question, dated, events.of[anchors[0].codes], calendar)
    return _between(question, dated, events, calendar)


def _between(question: Ordered, dated: Dated, events: Events, calendar: Calendar) -> Runs:
    day = dated.day.astype(np.int64)
    chosen, start = np.ones(len(day), bool), day
    if question.after is not None:
        after = _anchor_day(question.after, events)[dated.row]
        chosen &= (after < STILL) & (day >= after)
        if question.near is not None:
            chosen &= day < lapse_day(np.where(chosen, after, 0), question.near)
    if question.before is not None:
        before = _anchor_day(question.before, events)[dated.row]
        chosen &= (before < STILL) & (day < before)
        if question.near is not None and question.after is None:
            chosen &= before < lapse_day(day, question.near)
        start = before
    stop = calendar.lapse(day, question.within)
    return Runs(dated.row, calendar.month(start), stop).where(chosen)


def _after_latest(question: Ordered, dated: Dated, anchor: Dated, calendar: Calendar) -> Runs:
    """An event follows the latest anchor until the next anchor comes."""
    latest = _neighbour(dated, anchor, np.searchsorted(keys_of(anchor), keys_of(dated), side="right") - 1)
    chosen = latest < STILL
    if question.near is not None:
        chosen &= dated.day < lapse_day(np.where(chosen, latest, 0), question.near)
    stop = np.minimum(calendar.lapse(dated.day, question.within), calendar.month(next_day(dated, anchor)))
    return Runs(dated.row, calendar.month(dated.day), stop).where(chosen)


def _before_latest(question: Ordered, dated: Dated, anchor: Dated, calendar: Calendar) -> Runs:
    """For each anchor, the last event before it: no other is nearer or counts for longer."""
    last = _neighbour(anchor, dated, np.searchsorted(keys_of(dated), keys_of(anchor), side="left") - 1)
    chosen = last < STILL
    last = np.where(chosen, last, 0)
    if question.near is not None:
        chosen &= anchor.day < lapse_day(last, question.near)
    stop = np.minimum(calendar.lapse(last, question.within), calendar.month(next_day(anchor, anchor)))
    return Runs(anchor.row, calendar.month(anchor.day), stop).where(chosen)


def _anchor_day(anchor: Anchor, events: Events) -> Days64:
    assert anchor.nth is not None, "the latest event is not the same on every day"
    return nth_day(events.of[anchor.codes], anchor.nth, events.people)


def _neighbour(dated: Dated, other: Dated, position: npt.NDArray[np.int64]) -> Days64:
    """The day of the other list's entry at each position if it is of the same person, or STILL."""
    if not len(other.row):
        return np.full(len(dated.row), STILL, np.int64)
    found = np.clip(position, 0, len(other.row) - 1)
    same = (found == position) & (other.row[found] == dated.row)
    return np.where(same, other.day[found], STILL).astype(np.int64)
