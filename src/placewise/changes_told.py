"""Whom a layer of changes tells something of that is asked about, and of each of them what.

What is so on a day depends on nothing later. So what is told of somebody changes no month before the first of its
days, and of what was known before only that matters which reaches so far.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from placewise.counting import Asked
from placewise.floor.language.nodes import In
from placewise.floor.language.reach import EVER, Reach, find_reach, join_reaches
from placewise.floor.timeline.dated import DayNumbers
from placewise.floor.timeline.events import find_starts
from placewise.floor.timeline.layers import NEVER, Ids, Layers, find_placed, is_among, join_ids, read_replaced
from placewise.floor.timeline.people import DatedStays, People
from placewise.measures.unit_reach import find_unit_reach
from placewise.told_together import find_together

Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Together:
    """What is asked of the same people. measures: of shares and of other units; rows: of the people among
    Told.anything, rising; since: for each code list that it rests on the day from which its events can matter to what
    is told of each of them, NEVER where none can."""

    measures: Sequence[str]
    rows: Positions
    since: Mapping[str, DayNumbers]


@dataclass(frozen=True)
class Told:
    """anything: those whom it tells something of that is asked about, sorted, and of each of them what.

    others: whether they are placed otherwise or replaced; of_measure: whether it is told of what each measure rests on;
    of_people: what all of them are asked of themselves, registers and segments; together: every measure of which
    anybody is told something.
    """

    anything: Ids
    others: Flags
    of_measure: Mapping[str, Flags]
    of_people: Together
    together: Sequence[Together]

    @classmethod
    def find(cls, asked: Asked, before: Layers, now: Layers) -> "Told":
        """now: `before` and one layer more."""
        layer, replaced = now.people[-1], read_replaced(now.folders[-1])
        everybody = join_ids(layer.person_id, replaced)
        told_where = join_ids(find_placed(layer), replaced)
        others = _find_others(before.build_people(told_where), now.build_people(told_where))
        elsewhere = is_among(everybody, join_ids(replaced, others))
        place = np.searchsorted(everybody, layer.person_id)
        new, first = {}, np.full(len(everybody), _get_first_end(asked), np.int32)
        for name, events in now.last.read_lists(asked.lists, layer.person_id).items():
            earliest = find_starts(events.row)
            row = place[events.row[earliest]]
            first[row] = np.minimum(first[row], events.day[earliest])
            new[name] = np.zeros(len(everybody), np.bool_)
            new[name][row] = True
        first[elsewhere] = -EVER
        some = np.flatnonzero(reduce(np.logical_or, new.values(), elsewhere))
        elsewhere, new, first = elsewhere[some], {name: those[some] for name, those in new.items()}, first[some]

        def is_told(reach: Reach) -> Flags:
            return reduce(np.logical_or, (new[name] for name in reach), elsewhere)

        def ask(measures: Sequence[str], rows: Positions, told: Sequence[tuple[Flags, Reach]]) -> Together:
            since = {name: np.full(len(rows), NEVER, np.int32) for _, reach in told for name in reach}
            for are_told, reach in told:
                those = np.flatnonzero(are_told[rows])
                begins = first[rows[those]]
                for name, days in reach.items():
                    since[name][those] = np.minimum(since[name][those], begins - days)
            return Together(measures, rows, since)

        everywhere = join_reaches(
            find_reach(In(each), asked.registers) for each in asked.compare_by if each in asked.registers
        )
        of_people = [*asked.registers.values(), *asked.placing.segments.questions.values()]
        reach_of_people = join_reaches([everywhere, *(find_reach(each, asked.registers) for each in of_people)])
        reaches = {
            slug: join_reaches([everywhere, *(find_reach(node, asked.registers) for node in (each.of, each.count))])
            for slug, each in asked.measures.items()
        }
        reaches |= {
            slug: join_reaches([everywhere, find_unit_reach(each, asked.registers)])
            for slug, each in asked.unit_measures.items()
        }
        of_measure = {slug: is_told(reach) for slug, reach in reaches.items()}
        together = [
            ask(
                measures,
                np.flatnonzero(reduce(np.logical_or, (of_measure[each] for each in measures))),
                [(of_measure[each], reaches[each]) for each in measures],
            )
            for measures in find_together(of_measure)
        ]
        asked_of_people = ask((), np.arange(len(some)), [(is_told(reach_of_people), reach_of_people)])
        return cls(everybody[some], elsewhere, of_measure, asked_of_people, together)


def _get_first_end(asked: Asked) -> int:
    """The first day of the first month that a build may end with: what is told of such a month must be right however
    late the day is of what is new."""
    return int(asked.window.month_starts[asked.population.last_month(0)].astype(np.int64))


def _find_others(before: People, now: People) -> Ids:
    """Those of whom it is told otherwise who they are or where they were, and who are in one of them only."""
    both, of_before, of_now = np.intersect1d(before.person_id, now.person_id, assume_unique=True, return_indices=True)
    differs = np.zeros(len(both), np.bool_)
    for name in ("birth", "sex", "ethnicity", "death"):
        differs |= getattr(before, name)[of_before] != getattr(now, name)[of_now]
    differs |= _differ(before.registrations, of_before, now.registrations, of_now)
    differs |= _differ(before.residences, of_before, now.residences, of_now)
    return join_ids(np.setxor1d(before.person_id, now.person_id, assume_unique=True), both[differs])


def _differ(one: DatedStays, rows: Positions, other: DatedStays, others: Positions) -> npt.NDArray[np.bool_]:
    """Of people who stand in these rows of the one and of the other, whether their stays differ. Stays of a person are
    in one order, whatever layer they stand in."""
    starts, counts = zip(*(_find_stays(stays, of) for stays, of in ((one, rows), (other, others))), strict=True)
    differs: npt.NDArray[np.bool_] = counts[0] != counts[1]
    same = np.flatnonzero(~differs)
    each = np.repeat(same, counts[0][same])
    turn = np.arange(len(each)) - np.repeat(np.cumsum(counts[0][same]) - counts[0][same], counts[0][same])
    first, second = starts[0][each] + turn, starts[1][each] + turn
    unequal = one.names[one.where[first]] != other.names[other.where[second]]
    unequal |= (one.start[first] != other.start[second]) | (one.end[first] != other.end[second])
    differs[each[unequal]] = True
    return differs


def _find_stays(stays: DatedStays, rows: Positions) -> tuple[Positions, Positions]:
    """Where the stays of the people in these rows begin, and how many they are."""
    counts = np.bincount(stays.row, minlength=rows.max(initial=-1) + 1)
    return (np.cumsum(counts) - counts)[rows], counts[rows]
