"""What a layer of changes changes in the counts of its shard: the people it names, counted with it and without it.

Counts add by person, and whom a layer tells nothing of that a measure reads counts as before. So the counts of a shard
with a layer are those without it, less what these people counted, more what they count now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt

from placewise.counting import COUNTS, Asked, count_ends
from placewise.floor.language.names import code_lists, registers_under
from placewise.floor.language.nodes import Node
from placewise.floor.parts import Part
from placewise.floor.timeline.events import as_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.layers import NOBODY, Ids, Layers, find_layers, read_replaced
from placewise.floor.timeline.people import DatedStays, People
from placewise.measures.build import build_flags
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import Entries, build_entries
from placewise.population.build import place_people
from placewise.population.checks import check_population
from placewise.registers.build import build_registers

Positions = npt.NDArray[np.intp]

BEFORE, NOW = "before", "now"
"""The tables of a part that count_difference makes are those of count_shard but for the checks, each twice."""


def get_state(part: Part, state: str) -> Part:
    """What was counted before a layer or is counted now."""
    return {name.removesuffix(f"-{state}"): rows for name, rows in part.items() if name.endswith(f"-{state}")}


def count_difference(asked: Asked, layer: Path) -> Part:
    """What the people whom a layer tells something of counted before it, and count with it.

    layer: its folder, in that of its shard. Raises FaultsFound where a check of these people fails.
    """
    folders = find_layers(layer.parent)
    number = folders.index(layer)
    before, now = Layers.read(folders[:number]), Layers.read(folders[: number + 1])
    told = _Told.find(asked, before, now)
    part: Part = {}
    for state, layers in ((BEFORE, before), (NOW, now)):
        part |= {f"{name}-{state}": rows for name, rows in _count(asked, layers, told).items()}
    return part


def _count(asked: Asked, layers: Layers, told: "_Told") -> Part:
    people = layers.build_people(told.anything)
    ids = people.person_id
    events = as_events(people, layers.read_lists(asked.lists, ids, told.of_list))
    answers = Answers(events, asked.window, asked.registers)
    placed = place_people(people, layers.folders[0], answers, asked.placing)
    check_population(placed, asked.population)
    flags = build_flags(asked.measures, answers)
    registers = build_registers(asked.registers, answers)
    asks = {slug: np.isin(ids, of) for slug, of in told.of_measure.items()}
    about = {node: np.isin(ids, of) for node, of in told.of_about.items()}
    nobody = np.uint64(0)
    denominator = {slug: np.where(about[asked.measures[slug].of], w, nobody) for slug, w in flags.denominator.items()}
    numerator = {slug: np.where(asks[slug], word, nobody) for slug, word in flags.numerator.items()}
    of_asked = PersonFlags(ids, denominator, numerator)
    entries = {
        slug: [_of_people(each, asks[slug]) for each in of]
        for slug, of in build_entries(asked.unit_measures, answers).items()
    }
    here = np.isin(ids, told.of_people)
    counted = replace(placed, registered=np.where(here, placed.registered, np.uint64(0)))
    rows = replace(placed, spells=placed.spells.take(np.flatnonzero(here[placed.spells.person])))
    return {
        COUNTS: asked.cube_builder().count(counted, of_asked, registers, entries),
        **count_ends(asked, placed, rows, of_asked),
    }


def _of_people(entries: Entries, asked: npt.NDArray[np.bool_]) -> Entries:
    kept = np.flatnonzero(asked[entries.person])
    return Entries(
        person=entries.person[kept],
        word=entries.word[kept],
        late=entries.late[kept],
        amounts=entries.amounts[kept],
        value=None if entries.value is None else entries.value[kept],
    )


@dataclass(frozen=True)
class _Told:
    """Whom a layer tells something of, sorted.

    anything: at all; of_people: of what the counts of people rest on; of_measure: of what each measure rests on;
    of_about: of what any measure about the same people rests on; of_list: whose events of a list are asked for so.
    """

    anything: Ids
    of_people: Ids
    of_measure: Mapping[str, Ids]
    of_about: Mapping[Node, Ids]
    of_list: Mapping[str, Ids]

    @classmethod
    def find(cls, asked: Asked, before: Layers, now: Layers) -> "_Told":
        layer, replaced = now.people[-1], read_replaced(now.folders[-1])
        anything = np.union1d(layer.person_id, replaced)
        others = np.union1d(replaced, _find_others(before.build_people(anything), now.build_people(anything)))
        own = Layers.read(now.folders[-1:]).read_lists(asked.lists, layer.person_id)
        new = {name: layer.person_id[np.unique(events.row)] for name, events in own.items()}

        def find_told(lists: Iterable[str]) -> Ids:
            return reduce(np.union1d, (new[name] for name in sorted(lists)), others)

        everywhere = _find_lists(asked, [asked.registers[each] for each in asked.compare_by if each in asked.registers])
        of_people = _find_lists(asked, [*asked.registers.values(), *asked.placing.segments.questions.values()])
        lists = {slug: everywhere | _find_lists(asked, [each.of, each.count]) for slug, each in asked.measures.items()}
        lists |= {
            slug: everywhere | each.code_lists | _find_lists(asked, each.people_questions)
            for slug, each in asked.unit_measures.items()
        }
        of_measure = {slug: find_told(names) for slug, names in lists.items()}
        of_about = dict.fromkeys((each.of for each in asked.measures.values()), NOBODY)
        for slug, each in asked.measures.items():
            of_about[each.of] = np.union1d(of_about[each.of], of_measure[slug])
        wanted = [(everywhere | of_people, find_told(everywhere | of_people))]
        wanted += [(_find_lists(asked, [node]), ids) for node, ids in of_about.items()]
        wanted += [(names, of_measure[slug]) for slug, names in lists.items()]
        of_list = {
            name: reduce(np.union1d, (ids for names, ids in wanted if name in names), NOBODY) for name in asked.needed
        }
        return cls(anything, wanted[0][1], of_measure, of_about, of_list)


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
