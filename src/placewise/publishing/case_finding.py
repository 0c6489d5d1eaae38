"""Expected, known and gap of the registers, from a release: the one computation behind pages, files and API.

Three populations that are never divided by one another: the *expected*, whom nobody knows by name (a share of the
people registered); the *known*, who are on the register; and the *unprotected*, known people whom a measure of care
misses. The gap is what the expected lack of being known, so that known + gap = expected exactly as shown.
"""

from dataclasses import dataclass

import numpy as np

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.people import AGE_BAND_STARTS, AGE_BANDS
from placewise.measures.contract import ALL
from placewise.publishing.contract import HIDDEN, SHOWN, CaseFinding, ClaimAddress
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import round_counts
from placewise.publishing.release import NotReleased, Release
from placewise.registers.case_finding import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A released count with its claim's address; None where it is hidden or nothing was reported (state says which)."""

    people: int | None
    state: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One register, area and basis. expected: rounded as every count is; None where too few people can be shown."""

    register: str
    area: str
    basis: Basis
    expected: int | None
    known: Count

    @property
    def gap(self) -> int | None:
        """Expected less known; below zero where more people are known than expected."""
        return None if self.expected is None or self.known.people is None else self.expected - self.known.people


@dataclass(frozen=True, slots=True, kw_only=True)
class Unprotected:
    """The known whom a measure of care misses. address: of the measure's claim."""

    measure: str
    people: int | None
    state: str
    address: str


def get_expectations(release: Release, finding: CaseFinding, area: str) -> list[Expectation]:
    """One for each basis, in the order stated, at the last month.

    Raises NotReleased for a practice: a share of a whole country says nothing of so few people.
    """
    if release.manifest.areas[area]["level"] == PRACTICE:
        raise NotReleased("how many people are expected is not estimated for one practice; ask for an area above it")
    row = release.trend(finding.measure, area).to_pylist()[-1]
    known = Count(people=row["numerator"], state=row["state"], address=_address(release, finding.measure, area))
    return [
        Expectation(
            register=finding.register,
            area=area,
            basis=basis,
            expected=_expected(release, area, basis),
            known=known,
        )
        for basis in map(Basis.model_validate, finding.bases)
    ]


def get_unprotected(release: Release, finding: CaseFinding, area: str) -> list[Unprotected]:
    """For each measure of care of the register: how many of whom it is asked does it not count, at the last month."""
    found = []
    for measure in finding.missed_by:
        row = release.trend(measure, area).to_pylist()[-1]
        people = row["denominator"] - row["numerator"] if row["state"] == SHOWN else None
        address = _address(release, measure, area)
        found.append(Unprotected(measure=measure, people=people, state=row["state"], address=address))
    return found


def _expected(release: Release, area: str, basis: Basis) -> int | None:
    """The share of the released people, rounded as every count of the release is."""
    if basis.from_age == 0:
        rows = release.population(area).to_pylist()
    else:
        counted = {band for band, start in zip(AGE_BANDS, AGE_BAND_STARTS, strict=True) if start >= basis.from_age}
        rows = [row for row in release.population(area, "age_band").to_pylist() if row["group"] in counted]
    if any(row["state"] == HIDDEN or row["people"] is None for row in rows):
        return None
    said = release.manifest.disclosure
    expected = np.array([round(sum(row["people"] for row in rows) * basis.expected_share)])
    return int(round_counts(expected, DisclosureRule(said["suppress_below"], said["round_to"]))[0])


def _address(release: Release, measure: str, area: str) -> str:
    month = release.months[-1]
    return str(ClaimAddress(release.manifest.release, measure, area, month, ALL, ALL))
