"""Invented monthly series of hospitals, in the publishers' columns: emergency departments and cancer waits.

They are of the size of the system that the margins are about, however few people its records are invented for: of a
hundredth of a hospital's cancer patients nothing could be concluded.

Two tables of margins say how each trust does and what is planted; chance is added, month by month.

emergency_by_trust.csv   trust, attendances, within_4_hours, change_from, change, reported_from
cancer_by_trust.csv      trust, standard, patients, within, change_from, change

attendances, patients: in a month; change: added to the share from that month on, nothing where no month is named;
reported_from: until then 0 attendances over four hours are published, which is nothing reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.synthetic.margins import Count, Share, read_table

ATTENDED = "A&E attendances"
OVER = "Attendances over 4hrs"
DEPARTMENTS = {
    # the publisher's name in the columns of attendances, and of those over four hours -> share of attendances, and how
    # much likelier than the trust's average one is to be over
    ("Type 1", "Type 1"): (0.66, 1.3),
    ("Type 2", "Type 2"): (0.02, 0.3),
    ("Other A&E Department", "Other Department"): (0.28, 0.4),
    ("Booked Appointments Type 1", "Booked Appointments Type 1"): (0.01, 0.4),
    ("Booked Appointments Type 2", "Booked Appointments Type 2"): (0.005, 0.3),
    ("Booked Appointments Other Department", "Booked Appointments Other Department"): (0.025, 0.1),
}
WAITED_FOR_A_BED = (
    ("Patients who have waited 4-12 hs from DTA to admission", 0.08),
    (
        "Patients who have waited 12+ hrs from DTA to admission",
        0.01,
    ),
)
ADMITTED = (
    ("Emergency admissions via A&E - Type 1", 0.18),
    ("Emergency admissions via A&E - Type 2", 0.001),
    ("Emergency admissions via A&E - Other A&E department", 0.002),
    ("Other emergency admissions", 0.05),
)
SPREAD = 0.02
"""Standard deviation of a trust's share from month to month, beyond the chance of each patient."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class EmergencyAtTrust:
    trust: str
    attendances: Count
    within_4_hours: Share
    change_from: str
    change: float
    reported_from: str


@dataclass(frozen=True, slots=True)
class CancerAtTrust:
    trust: str
    standard: str
    patients: Count
    within: Share
    change_from: str
    change: float


@dataclass(frozen=True, slots=True)
class HospitalMargins:
    emergency: Sequence[EmergencyAtTrust]
    cancer: Sequence[CancerAtTrust]


def read_hospital_margins(folder: Path, hierarchy: Hierarchy) -> HospitalMargins:
    """Raises FaultsFound with every mistake: a missing table, a value out of range, a trust nobody knows."""
    faults: list[Fault] = []
    emergency = read_table(folder / "emergency_by_trust.csv", EmergencyAtTrust, faults)
    cancer = read_table(folder / "cancer_by_trust.csv", CancerAtTrust, faults)
    for table, rows in (("emergency_by_trust.csv", emergency), ("cancer_by_trust.csv", cancer)):
        unknown = sorted({each.trust for each in rows} - hierarchy.organisations.keys())
        faults += [
            Fault(str(folder / table), None, f"{each} is not in organisations.csv", "correct its code")
            for each in unknown
        ]
    if faults:
        raise FaultsFound(faults)
    return HospitalMargins(emergency, cancer)


def build_emergency(
    margins: HospitalMargins, hierarchy: Hierarchy, months: Sequence[date], rng: np.random.Generator
) -> pa.Table:
    """A row a trust and month, oldest month first."""
    trusts = margins.emergency
    named = [f"{month:%Y-%m}" for month in months]
    size = np.array([float(each.attendances) for each in trusts])
    shares = np.array([share for share, _ in DEPARTMENTS.values()])
    came = rng.poisson(size[None, :, None] * shares, size=(len(months), len(trusts), len(shares)))
    within = [_follow(each.within_4_hours, each.change_from, each.change, named, rng) for each in trusts]
    lean = np.array([more for _, more in DEPARTMENTS.values()])
    lean = lean / (shares * lean).sum()
    over = rng.binomial(came, np.minimum((1 - np.stack(within, axis=1))[..., None] * lean, 1.0))
    reported = np.array([[month >= each.reported_from for each in trusts] for month in named])
    over = np.where(reported[..., None], over, 0)
    every = came.sum(axis=2)
    columns: dict[str, object] = {
        "Period": np.repeat(named, len(trusts)),
        "Org Code": [each.trust for each in trusts] * len(months),
        "Parent Org": [hierarchy.top.name] * every.size,
        "Org name": [hierarchy.organisations[each.trust].name for each in trusts] * len(months),
    }
    for number, (name, _) in enumerate(DEPARTMENTS):
        columns[f"{ATTENDED} {name}"] = came[..., number].ravel()
    for number, (_, name) in enumerate(DEPARTMENTS):
        columns[f"{OVER} {name}"] = over[..., number].ravel()
    for name, share in (*WAITED_FOR_A_BED, *ADMITTED):
        columns[name] = rng.binomial(every, share).ravel()
    return pa.table(columns)


def build_cancer(
    margins: HospitalMargins, hierarchy: Hierarchy, months: Sequence[date], rng: np.random.Generator
) -> pa.Table:
    """A row a trust, standard and month; counts in halves, since some patients are shared by two trusts."""
    named = [f"{month:%Y-%m}" for month in months]
    rows: list[dict[str, object]] = []
    for each in margins.cancer:
        total = rng.poisson(each.patients * 2, size=len(months)) / 2
        share = _follow(each.within, each.change_from, each.change, named, rng)
        within = rng.binomial((total * 2).astype(np.int64), share) / 2
        rows += [
            {
                "period": month,
                "standard": each.standard,
                "sheet": "Invented",
                "org_code": each.trust,
                "org_name": hierarchy.organisations[each.trust].name,
                "route_or_stage": "ALL ROUTES",
                "cancer_type_or_modality": "",
                "total": patients,
                "within_standard": soon,
                "after_standard": patients - soon,
            }
            for month, patients, soon in zip(named, total.tolist(), within.tolist(), strict=True)
        ]
    return pa.Table.from_pylist(rows)


def _follow(level: float, change_from: str, change: float, months: Sequence[str], rng: np.random.Generator) -> Floats:
    """The share expected in each month: a level with a step where one is planted, and what months vary by."""
    stepped = level + change * np.array([bool(change_from) and month >= change_from for month in months])
    return np.clip(rng.normal(stepped, SPREAD), 0.02, 0.98)
