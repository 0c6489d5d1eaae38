"""Dated stays (with a practice, at an address) as words, so that each month of a person belongs to one stay at most."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.timeline.compiled import compiled
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Words, span

Column = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stays:
    """s stays, sorted by person: person (row), where (an index), word (the months that count for this stay)."""

    person: npt.NDArray[np.int32]
    where: npt.NDArray[np.int32]
    word: Words

    def union(self, people: int) -> Words:
        """A word a person: the months of any stay."""
        words = np.zeros(people, np.uint64)
        np.bitwise_or.at(words, self.person, self.word)
        return words


def build_stays(
    person: npt.NDArray[np.int32],
    where: npt.NDArray[np.int32],
    start: npt.NDArray[np.int32],
    end: npt.NDArray[np.int32],
    allowed: Words,
    calendar: Calendar,
) -> Stays:
    """Stays from their first to their last day, both included (days since 1970), within the months allowed a person.

    Where two cover a month end, the one that began later has the month (then the one that ends later, then the higher
    index), so that the answer never depends on the order of rows. Stays without a month are left out.
    """
    word = span(calendar.month(start), calendar.month(end.astype(np.int64) + 1)) & allowed[person]
    order = np.arange(len(person)) if np.all(person[1:] >= person[:-1]) else np.argsort(person, kind="stable")
    _settle(order, person, where, start, end, word)
    person, where, word = person[order], where[order], word[order]
    kept = word != 0
    return Stays(person[kept], where[kept], word[kept])


def cross(first: Stays, second: Stays) -> tuple[Stays, npt.NDArray[np.int32]]:
    """Both at once: the months of each first stay in each second stay, and in none of them (-1), of each person in
    order of where both are."""
    given = (first.person, first.where, first.word, second.person, second.where, second.word)
    nowhere = np.empty((0, 3), np.int32)
    crossed = np.empty((_cross(nowhere, np.empty(0, np.uint64), *given), 3), np.int32)
    word = np.empty(len(crossed), np.uint64)
    _cross(crossed, word, *given)
    person, where, partner = np.ascontiguousarray(crossed.T)
    return Stays(person, where, word), partner


@compiled
def _cross(
    crossed: Column, words: Words, person: Column, where: Column, word: Words, other: Column, place: Column, held: Words
) -> int:
    """How many stays there are in both. Fills in as many as there is room for: person, where and partner, and the word.

    person, where, word: of the first stays; other, place, held: the same of the second.
    """
    found, begin, of_person = 0, 0, 0
    for i in range(len(person)):
        if i == 0 or person[i] != person[i - 1]:
            of_person = found
            while begin < len(other) and other[begin] < person[i]:
                begin += 1
        k, left, more = begin, word[i], True
        while more:
            more = k < len(other) and other[k] == person[i]
            partner, months = (place[k], word[i] & held[k]) if more else (np.int32(-1), left)
            left &= ~months
            k += 1
            if not months:
                continue
            at = found
            found += 1
            if found > len(words):
                continue
            while at > of_person and (
                crossed[at - 1, 1] > where[i] or (crossed[at - 1, 1] == where[i] and crossed[at - 1, 2] > partner)
            ):
                crossed[at], words[at] = crossed[at - 1], words[at - 1]
                at -= 1
            crossed[at, 0], crossed[at, 1], crossed[at, 2], words[at] = person[i], where[i], partner, months
    return found


@compiled
def _settle(order: Positions, person: Column, where: Column, start: Column, end: Column, word: Words) -> None:
    """Put each person's stays in order, the one that has first choice of the months first, and leave each the months
    that those before it do not have. order: of the rows, by person."""
    for i in range(len(order)):
        at, row = i, order[i]
        while at > 0 and person[order[at - 1]] == person[row]:
            other = order[at - 1]
            if start[other] != start[row]:
                first = start[row] > start[other]
            elif end[other] != end[row]:
                first = end[row] > end[other]
            else:
                first = where[row] > where[other]
            if not first:
                break
            order[at] = other
            at -= 1
        order[at] = row
    taken = np.uint64(0)
    for i in range(len(order)):
        if i == 0 or person[order[i]] != person[order[i - 1]]:
            taken = np.uint64(0)
        word[order[i]] &= ~taken
        taken |= word[order[i]]
