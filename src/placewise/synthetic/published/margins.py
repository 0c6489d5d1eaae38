"""The levels that invented waits follow, beside the other margins of a deployment.

waiting_by_trust.csv          how long people wait at each trust
waiting_by_commissioner.csv   whose people each trust treats: those of this system's places, of others, and of nobody
waiting_by_specialty.csv      how many wait for each treatment function, and how long
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.margins import Count, Share, read_table


@dataclass(frozen=True, slots=True)
class WaitsAtTrust:
    """Shares of those waiting: within 18 weeks, and over 52."""

    trust: str
    within_18_weeks: Share
    over_52_weeks: Share


@dataclass(frozen=True, slots=True)
class WaitsOfCommissioner:
    """parent: the system the commissioner belongs to; empty for a commissioning hub or none."""

    trust: str
    commissioner: str
    commissioner_name: str
    parent: str
    parent_name: str
    waiting: Count


@dataclass(frozen=True, slots=True)
class WaitsForSpecialty:
    """A treatment function of the extract, by its code; shares as at a trust, over all trusts."""

    specialty: str
    name: str
    waiting: Count
    within_18_weeks: Share
    over_52_weeks: Share


@dataclass(frozen=True, slots=True)
class WaitingMargins:
    trusts: Sequence[WaitsAtTrust]
    commissioners: Sequence[WaitsOfCommissioner]
    specialties: Sequence[WaitsForSpecialty]


def read_waiting_margins(folder: Path, hierarchy: Hierarchy) -> WaitingMargins:
    """The three tables in `folder`.

    Raises FaultsFound with every mistake: a missing table or column, a value out of range, a trust that is no
    organisation of this system or has no row for how long people wait there.
    """
    faults: list[Fault] = []
    trusts = read_table(folder / "waiting_by_trust.csv", WaitsAtTrust, faults)
    commissioners = read_table(folder / "waiting_by_commissioner.csv", WaitsOfCommissioner, faults)
    specialties = read_table(folder / "waiting_by_specialty.csv", WaitsForSpecialty, faults)
    named = {each.trust for each in trusts}
    unknown = sorted(named - hierarchy.organisations.keys())
    table = str(folder / "waiting_by_trust.csv")
    faults += [Fault(table, None, f"{each} is not in organisations.csv", "correct its code") for each in unknown]
    without = sorted({each.trust for each in commissioners} ^ named)
    faults += [
        Fault(table, None, f"{each} is not in both this table and waiting_by_commissioner.csv", "add it to the other")
        for each in without
    ]
    if faults:
        raise FaultsFound(faults)
    return WaitingMargins(trusts, commissioners, specialties)
