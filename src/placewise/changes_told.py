"""Whom a layer of changes tells something of that is asked about, and of each of them what.

What is so on a day depends on nothing later. So what is told of somebody changes no month before the first of its
days, and of what was known before only that matters which reaches so far.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from placewise.counting import Asked
from placewise.floor.language.nodes import In
from placewise.floor.language.reach import EVER, Reach, find_reach, join_reaches
from placewise.floor.timeline.dated import DayNumbers
from placewise.floor.timeline.events import find_starts
from placewise.floor.timeline.layers import NEVER, Ids, Layers, is_among, join_ids, read_replaced
from placewise.floor.timeline.people import DatedStays, People
from placewise.measures.contract import PersonFlags
from placewise.measures.unit_reach import find_unit_reach

Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """anything: those whom it tells something of that is asked about, sorted, and of each of them what.

    others: whether they are placed otherwise or replaced; of_measure: whether it is told of what each measure rests on;
    since: for each code list the day from which their events can matter to what is told, NEVER where none can.
    """

    anything: Ids
    others: Flags
    of_measure: Mapping[str, Flags]
    since: Mapping[str, DayNumbers]

    @classmethod
    def find(cls, asked: Asked, before: Layers, now: Layers) -> "Told":
        """now: `before` and one layer more."""
        layer, replaced = now.people[-1], read_replaced(now.folders[-1])
        everybody = join_ids(layer.person_id, replaced)
        others = _find_others(before.build_people(everybody), now.build_people(everybody))
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
        since = {name: np.full(len(some), NEVER, np.int32) for name in asked.needed}

        def find_told(reach: Reach) -> Flags:
            those = reduce(np.logical_or, (new[name] for name in reach), elsewhere)
            rows = np.flatnonzero(those)
            for name, days in reach.items():
                since[name][rows] = np.minimum(since[name][rows], first[rows] - days)
            return those

        everywhere = join_reaches(
            find_reach(In(each), asked.registers) for each in asked.compare_by if each in asked.registers
        )
        of_people = [*asked.registers.values(), *asked.placing.segments.questions.values()]
        find_told(join_reaches([everywhere, *(find_reach(each, asked.registers) for each in of_people)]))
        of_measure = {
            slug: find_told(
                join_reaches([everywhere, *(find_reach(node, asked.registers) for node in (each.of, each.count))])
            )
            for slug, each in asked.measures.items()
        }
        of_measure |= {
            slug: find_told(join_reaches([everywhere, find_unit_reach(each, asked.registers)]))
            for slug, each in asked.unit_measures.items()
        }
        return cls(everybody[some], elsewhere, of_measure, since)

    def of_what_is_told(self, asked: Asked, flags: PersonFlags) -> PersonFlags:
        """Without what is said of somebody of a measure that they are told nothing of."""
        nobody = np.uint64(0)
        denominator, numerator = (
            {plan.measure: np.where(self.of_measure[plan.measure], words[plan.measure], nobody) for plan in asked.plans}
            for words in (flags.denominator, flags.numerator)
        )
        return PersonFlags(flags.person_id, denominator, numerator)


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
    starts = [np.searchsorted(stays.row, of) for stays, of in ((one, rows), (other, others))]
    counts = [
        np.searchsorted(stays.row, of, side="right") - start
        for (stays, of), start in zip(((one, rows), (other, others)), starts, strict=True)
    ]
    differs: npt.NDArray[np.bool_] = counts[0] != counts[1]
    same = np.flatnonzero(~differs)
    each = np.repeat(same, counts[0][same])
    turn = np.arange(len(each)) - np.repeat(np.cumsum(counts[0][same]) - counts[0][same], counts[0][same])
    first, second = starts[0][each] + turn, starts[1][each] + turn
    unequal = one.names[one.where[first]] != other.names[other.where[second]]
    unequal |= (one.start[first] != other.start[second]) | (one.end[first] != other.end[second])
    differs[each[unequal]] = True
    return differs
