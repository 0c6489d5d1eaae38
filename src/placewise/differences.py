"""What a layer of changes changes in the counts of its shard: the people it names, counted with it and without it.

Counts add by person and by month, and whom a layer tells nothing of that a measure reads counts as before. So the
counts of a shard with a layer are those without it and what these people count otherwise. Of somebody who stays where
they were, that is the months in which an answer differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.changes_told import Flags, Positions, Together, Told
from placewise.counting import CASES, COUNTS, LISTED, PEOPLE_ROWS, Asked, name_of_end
from placewise.floor.parts import Part
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.events import Events, as_events, pick_people
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.layers import Ids, Layers, ListsSince, find_layers
from placewise.floor.timeline.window import Words
from placewise.measures.build import build_flags
from placewise.measures.case_mix import count_case_mix_difference
from placewise.measures.contract import PersonFlags
from placewise.measures.definition import Measure
from placewise.measures.difference_counts import Differing
from placewise.measures.differing_entries import take_differing
from placewise.measures.entries import Entries, build_entries
from placewise.population.build import place_people
from placewise.population.checks import check_population
from placewise.population.contract import ShardPopulation
from placewise.population.person_rows import get_person_rows
from placewise.registers.build import build_registers

PLACED_ANEW, NO_MORE_LISTED = "placed-anew", "no-more-listed"
"""The tables of a part that count_difference makes are those of count_shard but for the checks, and two more: whose row
is another or gone, and of each month that a build may end with, as LISTED, whom to take off."""

Both = tuple[PersonFlags, PersonFlags]
"""Before a layer, and with it."""


def count_difference(asked: Asked, layer: Path) -> Part:
    """What the people whom a layer tells something of count with it, less what they counted before it.

    layer: its folder, in that of its shard. Raises FaultsFound where a check of these people fails.
    """
    folders = find_layers(layer.parent)
    number = folders.index(layer)
    layers = Layers.read(folders[:number]), Layers.read(folders[: number + 1])
    told = Told.find(asked, *layers)
    events = layers[1].open_lists_since(layers[0], asked.lists, told.anything)
    of_people = events.read(told.of_people.rows, told.of_people.since)
    before, now = states = [_State.find(asked, *each, told) for each in zip(layers, of_people, strict=True)]
    check_population(now.placed, asked.population)
    elsewhere = told.others | _find_differing(states, [each for each in asked.compare_by if each in asked.registers])
    rows = elsewhere | (before.placed.segment != now.placed.segment).any(axis=0)
    answered = [_Answered.find(asked, told, each, states, events, elsewhere) for each in told.together]
    among_all = rows | _find_differing(states, asked.registers)
    differing = _find_otherwise_counted(asked, states, answered, elsewhere, among_all)
    part = {
        COUNTS: asked.cube_builder().count_difference(differing),
        PLACED_ANEW: pa.table({"person_id": told.anything[rows]}),
    }
    on_lists = {plan.measure for plan in asked.plans}
    listed = [
        _gather(told.anything, on_lists, [(each.rows, each.told[place]) for each in answered], told.of_people.rows)
        for place in (0, 1)
    ]
    placed = now.placed.take(np.flatnonzero(rows))
    for end, cases in enumerate(count_case_mix_difference(asked.population, asked.judged, differing)):
        part |= {
            name_of_end(PEOPLE_ROWS, end): get_person_rows(placed, asked.population, asked.hierarchy, end),
            name_of_end(CASES, end): cases,
        }
        for table, state, flags in zip((NO_MORE_LISTED, LISTED), states, listed, strict=True):
            people = asked.counted_people(end)
            people.add(state.placed, flags)
            part[name_of_end(table, end)] = people.pack()
    return part


@dataclass(frozen=True)
class _State:
    """All of Told.anything as they were before a layer or are with it; whoever is not there is registered nowhere.
    who: without any events."""

    who: Events
    placed: ShardPopulation
    registers: Mapping[str, Words]

    @classmethod
    def find(cls, asked: Asked, layers: Layers, events: Mapping[str, Dated], told: Told) -> "_State":
        """events: of each list, those of them that matter."""
        people = layers.build_people_of(told.anything)
        answers = Answers(as_events(people, events), asked.window, asked.registers)
        placed = place_people(people, layers.folders[0], answers, asked.placing)
        return cls(replace(answers.events, of={}), placed, build_registers(asked.registers, answers))


@dataclass(frozen=True)
class _Answered:
    """What is asked together, answered of those in these rows of Told.anything before a layer and with it.

    told: the months of the measures that have a call list, of those who are told something of them; differing: of each
    measure those that are not in the other state; entries: of each measure, both states' that are not in the other,
    with the rows of Told.anything.
    """

    rows: Positions
    told: Both
    differing: Both
    entries: Mapping[str, Sequence[tuple[Entries, Entries]]]

    @classmethod
    def find(
        cls,
        asked: Asked,
        told: Told,
        together: Together,
        states: Sequence[_State],
        events: ListsSince,
        elsewhere: Flags,
    ) -> "_Answered":
        """elsewhere: those who count in other cells of every measure.

        What is said of a measure of which somebody is told nothing, or of months before all that they are told, is the
        same in both states, and need not be so."""
        rows, elsewhere = together.rows, elsewhere[together.rows]
        measures = {slug: each for slug, each in asked.measures.items() if slug in together.measures}
        units = {slug: each for slug, each in asked.unit_measures.items() if slug in together.measures}
        flags, entries = [], []
        for state, read in zip(states, events.read(rows, together.since), strict=True):
            answers = Answers(replace(pick_people(state.who, rows), of=read), asked.window, asked.registers)
            flags.append(build_flags(measures, answers))
            entries.append(build_entries(units, answers))
        those = {slug: told.of_measure[slug][rows] for slug in together.measures}
        listed = [plan.measure for plan in asked.plans if plan.measure in measures]
        return cls(
            rows,
            (_take_told(flags[0], those, listed), _take_told(flags[1], those, listed)),
            _find_months(measures, flags[0], flags[1], elsewhere),
            {
                slug: _find_entries(of, entries[1][slug], those[slug], elsewhere, rows)
                for slug, of in entries[0].items()
            },
        )

    def find_counted(self) -> Positions:
        """The rows of those of whom a month or an entry differs."""
        months = [word for each in self.differing for of in (each.denominator, each.numerator) for word in of.values()]
        any_month = reduce(np.bitwise_or, months, np.zeros(len(self.rows), np.uint64))
        people = [each.person for of in self.entries.values() for both in of for each in both]
        return np.concatenate([self.rows[any_month != 0], *people])


def _find_differing(states: Sequence[_State], registers: Iterable[str]) -> Flags:
    """Those whose words of some of the registers are not the same."""
    before, now = (each.registers for each in states)
    nobody = np.zeros(len(states[0].placed.person_id), np.bool_)
    return reduce(np.logical_or, (before[each] != now[each] for each in registers), nobody)


def _find_months(measures: Mapping[str, Measure], before: PersonFlags, now: PersonFlags, elsewhere: Flags) -> Both:
    """Of the words before and now, the months that are not in the other; all of those who count elsewhere."""
    always = np.where(elsewhere, ~np.uint64(0), np.uint64(0))

    def differ(word: Words, other: Words) -> tuple[Words, Words]:
        months = (word ^ other) | always
        return word & months, other & months

    of = {each.of: slug for slug, each in measures.items()}
    about = {node: differ(before.denominator[slug], now.denominator[slug]) for node, slug in of.items()}
    counts = {slug: differ(word, now.numerator[slug]) for slug, word in before.numerator.items()}
    one, other = (
        PersonFlags(
            before.person_id,
            {slug: about[each.of][place] for slug, each in measures.items()},
            {slug: both[place] for slug, both in counts.items()},
        )
        for place in (0, 1)
    )
    return one, other


def _find_entries(
    before: Sequence[Entries], now: Sequence[Entries], told: Flags, elsewhere: Flags, rows: Positions
) -> list[tuple[Entries, Entries]]:
    """Those that differ, of those who are told something of the measure, with the rows of Told.anything."""
    found = []
    for both in zip(before, now, strict=True):
        one, other = (each.take(told[each.person]) for each in both)
        one, other = take_differing(one, other, elsewhere)
        found.append((replace(one, person=rows[one.person]), replace(other, person=rows[other.person])))
    return found


def _take_told(flags: PersonFlags, told: Mapping[str, Flags], measures: Sequence[str]) -> PersonFlags:
    """Of these measures, without what is said of somebody who is told nothing of it."""
    denominator, numerator = (
        {each: np.where(told[each], words[each], np.uint64(0)) for each in measures}
        for words in (flags.denominator, flags.numerator)
    )
    return PersonFlags(flags.person_id, denominator, numerator)


def _gather(
    person_id: Ids, measures: Iterable[str], found: Iterable[tuple[Positions, PersonFlags]], place: Positions
) -> PersonFlags:
    """The words of these people and measures, 0 where none were found.

    found: the words of those in some rows of Told.anything, of each measure once at most; place: of each of these rows
    the place among person_id, negative for who is not among them.
    """
    nothing = np.zeros(len(person_id), np.uint64)
    denominator, numerator = (dict.fromkeys(measures, nothing) for _ in range(2))
    for rows, flags in found:
        chosen = np.flatnonzero(place[rows] >= 0)
        at = place[rows[chosen]]
        spread: dict[int, Words] = {}
        for words, given in ((denominator, flags.denominator), (numerator, flags.numerator)):
            for slug, word in given.items():
                if id(word) not in spread:
                    spread[id(word)] = np.zeros(len(person_id), np.uint64)
                    spread[id(word)][at] = word[chosen]
                words[slug] = spread[id(word)]
    return PersonFlags(person_id, denominator, numerator)


def _find_otherwise_counted(
    asked: Asked, states: Sequence[_State], answered: Sequence[_Answered], elsewhere: Flags, among_all: Flags
) -> list[Differing]:
    """elsewhere: those who count in other cells of every measure; among_all: of everybody."""
    before, _ = states
    counted = elsewhere.copy()
    for each in answered:
        counted[each.find_counted()] = True
    those, of_everybody = np.flatnonzero(counted), np.flatnonzero(among_all)
    row = np.where(counted, np.cumsum(counted) - 1, -1)
    person_id = before.placed.person_id[those]
    entries = {slug: of for each in answered for slug, of in each.entries.items()}
    return [
        Differing(
            times=times,
            among_all=state.placed.take(of_everybody),
            registers={slug: word[of_everybody] for slug, word in state.registers.items()},
            placed=state.placed.take(those),
            compared={slug: word[those] for slug, word in state.registers.items()},
            flags=_gather(person_id, asked.measures, [(each.rows, each.differing[place]) for each in answered], row),
            entries={
                slug: [replace(both[place], person=row[both[place].person]) for both in entries.get(slug, [])]
                for slug in asked.unit_measures
            },
        )
        for place, (times, state) in enumerate(zip((-1, 1), states, strict=True))
    ]
