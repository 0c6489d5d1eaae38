"""Invented stage, route and survival of every cancer alliance, ours among them.

cancer_by_alliance.csv   alliance, cancers, stage_known, found_early, emergency, alive_after_a_year: cancers found in a
                         year, and the share of each among them (found_early: among those of known stage)
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.floor.faults import Fault, FaultsFound
from placewise.synthetic.margins import Count, Share, read_table

TABLE = "cancer_by_alliance.csv"
FIFTHS = 5
A_FIFTH = {"stage_known": 0.004, "found_early": 0.015, "emergency": -0.012}
"""By so much each share rises from one deprivation fifth to the next, less deprived one. Survival is given of everybody
alone, as its publisher has it."""


@dataclass(frozen=True, slots=True)
class CancerInAlliance:
    alliance: str
    cancers: Count
    stage_known: Share
    found_early: Share
    emergency: Share
    alive_after_a_year: Share


def build_cancer_by_alliance(folder: Path, year: int, rng: np.random.Generator) -> pa.Table | None:
    """alliance, item, year, fifth, of, number: a row each; a blank fifth is everybody, the sum of the fifths.

    Survival is that of the year before, which is known a year later. None where the margins say nothing of alliances.
    Raises FaultsFound.
    """
    if not (folder / TABLE).is_file():
        return None
    faults: list[Fault] = []
    margins = read_table(folder / TABLE, CancerInAlliance, faults)
    if faults:
        raise FaultsFound(faults)
    place = np.arange(FIFTHS) - (FIFTHS - 1) / 2
    rows: list[dict[str, object]] = []
    for each in margins:
        shares = {item: getattr(each, item) + step * place for item, step in A_FIFTH.items()}
        found = rng.poisson(each.cancers / FIFTHS, FIFTHS)
        known = rng.binomial(found, shares["stage_known"])
        counted = {
            "stage_known": (known, found),
            "found_early": (rng.binomial(known, shares["found_early"]), known),
            "emergency": (rng.binomial(found, shares["emergency"]), found),
        }
        for item, (number, of) in counted.items():
            rows += [_row(each, item, year, str(fifth + 1), number[fifth], of[fifth]) for fifth in range(FIFTHS)]
            rows.append(_row(each, item, year, "", number.sum(), of.sum()))
        before = rng.poisson(each.cancers)
        alive = rng.binomial(before, each.alive_after_a_year)
        rows.append(_row(each, "alive_after_a_year", year - 1, "", alive, before))
    return pa.Table.from_pylist(rows)


def _row(each: CancerInAlliance, item: str, year: int, fifth: str, number: int, of: int) -> dict[str, object]:
    counts = {"of": int(of), "number": int(number)}
    return {"alliance": each.alliance, "item": item, "year": str(year), "fifth": fifth, **counts}
