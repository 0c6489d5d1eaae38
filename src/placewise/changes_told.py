"""Whom a layer of changes tells something of that is asked about, and of each of them what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from placewise.counting import Asked
from placewise.floor.language.names import code_lists, registers_under
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.layers import Ids, Layers, read_replaced
from placewise.floor.timeline.people import DatedStays, People
from placewise.measures.contract import PersonFlags

Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """anything: those whom it tells something of that is asked about, sorted, and of each of them what.

    others: whether they are placed otherwise or replaced; of_measure: whether it is told of what each measure rests on;
    of_list: whether their events of a list are asked for so.
    """

    anything: Ids
    others: Flags
    of_measure: Mapping[str, Flags]
    of_list: Mapping[str, Flags]

    @classmethod
    def find(cls, asked: Asked, before: Layers, now: Layers) -> "Told":
        """now: `before` and one layer more."""
        layer, replaced = now.people[-1], read_replaced(now.folders[-1])
        everybody = np.union1d(layer.person_id, replaced)
        others = _find_others(before.build_people(everybody), now.build_people(everybody))
        elsewhere = np.isin(everybody, np.union1d(replaced, others))
        place = np.searchsorted(everybody, layer.person_id)
        new = {}
        for name, events in now.last.read_lists(asked.lists, layer.person_id).items():
            new[name] = np.zeros(len(everybody), np.bool_)
            new[name][place[events.row]] = True
        some = np.flatnonzero(reduce(np.logical_or, new.values(), elsewhere))
        elsewhere, new = elsewhere[some], {name: those[some] for name, those in new.items()}

        def find_told(lists: Iterable[str]) -> Flags:
            return reduce(np.logical_or, (new[name] for name in lists), elsewhere)

        everywhere = _find_lists(asked, [asked.registers[each] for each in asked.compare_by if each in asked.registers])
        of_all = everywhere | _find_lists(
            asked, [*asked.registers.values(), *asked.placing.segments.questions.values()]
        )
        lists = {slug: everywhere | _find_lists(asked, [each.of, each.count]) for slug, each in asked.measures.items()}
        lists |= {
            slug: everywhere | each.code_lists | _find_lists(asked, each.people_questions)
            for slug, each in asked.unit_measures.items()
        }
        of_people, of_measure = find_told(of_all), {slug: find_told(names) for slug, names in lists.items()}
        wanted = [(of_all, of_people), *((names, of_measure[slug]) for slug, names in lists.items())]
        about: dict[Node, Flags] = {}
        for slug, each in asked.measures.items():  # measures about the same people share the count of those
            about[each.of] = about.get(each.of, elsewhere) | of_measure[slug]
        wanted += [(_find_lists(asked, [node]) | everywhere, those) for node, those in about.items()]
        nobody = np.zeros(len(some), np.bool_)
        of_list = {
            name: reduce(np.logical_or, (those for names, those in wanted if name in names), nobody)
            for name in asked.needed
        }
        return cls(everybody[some], elsewhere, of_measure, of_list)

    def of_what_is_told(self, asked: Asked, flags: PersonFlags) -> PersonFlags:
        """Without what is said of somebody of a measure that they are told nothing of."""
        nobody = np.uint64(0)
        denominator, numerator = (
            {plan.measure: np.where(self.of_measure[plan.measure], words[plan.measure], nobody) for plan in asked.plans}
            for words in (flags.denominator, flags.numerator)
        )
        return PersonFlags(flags.person_id, denominator, numerator)


def _find_lists(asked: Asked, questions: Iterable[Node]) -> frozenset[str]:
    """The code lists that questions rest on, through registers too."""
    named = list(questions)
    named += [asked.registers[slug] for slug in registers_under(named, asked.registers)]
    return frozenset[str]().union(*(code_lists(each) for each in named))


def _find_others(before: People, now: People) -> Ids:
    """Those of whom it is told otherwise who they are or where they were, and who are in one of them only."""
    both, of_before, of_now = np.intersect1d(before.person_id, now.person_id, assume_unique=True, return_indices=True)
    differs = np.zeros(len(both), np.bool_)
    for name in ("birth", "sex", "ethnicity", "death"):
        differs |= getattr(before, name)[of_before] != getattr(now, name)[of_now]
    differs |= _differ(before.registrations, of_before, now.registrations, of_now)
    differs |= _differ(before.residences, of_before, now.residences, of_now)
    return np.union1d(np.setxor1d(before.person_id, now.person_id), both[differs])


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
