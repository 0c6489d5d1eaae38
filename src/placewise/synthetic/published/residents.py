"""Invented residents of the synthetic small areas, and where those areas lie: tables as census and estimates come."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP, ETHNIC_GROUPS, TITLES
from placewise.synthetic.margins import Margins
from placewise.synthetic.small_areas import SmallAreas

AREA = "small_area"
GROUPS = tuple(group for group in ETHNIC_GROUPS if group != "not_recorded")
"""A census fills in the group of whoever did not answer."""


def build_lookup(areas: SmallAreas, hierarchy: Hierarchy) -> pa.Table:
    """small_area, middle_area, place_code, place_name, system_code, system_name: a row an area."""
    codes = [areas.places[place] for place in areas.place]
    system = hierarchy.top
    return pa.table(
        {
            AREA: areas.codes,
            "middle_area": areas.middle_codes,
            "place_code": codes,
            "place_name": [hierarchy.organisations[code].name for code in codes],
            "system_code": [system.code] * len(codes),
            "system_name": [system.name] * len(codes),
        }
    )


def build_deprivation(areas: SmallAreas, rng: np.random.Generator) -> pa.Table:
    """small_area, decile, score: the higher the score the more deprived, and no two deciles overlap."""
    score = 6.0 * (10 - areas.decile) + rng.uniform(0.5, 6, len(areas.decile))
    return pa.table({AREA: areas.codes, "decile": areas.decile, "score": score.round(3)})


def build_ages(margins: Margins, areas: SmallAreas, rng: np.random.Generator) -> pa.Table:
    """small_area, total and a column for each year of age, the last one open (90+)."""
    bands = [[row for row in margins.ages if row.place == place] for place in areas.places]
    oldest = min(rows[-1].from_age for rows in bands)
    by_place = []
    for rows in bands:
        years = np.diff([row.from_age for row in rows], append=rows[-1].from_age + 1)
        people = np.repeat([(row.female + row.male) / width for row, width in zip(rows, years, strict=True)], years)
        by_place.append(np.append(people[:oldest], people[oldest:].sum()))
    counts = _share_out(areas, np.stack(by_place), rng)
    ages = [*(str(age) for age in range(oldest)), f"{oldest}+"]
    return _lay_out(areas, ages, counts)


def build_ethnic_groups(margins: Margins, areas: SmallAreas, rng: np.random.Generator) -> pa.Table:
    """small_area, total and a column for each ethnic group."""
    by_place = np.zeros((len(areas.places), len(GROUPS)))
    for row in margins.ethnicities:
        by_place[areas.places.index(row.place), GROUPS.index(ETHNIC_CATEGORY_GROUP[row.category])] += row.people
    return _lay_out(areas, [TITLES[group] for group in GROUPS], _share_out(areas, by_place, rng))


def _share_out(areas: SmallAreas, by_place: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Area x group: each area's people by chance, as the groups of its place are. by_place: place x group."""
    shares = by_place / by_place.sum(axis=1, keepdims=True)
    return rng.multinomial(areas.people, shares[areas.place])


def _lay_out(areas: SmallAreas, names: list[str], counts: npt.NDArray[np.int64]) -> pa.Table:
    columns = {name: counts[:, number] for number, name in enumerate(names)}
    return pa.table({AREA: areas.codes, "total": areas.people, **columns})
