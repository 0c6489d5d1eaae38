"""Invented personalised care of people with cancer: four things each should be offered, by trust, tumour and year.

Of the size of the system that the margins are about, as the other hospital series are (hospital_series.py).

personalised_care_by_trust.csv   trust, tumour, patients, needs_assessed, care_planned, treatment_summarised,
                                 follow_up_agreed: people in a year, and the share of them who had each
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.margins import Count, Share, read_table

TABLE = "personalised_care_by_trust.csv"
ITEMS = ("needs_assessed", "care_planned", "treatment_summarised", "follow_up_agreed")
RISE = 0.04
"""By so much each share rises from one year to the next, up to the margins in the last."""


@dataclass(frozen=True, slots=True)
class PersonalisedCareAtTrust:
    trust: str
    tumour: str
    patients: Count
    needs_assessed: Share
    care_planned: Share
    treatment_summarised: Share
    follow_up_agreed: Share


def build_personalised_care(
    folder: Path, hierarchy: Hierarchy, years: Sequence[str], rng: np.random.Generator
) -> pa.Table | None:
    """trust, trust_name, tumour, item, year, people, had: a row each, the trust's own row with a blank tumour being the
    sum of the others. None where the margins say nothing of it. Raises FaultsFound.

    years: as written in the file, oldest first.
    """
    if not (folder / TABLE).is_file():
        return None
    faults: list[Fault] = []
    margins = read_table(folder / TABLE, PersonalisedCareAtTrust, faults)
    unknown = sorted({each.trust for each in margins} - hierarchy.organisations.keys())
    faults += [
        Fault(str(folder / TABLE), None, f"{each} is not in organisations.csv", "correct its code") for each in unknown
    ]
    if faults:
        raise FaultsFound(faults)
    rows: dict[tuple[str, str, str, str], tuple[int, int]] = {}
    for ago, year in enumerate(reversed(years)):
        for each in margins:
            people = int(rng.poisson(each.patients))
            for item in ITEMS:
                had = int(rng.binomial(people, max(getattr(each, item) - RISE * ago, 0.0)))
                rows[each.trust, each.tumour, item, year] = (people, had)
                total = rows.get((each.trust, "", item, year), (0, 0))
                rows[each.trust, "", item, year] = (total[0] + people, total[1] + had)
    return pa.Table.from_pylist(
        [
            {
                "trust": trust,
                "trust_name": hierarchy.organisations[trust].name,
                "tumour": tumour,
                "item": item,
                "year": year,
                "people": people,
                "had": had,
            }
            for (trust, tumour, item, year), (people, had) in sorted(rows.items())
        ]
    )
