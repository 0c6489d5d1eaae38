"""What a layer of changes changes in the counts of its shard: the people it names, counted with it and without it.

Counts add by person, and whom a layer tells nothing of that a measure reads counts as before. So the counts of a shard
with a layer are those without it, less what these people counted, more what they count now.
"""

from collections.abc import Iterable, Mapping, Sequence
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
from placewise.floor.timeline.layers import Ids, Layers, find_layers, read_replaced
from placewise.floor.timeline.people import DatedStays, People
from placewise.floor.timeline.window import Words
from placewise.measures.build import build_flags
from placewise.measures.contract import PersonFlags
from placewise.measures.entries import Entries, build_entries
from placewise.population.build import place_people
from placewise.population.checks import check_population
from placewise.population.contract import ShardPopulation
from placewise.registers.build import build_registers

Positions = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

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
    states = {BEFORE: _State.find(asked, before, told), NOW: _State.find(asked, now, told)}

    def differ(words: Mapping[str, Words], others: Mapping[str, Words], slug: str) -> Flags:
        """Of whom an answer is another now, or counts elsewhere."""
        differs: Flags = states[BEFORE].spread(words[slug], told) != states[NOW].spread(others[slug], told)
        return differs | told.others

    one, other = (state.flags for state in states.values())
    counts: dict[str, Flags] = {}
    about = dict.fromkeys((each.of for each in asked.measures.values()), told.others)
    for slug, each in asked.measures.items():
        changed = differ(one.denominator, other.denominator, slug) | differ(one.numerator, other.numerator, slug)
        counts[slug] = told.of_measure[slug] & changed
        about[each.of] = about[each.of] | counts[slug]
    part: Part = {}
    for name, state in states.items():
        part |= {f"{table}-{name}": rows for table, rows in state.count(asked, told, about, counts).items()}
    return part


@dataclass(frozen=True)
class _State:
    """Those of told.anything who are there, as they were before a layer or are with it. at: their places in it."""

    at: Positions
    placed: ShardPopulation
    flags: PersonFlags
    registers: Mapping[str, Words]
    entries: Mapping[str, Sequence[Entries]]

    @classmethod
    def find(cls, asked: Asked, layers: Layers, told: "_Told") -> "_State":
        """Raises FaultsFound where a check of these people fails."""
        people = layers.build_people(told.anything)
        at = np.searchsorted(told.anything, people.person_id)
        wanted = {name: those[at] for name, those in told.of_list.items()}
        events = as_events(people, layers.read_lists(asked.lists, people.person_id, wanted))
        answers = Answers(events, asked.window, asked.registers)
        placed = place_people(people, layers.folders[0], answers, asked.placing)
        check_population(placed, asked.population)
        entries = build_entries(asked.unit_measures, answers)
        kept = {slug: [_of_people(each, told.of_measure[slug][at]) for each in of] for slug, of in entries.items()}
        return cls(at, placed, build_flags(asked.measures, answers), build_registers(asked.registers, answers), kept)

    def spread(self, word: Words, told: "_Told") -> Words:
        """A word for each of told.anything."""
        spread = np.zeros(len(told.anything), np.uint64)
        spread[self.at] = word
        return spread

    def count(self, asked: Asked, told: "_Told", about: Mapping[Node, Flags], counts: Mapping[str, Flags]) -> Part:
        """What they count. about, counts: those among whom the eligible of a measure, and those who count, differ."""
        placed, here, nobody = self.placed, told.of_people[self.at], np.uint64(0)
        asks = {node: those[self.at] for node, those in about.items()}
        flags = PersonFlags(
            placed.person_id,
            {slug: np.where(asks[asked.measures[slug].of], w, nobody) for slug, w in self.flags.denominator.items()},
            {slug: np.where(counts[slug][self.at], w, nobody) for slug, w in self.flags.numerator.items()},
        )
        counted = replace(placed, registered=np.where(here, placed.registered, nobody))
        rows = replace(placed, spells=placed.spells.take(np.flatnonzero(here[placed.spells.person])))
        return {
            COUNTS: asked.cube_builder().count(counted, flags, self.registers, self.entries),
            **count_ends(asked, placed, rows, flags),
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
    """Whom a layer tells something of that is asked about, sorted, and of each of them what.

    others: whether they are placed otherwise or replaced; of_people: whether it is told of what the counts of people
    rest on; of_measure: of what each measure rests on; of_list: whether their events of a list are asked for so.
    """

    anything: Ids
    others: Flags
    of_people: Flags
    of_measure: Mapping[str, Flags]
    of_list: Mapping[str, Flags]

    @classmethod
    def find(cls, asked: Asked, before: Layers, now: Layers) -> "_Told":
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
        return cls(everybody[some], elsewhere, of_people, of_measure, of_list)


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
