"""Who is in the invented load: the people of the synthetic system, spread over the shards of a warehouse."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.config import Deployment
from placewise.door.contract import SMALL_AREAS
from placewise.floor.encoding import encode
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP, ETHNIC_GROUPS, SEXES
from placewise.synthetic.chance import Days, stream
from placewise.synthetic.margins import FOLDER, Margins, Register, get_place_level, read_margins
from placewise.synthetic.people import CATEGORIES, NONE, STILL_HERE, Calendar, People, build_people
from placewise.synthetic.registers import Flags, draw_onset, pick_registers
from placewise.synthetic.small_areas import build_small_areas
from placewise.synthetic.subset import practices_for

_GROUP_OF = np.array([ETHNIC_GROUPS.index(ETHNIC_CATEGORY_GROUP[each]) for each in CATEGORIES], np.int8)


@dataclass(frozen=True, slots=True)
class Invented:
    """Everybody, in the order of person_id (from 1), with what all of them share."""

    people: People
    on_register: Flags
    registers: tuple[Register, ...]
    practices: tuple[str, ...]
    areas: tuple[str, ...]
    last_day: int


@dataclass(frozen=True, slots=True)
class ShardPeople:
    """The people of one shard in the order of person_id, and the day each register's code was entered (STILL_HERE for
    who is not on it)."""

    person_id: npt.NDArray[np.int64]
    people: People
    onset: Mapping[str, Days]


def invent_people(
    deployment: Deployment, code_lists: Mapping[str, CodeList], people: int, seed: int
) -> tuple[Invented, pa.Table]:
    """Everybody and the table of small areas; `people` are registered at the last month, others left or died before."""
    hierarchy, calendar = deployment.hierarchy, Calendar.of(deployment.window)
    level = get_place_level(hierarchy)
    margins: Margins = read_margins(deployment.folder / FOLDER, code_lists, {each.code for each in hierarchy.at(level)})
    practices = tuple(practices_for(hierarchy, people))
    areas = build_small_areas(margins, people, stream(seed, "areas"))
    place_of = np.array([areas.places.index(hierarchy.chains[practice][level]) for practice in practices])
    practices_in = [np.flatnonzero(place_of == place).astype(np.int16) for place in range(len(areas.places))]
    everybody = build_people(margins, areas, practices_in, calendar, stream(seed, "people"))
    flags = pick_registers(margins.registers, everybody, areas.decile[everybody.area], stream(seed, "registers"))
    invented = Invented(
        everybody, flags.now, tuple(margins.registers), practices, tuple(areas.codes), int(calendar.last)
    )
    table = pa.table(
        {
            "small_area": areas.codes,
            "place": [areas.places[place] for place in areas.place],
            "deprivation_decile": areas.decile,
            "deprivation_edition": [deployment.deprivation_edition] * len(areas.codes),
            "geography_edition": [deployment.geography_edition] * len(areas.codes),
        },
        schema=SMALL_AREAS,
    )
    return invented, table


def take_shard(invented: Invented, rows: npt.NDArray[np.int64], rng: np.random.Generator) -> ShardPeople:
    people = People(*(getattr(invented.people, name)[rows] for name in People.__slots__))
    onset = {
        each.code_list: np.where(
            invented.on_register[each.code_list][rows], draw_onset(each, people, rng), STILL_HERE
        ).astype(np.int32)
        for each in invented.registers
    }
    return ShardPeople(rows + 1, people, onset)


def build_people_tables(shard: ShardPeople, invented: Invented) -> dict[str, pa.Table]:
    """The tables about people of intake/contract.py SHARD_TABLES, without their schema."""
    people, person_id = shard.people, shard.person_id
    month = people.birth.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    dead = np.flatnonzero(people.died)
    return {
        "person": pa.table(
            {
                "person_id": person_id,
                "birth_year": (1970 + month // 12).astype(np.int16),
                "birth_month": (month % 12 + 1).astype(np.int8),
                "sex": encode(people.sex, SEXES),
                "ethnicity": encode(_GROUP_OF[people.ethnicity], ETHNIC_GROUPS),
            }
        ),
        "observation_period": pa.table({"person_id": person_id, "start_date": people.start, "end_date": people.last}),
        "registration": _stays(
            shard, "practice", invented.practices, people.earlier_practice, people.practice, people.practice_since
        ),
        "residence": _stays(shard, "small_area", invented.areas, people.earlier_area, people.area, people.area_since),
        "death": pa.table({"person_id": person_id[dead], "date": people.end[dead]}),
    }


def _stays(
    shard: ShardPeople,
    column: str,
    words: tuple[str, ...],
    earlier: npt.NDArray[np.integer],
    latest: npt.NDArray[np.integer],
    since: Days,
) -> pa.Table:
    """One row a person, and one before it for who moved."""
    people = shard.people
    who = np.repeat(np.arange(len(people)), 1 + (earlier != NONE))
    first = np.append(who[:-1] == who[1:], False)
    end = np.where(first, since[who] - 1, people.end[who]).astype(np.int32)
    return pa.table(
        {
            "person_id": shard.person_id[who],
            column: encode(np.where(first, earlier[who], latest[who]).astype(np.int32), words).cast(pa.string()),
            "start_date": np.where(first, people.start[who], since[who]).astype(np.int32),
            "end_date": pa.array(end, mask=end == STILL_HERE),
        }
    )
