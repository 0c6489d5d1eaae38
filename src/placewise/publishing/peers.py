"""The areas most alike each area of its level, by who is registered there: with whom it compares itself.

They are found from counts as they may be seen, so that the choice tells nothing of what is hidden: above practices from
the released population itself; of practices, whose people are released in one sum only, from counts that are hidden and
rounded so first that they could be released as well (practices_seen.py). Only who is alike leaves, and in which order.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.statistics.likeness import find_nearest, get_distances
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.contract import ALL
from placewise.measures.cube import Counts
from placewise.publishing.contract import RELEASED_PEERS, SHOWN
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.practices_seen import Column, get_practices_seen

MOST_PEERS = 10
TRAITS = ("age_band", "deprivation_fifth", "ethnicity")
NOT_RECORDED = "not_recorded"


def get_peers_told(splits: Sequence[str], titles: dict[str, str]) -> dict[str, Any]:
    """What a release says of its peers: by which splits besides the size of the list, and how."""
    by = [each for each in TRAITS if each in splits]
    named = ", ".join(titles.get(each, each).split(" (")[0].lower() for each in by)
    return {
        "by": by,
        "most": MOST_PEERS,
        "told": (
            f"Up to {MOST_PEERS} areas of the same level whose registered people are most alike in {named} "
            "and in number. Each of these weighs the same. Shares of groups and the logarithm of the number "
            "of people are standardised over the areas of the level, and the distance between two areas is Euclidean. "
            "Groups that are hidden count as nobody, and people of whom a group is not recorded are left out."
        ),
    }


def build_peers(
    population: pa.Table, people: Counts, units: Sequence[str], hierarchy: Hierarchy, rule: DisclosureRule
) -> pa.Table:
    """RELEASED_PEERS: for each area below the top its peers, the most alike first.

    population: RELEASED_POPULATION; people: exact counts by practice, of which only the disclosed last month is used. A
    practice whose people the release does not show has no peers.
    """
    tables = [RELEASED_PEERS.empty_table()]
    for level in hierarchy.levels[1:]:
        if level == PRACTICE:
            areas, columns, counts = get_practices_seen(population, people, units, hierarchy, rule, TRAITS)
            seen = _get_listed(population, level)
            counts[:, columns.index((ALL, ALL))] = [seen.get(area, 0) for area in areas]
        else:
            areas, columns, counts = _get_released(population, level)
        tables.append(_find_peers(level, areas, columns, counts))
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def _find_peers(level: str, areas: list[str], columns: list[Column], counts: npt.NDArray[np.float64]) -> pa.Table:
    """counts: float64[areas, columns], 0 where hidden. An area whose people are not shown has no peers."""
    if not areas:
        return RELEASED_PEERS.empty_table()
    listed = counts[:, columns.index((ALL, ALL))]
    kept = np.flatnonzero(listed > 0)
    if len(kept) < 2:
        return RELEASED_PEERS.empty_table()
    traits = [np.log(listed[kept])[:, None]]
    for split in TRAITS:
        groups = [place for place, (of, group) in enumerate(columns) if of == split and group != NOT_RECORDED]
        known = counts[kept][:, groups]
        whole = known.sum(axis=1, keepdims=True)
        if (whole > 0).any():
            traits.append(np.divide(known, whole, out=np.full(known.shape, np.nan), where=whole > 0))
    nearest = find_nearest(get_distances(traits), MOST_PEERS)
    named = np.array(areas, dtype=object)[kept]
    most = nearest.shape[1]
    return pa.table(
        {
            "level": pa.array([level] * nearest.size, pa.string()).dictionary_encode(),
            "area": pa.array(np.repeat(named, most), pa.string()).dictionary_encode(),
            "rank": pa.array(np.tile(np.arange(1, most + 1), len(named)), pa.int32()),
            "peer": pa.array(named[nearest].reshape(-1), pa.string()).dictionary_encode(),
        },
        schema=RELEASED_PEERS,
    )


def _get_listed(population: pa.Table, level: str) -> dict[str, int]:
    """The people of each area of a level that are shown."""
    areas, _, counts = _get_released(population, level)
    return dict(zip(areas, counts[:, 0].astype(int).tolist(), strict=True)) if areas else {}


def _get_released(population: pa.Table, level: str) -> tuple[list[str], list[Column], npt.NDArray[np.float64]]:
    wanted = pc.and_(pc.equal(population["level"], level), pc.is_in(population["split"], pa.array([ALL, *TRAITS])))
    rows = population.filter(wanted).select(["area", "split", "group", "people", "state"]).to_pylist()
    areas = list(dict.fromkeys(row["area"] for row in rows))
    columns = list(dict.fromkeys((row["split"], row["group"]) for row in rows))
    counts = np.zeros((len(areas), len(columns)))
    area, column = ({each: place for place, each in enumerate(of)} for of in (areas, columns))
    for row in rows:
        if row["state"] == SHOWN:
            counts[area[row["area"]], column[row["split"], row["group"]]] = row["people"]
    return areas, columns, counts
