"""Invented disease registers of practices, as the Quality and Outcomes Framework publishes them, and where they lie.

All practices of the system have one, with lists of the size that the margins are about, however few people its records
are invented for.

quality_outcomes.csv     group, list_type, prevalence, spread, outlier

spread: standard deviation of the logarithm of the odds among practices; outlier: how many times their prevalence one
practice has, the same in every group; 1 for none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.margins import Share, read_table

LIST_SPREAD = 0.45
"""Standard deviation of the logarithm of the length of a practice's list."""


@dataclass(frozen=True, slots=True)
class RegisterOfPractices:
    group: str
    list_type: str
    prevalence: Share
    spread: float
    outlier: float


def read_register_margins(folder: Path) -> list[RegisterOfPractices]:
    faults: list[Fault] = []
    rows = read_table(folder / "quality_outcomes.csv", RegisterOfPractices, faults)
    if faults:
        raise FaultsFound(faults)
    return rows


def build_practice_map(practices: Sequence[str], hierarchy: Hierarchy) -> pa.Table:
    """practice, practice_name, and the code and name of the area below the system, and of the system."""
    level, top = hierarchy.levels[1], hierarchy.top
    places = [hierarchy.chains[each][level] for each in practices]
    return pa.table(
        {
            "practice": list(practices),
            "practice_name": [hierarchy.organisations[each].name for each in practices],
            "place_code": places,
            "place_name": [hierarchy.organisations[each].name for each in places],
            "system_code": [top.code] * len(places),
            "system_name": [top.name] * len(places),
        }
    )


def build_quality_outcomes(
    margins: Sequence[RegisterOfPractices], practices: Sequence[str], people: int, year: str, rng: np.random.Generator
) -> pa.Table:
    """A row a practice and group of one financial year (2025-26)."""
    sizes = rng.lognormal(sigma=LIST_SPREAD, size=len(practices))
    lists = np.maximum((people * sizes / sizes.sum()).astype(np.int64), 1)
    apart = int(rng.integers(len(practices)))
    rows: list[dict[str, object]] = []
    for each in margins:
        odds = each.prevalence / (1 - each.prevalence) * rng.lognormal(sigma=each.spread, size=len(practices))
        share = odds / (1 + odds)
        share[apart] = min(each.prevalence * each.outlier, 1.0) if each.outlier != 1 else share[apart]
        counted = rng.binomial(lists, share)
        rows += [
            {
                "YEAR": year,
                "PRACTICE_CODE": practice,
                "GROUP_CODE": each.group,
                "REGISTER": number,
                "PATIENT_LIST_TYPE": each.list_type,
                "PRACTICE_LIST_SIZE": size,
            }
            for practice, number, size in zip(practices, counted.tolist(), lists.tolist(), strict=True)
        ]
    return pa.Table.from_pylist(rows)
