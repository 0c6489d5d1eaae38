"""Place each person in time: where they were registered and lived in each month, and one row a person at the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.faults import refuse
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.layers import Layers, find_layers
from placewise.floor.timeline.people import DatedStays, People
from placewise.floor.timeline.picking import take
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Window, Words, span
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.intake.contract import PRACTICE_NOT_RECORDED
from placewise.population.contract import Population, ShardPopulation, Spells
from placewise.population.segments import Segments, place_in_segments
from placewise.population.stays import build_stays, cross

Column = npt.NDArray[np.int32]
StayColumns = tuple[Column, Column, Column, Column]
"""Of stays: person (row), where (an index), start and end as days since 1970."""


@dataclass(frozen=True)
class Placing:
    """What placing people needs, the same for every shard. deciles: 1 to 10 by small area, 0 where not recorded."""

    population: Population
    deciles: npt.NDArray[np.int8]
    segments: Segments


def build_placing(
    window: Window,
    hierarchy: Hierarchy,
    small_areas: pa.Table,
    segments: Segments,
    *,
    declares_practices: bool,
    ends: int = 1,
) -> Placing:
    """small_areas: the load's own (door/contract.py SMALL_AREAS), which name the editions of deprivation and geography.

    ends: as of Population.

    Raises FaultsFound where they mix editions, since a decile of one edition is no decile of another.
    """
    ordered = small_areas.sort_by("small_area")
    practices = sorted(hierarchy.chains) if declares_practices else [PRACTICE_NOT_RECORDED]
    return Placing(
        Population(
            window=window,
            practices=tuple(practices),
            small_areas=tuple(ordered["small_area"].to_pylist()),
            deprivation_edition=_only_edition(ordered, "deprivation_edition"),
            geography_edition=_only_edition(ordered, "geography_edition"),
            segments=segments.slugs,
            segments_version=segments.version,
            ends=ends,
        ),
        ordered["deprivation_decile"].fill_null(0).to_numpy().astype(np.int8),
        segments,
    )


def build_population(shard: Path, answers: Answers, placing: Placing) -> ShardPopulation:
    """The people of answers.events, all or some of a shard folder's (intake/contract.py), in the order of person_id.

    A month counts when the person is alive, born and registered on its last day: somebody who dies in a month is out
    from that month on. answers must know the code lists of the segments. Raises FaultsFound for a practice or small
    area that the deployment or the load does not know.
    """
    return place_people(Layers.read(find_layers(shard)).build_people(), shard, answers, placing)


def place_people(people: People, shard: Path, answers: Answers, placing: Placing) -> ShardPopulation:
    """As build_population, of people who have been read."""
    events = answers.events
    population, calendar = placing.population, Calendar(placing.population.window)
    alive = _alive_words(events, calendar)
    everyone = np.full(events.people, population.window.full_word)
    chosen = np.searchsorted(people.person_id, events.person_id)
    rows = np.full(len(people.person_id), -1, np.int32)
    rows[chosen] = np.arange(events.people, dtype=np.int32)
    registered_at = _place(shard, "registration", "practice", people.registrations, population.practices, rows)
    lived_at = _place(shard, "residence", "small_area", people.residences, population.small_areas, rows)
    registrations = build_stays(*registered_at, alive, calendar)
    residences = build_stays(*lived_at, everyone, calendar)
    spells, small_area = cross(registrations, residences)
    registered = registrations.union(events.people)
    of_segments = [answers.of(node) for node in placing.segments.questions.values()]
    return ShardPopulation(
        person_id=events.person_id,
        sex=events.sex,
        ethnicity=people.ethnicity[chosen],
        birth=events.birth,
        registered=registered,
        spells=Spells(
            person=spells.person,
            practice=spells.where,
            decile=np.where(small_area < 0, 0, np.append(placing.deciles, 0)[small_area]).astype(np.int8),
            small_area=small_area,
            word=spells.word,
        ),
        segment=np.stack(
            [place_in_segments(of_segments, registered, population.end_bit(end)) for end in range(population.ends)]
        ),
    )


def _alive_words(events: Events, calendar: Calendar) -> Words:
    """The months from the birth month to the one before the month of death."""
    window = calendar.window
    born = np.clip(events.birth - window.first_month, 0, window.months)
    return span(np.minimum(born, died := calendar.month(events.death)), died)


def _place(
    shard: Path, table: str, column: str, stays: DatedStays, known: tuple[str, ...], rows: npt.NDArray[np.int32]
) -> StayColumns:
    """The stays of the people who have a row, which is negative for others; where: index into known."""
    place = {name: index for index, name in enumerate(known)}
    strange = [name for name in stays.names.tolist() if name not in place]
    if strange:
        fault = f'people have the {column.replace("_", " ")} "{strange[0]}", which nothing else names'
        raise refuse(shard / f"{table}.parquet", fault, "add it to the deployment's organisations or correct the load")
    where = take(np.array([place[name] for name in stays.names.tolist()], np.int32), stays.where)
    row = take(rows, stays.row)
    chosen = np.flatnonzero(row >= 0).astype(np.int32)
    return take(row, chosen), take(where, chosen), take(stays.start, chosen), take(stays.end, chosen)


def _only_edition(small_areas: pa.Table, column: str) -> str:
    editions: Mapping[str, None] = dict.fromkeys(small_areas[column].to_pylist())
    if len(editions) > 1:
        raise refuse("small_areas", f"they name several editions ({', '.join(editions)})", "load one edition at a time")
    return next(iter(editions), "")
