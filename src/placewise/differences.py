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

from placewise.changes_told import Flags, Told
from placewise.counting import CASES, COUNTS, LISTED, PEOPLE_ROWS, Asked, name_of_end
from placewise.floor.parts import Part
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.events import as_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.layers import Layers, find_layers
from placewise.floor.timeline.window import Words
from placewise.measures.build import build_flags
from placewise.measures.case_mix import count_case_mix_difference
from placewise.measures.contract import PersonFlags
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


def count_difference(asked: Asked, layer: Path) -> Part:
    """What the people whom a layer tells something of count with it, less what they counted before it.

    layer: its folder, in that of its shard. Raises FaultsFound where a check of these people fails.
    """
    folders = find_layers(layer.parent)
    number = folders.index(layer)
    layers = Layers.read(folders[:number]), Layers.read(folders[: number + 1])
    told = Told.find(asked, *layers)
    events = layers[1].read_lists_since(layers[0], asked.lists, told.anything, told.since)
    before, now = states = [_State.find(asked, *each, told) for each in zip(layers, events, strict=True)]
    elsewhere = told.others | _find_differing(states, [each for each in asked.compare_by if each in asked.registers])
    rows = elsewhere | (before.placed.segment != now.placed.segment).any(axis=0)
    differing = _find_otherwise_counted(asked, states, elsewhere, rows | _find_differing(states, asked.registers))
    part = {
        COUNTS: asked.cube_builder().count_difference(differing),
        PLACED_ANEW: pa.table({"person_id": told.anything[rows]}),
    }
    placed = now.placed.take(np.flatnonzero(rows))
    for end, cases in enumerate(count_case_mix_difference(asked.population, asked.judged, differing)):
        part |= {
            name_of_end(PEOPLE_ROWS, end): get_person_rows(placed, asked.population, asked.hierarchy, end),
            name_of_end(CASES, end): cases,
        }
        for table, state in ((NO_MORE_LISTED, before), (LISTED, now)):
            people = asked.counted_people(end)
            people.add(state.placed, told.of_what_is_told(asked, state.flags))
            part[name_of_end(table, end)] = people.pack()
    return part


@dataclass(frozen=True)
class _State:
    """All of Told.anything as they were before a layer or are with it; whoever is not there is registered nowhere.

    What is said of a measure of which somebody is told nothing, or of months before all that they are told, is the
    same in both, and need not be so."""

    placed: ShardPopulation
    flags: PersonFlags
    registers: Mapping[str, Words]
    entries: Mapping[str, Sequence[Entries]]

    @classmethod
    def find(cls, asked: Asked, layers: Layers, events: Mapping[str, Dated], told: Told) -> "_State":
        """events: of each list, those of them that matter. Raises FaultsFound where a check of these people fails."""
        people = layers.build_people_of(told.anything)
        answers = Answers(as_events(people, events), asked.window, asked.registers)
        placed = place_people(people, layers.folders[0], answers, asked.placing)
        check_population(placed, asked.population)
        entries = build_entries(asked.unit_measures, answers)
        return cls(
            placed,
            build_flags(asked.measures, answers),
            build_registers(asked.registers, answers),
            {slug: [each.take(told.of_measure[slug][each.person]) for each in of] for slug, of in entries.items()},
        )


def _find_differing(states: Sequence[_State], registers: Iterable[str]) -> Flags:
    """Those whose words of some of the registers are not the same."""
    before, now = (each.registers for each in states)
    nobody = np.zeros(len(states[0].placed.person_id), np.bool_)
    return reduce(np.logical_or, (before[each] != now[each] for each in registers), nobody)


def _find_otherwise_counted(
    asked: Asked, states: Sequence[_State], elsewhere: Flags, among_all: Flags
) -> list[Differing]:
    """elsewhere: those who count in other cells of every measure; among_all: of everybody."""
    before, now = states
    flags = _find_months(asked, states, elsewhere)
    entries = {
        slug: [take_differing(*each, elsewhere) for each in zip(of, now.entries[slug], strict=True)]
        for slug, of in before.entries.items()
    }
    months = [word for each in flags for words in (each.denominator, each.numerator) for word in words.values()]
    counted = elsewhere | (reduce(np.bitwise_or, months, np.zeros(len(elsewhere), np.uint64)) != 0)
    for each in (each for of in entries.values() for both in of for each in both):
        counted[each.person] = True
    those, of_everybody = np.flatnonzero(counted), np.flatnonzero(among_all)
    row = np.cumsum(counted) - 1
    return [
        Differing(
            times=times,
            among_all=state.placed.take(of_everybody),
            registers={slug: word[of_everybody] for slug, word in state.registers.items()},
            placed=state.placed.take(those),
            compared={slug: word[those] for slug, word in state.registers.items()},
            flags=flags[place].take(those),
            entries={
                slug: [replace(both[place], person=row[both[place].person]) for both in of]
                for slug, of in entries.items()
            },
        )
        for place, (times, state) in enumerate(zip((-1, 1), states, strict=True))
    ]


def _find_months(asked: Asked, states: Sequence[_State], elsewhere: Flags) -> tuple[PersonFlags, PersonFlags]:
    """Of the words before and now, the months that are not in the other; all of those who count elsewhere."""
    before, now = (each.flags for each in states)
    always = np.where(elsewhere, ~np.uint64(0), np.uint64(0))

    def differ(word: Words, other: Words) -> tuple[Words, Words]:
        months = (word ^ other) | always
        return word & months, other & months

    of = {each.of: slug for slug, each in asked.measures.items()}
    about = {node: differ(before.denominator[slug], now.denominator[slug]) for node, slug in of.items()}
    counts = {slug: differ(word, now.numerator[slug]) for slug, word in before.numerator.items()}
    one, other = (
        PersonFlags(
            before.person_id,
            {slug: about[each.of][place] for slug, each in asked.measures.items()},
            {slug: both[place] for slug, both in counts.items()},
        )
        for place in (0, 1)
    )
    return one, other
