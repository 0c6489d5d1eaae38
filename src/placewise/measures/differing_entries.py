"""Of the entries that people add to a measure, before and now, those that are not the same."""

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.window import Words
from placewise.measures.entries import Entries, Integers

Flags = npt.NDArray[np.bool_]
Columns = tuple[Integers, Words, Words, Integers, Integers]


def take_differing(before: Entries, now: Entries, others: Flags) -> tuple[Entries, Entries]:
    """The entries of both without those that a person has in the same turn in both, which add the same.

    others: of the people whose rows the entries name, those who count elsewhere, and keep them all.
    """
    kept = np.ones(len(before.person), np.bool_), np.ones(len(now.person), np.bool_)
    _drop_same(*kept, _get_columns(before), _get_columns(now), others)
    one, other = (each.take(np.flatnonzero(of)) for each, of in zip((before, now), kept, strict=True))
    return one, other


def _get_columns(entries: Entries) -> Columns:
    value = np.zeros(0, np.int64) if entries.value is None else entries.value
    return entries.person.astype(np.int64), entries.word, entries.late, np.ascontiguousarray(entries.amounts), value


@compiled
def _drop_same(kept: Flags, other_kept: Flags, columns: Columns, other_columns: Columns, others: Flags) -> None:
    """Go through the entries of both in order of person, side by side."""
    person, word, late, amounts, value = columns
    other_person, other_word, other_late, other_amounts, other_value = other_columns
    at, other = 0, 0
    while at < len(person) and other < len(other_person):
        if person[at] < other_person[other]:
            at += 1
        elif person[at] > other_person[other]:
            other += 1
        else:
            same = not others[person[at]] and word[at] == other_word[other] and late[at] == other_late[other]
            for part in range(amounts.shape[1]):
                same = same and amounts[at, part] == other_amounts[other, part]
            if same and len(value) > 0:
                same = value[at] == other_value[other]
            kept[at], other_kept[other] = not same, not same
            at += 1
            other += 1
