"""One row for everyone registered at the last month: who, where, and in which groups."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.encoding import encode
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.floor.vocabulary.people import ETHNIC_GROUPS, SEXES
from placewise.population.contract import Population, ShardPopulation, get_person_row


def lay_person_rows(rows: pa.Table, changes: Sequence[tuple[pa.Table, pa.Table]]) -> pa.Table:
    """The rows with one change after another: rows taken off, of those people, and rows put in."""
    for gone, now in changes:
        stays = pc.invert(pc.is_in(rows["person_id"], gone["person_id"].combine_chunks()))
        rows = pa.concat_tables([rows.filter(stays), now])
    return rows.unify_dictionaries().sort_by("person_id") if changes else rows


def get_person_rows(placed: ShardPopulation, population: Population, hierarchy: Hierarchy, end: int = 0) -> pa.Table:
    """As get_person_row tells, for the last month of a build that ends with this of the population's.

    A level that a practice does not belong to, and a small area that is not recorded, is null. Ages are completed years
    on the last day of that month, reckoned from the first of the birth month.
    """
    window = population.window
    spells = placed.spells
    at_last = np.flatnonzero(spells.word & population.end_bit(end))
    person, practice, small_area = spells.person[at_last], spells.practice[at_last], spells.small_area[at_last]
    last_month = window.first_month + population.last_month(end)
    lived = small_area >= 0
    columns = {"person_id": pa.array(placed.person_id[person]), PRACTICE: encode(practice, population.practices)}
    levels = hierarchy.levels[-2:0:-1]
    for level in levels:
        homes = [hierarchy.chains.get(code, {}).get(level) for code in population.practices]
        areas = sorted({home for home in homes if home})
        of_practice = np.array([areas.index(home) if home else -1 for home in homes], dtype=np.int32)
        columns[level] = encode(of_practice[practice], areas)
    decile = spells.decile[at_last]
    columns |= {
        "small_area": encode(small_area, population.small_areas),
        "deprivation_decile": pa.array(decile, mask=decile == 0),
        "deprivation_edition": encode(np.where(lived, 0, -1).astype(np.int32), [population.deprivation_edition]),
        "age": pa.array(((last_month - placed.birth[person]) // 12).astype(np.int16)),
        "sex": encode(placed.sex[person], SEXES),
        "ethnicity": encode(placed.ethnicity[person], ETHNIC_GROUPS),
        "segment": encode(placed.segment[end][person], population.segments),
    }
    return pa.table(columns, schema=get_person_row(levels))
