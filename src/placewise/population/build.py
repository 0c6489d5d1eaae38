"""Place each person in time: where they were registered and lived in each month, and one row a person at the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.faults import refuse
from placewise.floor.timeline.events import STILL, Events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.window import Window, Words, span
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.people import ETHNIC_GROUPS
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
    window: Window, hierarchy: Hierarchy, small_areas: pa.Table, segments: Segments, *, declares_practices: bool
) -> Placing:
    """small_areas: the load's own (door/contract.py SMALL_AREAS), which name the editions of deprivation and geography.

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
    events = answers.events
    population, calendar = placing.population, Calendar(placing.population.window)
    alive = _alive_words(events, calendar)
    everyone = np.full(events.people, population.window.full_word)
    registered_at = _read_stays(shard, "registration", "practice", population.practices, events)
    lived_at = _read_stays(shard, "residence", "small_area", population.small_areas, events)
    registrations = build_stays(*registered_at, alive, calendar)
    residences = build_stays(*lived_at, everyone, calendar)
    spells, small_area = cross(registrations, residences, events.people)
    registered = registrations.union(events.people)
    of_segments = [answers.of(node) for node in placing.segments.questions.values()]
    return ShardPopulation(
        person_id=events.person_id,
        sex=events.sex,
        ethnicity=_read_ethnicity(shard, events),
        birth=events.birth,
        registered=registered,
        spells=Spells(
            person=spells.person,
            practice=spells.where,
            decile=np.where(small_area < 0, 0, np.append(placing.deciles, 0)[small_area]).astype(np.int8),
            small_area=small_area,
            word=spells.word,
        ),
        segment=place_in_segments(of_segments, registered, population.window.last_bit),
    )


def _alive_words(events: Events, calendar: Calendar) -> Words:
    """The months from the birth month to the one before the month of death."""
    window = calendar.window
    born = np.clip(events.birth - window.first_month, 0, window.months)
    return span(np.minimum(born, died := calendar.month(events.death)), died)


def _read_stays(shard: Path, table: str, column: str, known: tuple[str, ...], events: Events) -> StayColumns:
    """The stays of these people; where: index into known."""
    read = pq.read_table(shard / f"{table}.parquet", columns=["person_id", column, "start_date", "end_date"])
    where = pc.index_in(read[column].cast(pa.string()), pa.array(known, pa.string()))
    if where.null_count:
        strange = read[column].filter(pc.is_null(where))[0].as_py()
        fault = f'people have the {column.replace("_", " ")} "{strange}", which nothing else names'
        raise refuse(shard / f"{table}.parquet", fault, "add it to the deployment's organisations or correct the load")
    end = read["end_date"].cast(pa.int32()).fill_null(STILL)
    people = read["person_id"].to_numpy()
    row = np.searchsorted(events.person_id, people).astype(np.int32)
    chosen = np.flatnonzero(np.append(events.person_id, -1)[row] == people)
    start = read["start_date"].cast(pa.int32()).to_numpy()
    return row[chosen], where.to_numpy()[chosen], start[chosen], end.to_numpy()[chosen]


def _read_ethnicity(shard: Path, events: Events) -> npt.NDArray[np.int8]:
    read = pq.read_table(shard / "person.parquet", columns=["person_id", "ethnicity"])
    written = read["ethnicity"].cast(pa.string())
    groups = pc.index_in(written, pa.array(ETHNIC_GROUPS)).to_numpy().astype(np.int8)
    return groups[np.searchsorted(read["person_id"].to_numpy(), events.person_id)]


def _only_edition(small_areas: pa.Table, column: str) -> str:
    editions: Mapping[str, None] = dict.fromkeys(small_areas[column].to_pylist())
    if len(editions) > 1:
        raise refuse("small_areas", f"they name several editions ({', '.join(editions)})", "load one edition at a time")
    return next(iter(editions), "")
