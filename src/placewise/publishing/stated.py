"""Counts that somebody stated of something we count too: the claims of claims.csv that name a measure of ours.

A release holds them as they were stated. Which of them do not fit each other is for the ledger's own rule to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from placewise.floor.faults import nearest, refuse
from placewise.floor.ledger.claim import StatedClaim, parse_days
from placewise.floor.ledger.claims_file import CLAIMS_FILE, read_claims
from placewise.floor.ledger.contradictions import find_shrinking
from placewise.floor.ledger.documents_file import DOCUMENTS_FILE, Document, read_documents

Month = r"^\d{4}-(0[1-9]|1[0-2])$"


class StatedCount(BaseModel):
    """People counted from one month to another, both included, as somebody said; never counted here.

    since: None where nobody states when counting began; about: stated as "around".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    count: int = Field(ge=0)
    about: bool = False
    measure: str = Field(min_length=1)
    since: str | None = Field(default=None, pattern=Month)
    until: str = Field(pattern=Month)
    source: str = Field(min_length=1)
    says: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two stated counts that do not fit each other: over overlapping periods, the longer has no larger count."""

    shorter: StatedCount
    longer: StatedCount


def find_stated(folder: Path, measures: Iterable[str]) -> list[dict[str, Any]]:
    """What a deployment's folder says was stated of our measures, as a release holds it.

    measures: all that its programmes have. Raises FaultsFound where a count is stated of none of them, or does not say
    until when it counts.
    """
    path, known = folder / CLAIMS_FILE, list(measures)
    if not path.is_file():
        return []
    documents = read_documents(folder / DOCUMENTS_FILE)
    stated = [each for each in read_claims(path) if each.measure]
    for each in stated:
        if each.measure not in known:
            fault = f"{each.id}: no programme of this system has the measure {each.measure}"
            raise refuse(path, fault, nearest(each.measure, known))
        if isinstance(each.value, str) or not each.cumulative or each.period_to is None:
            fault = f"{each.id} is no count up to a day, and so cannot stand beside {each.measure}"
            raise refuse(path, fault, "write cumulative and period_to, or leave its measure out")
    return [_count_of(each, documents.get(each.document)).model_dump() for each in stated]


def get_stated(rows: Iterable[Mapping[str, Any]]) -> list[StatedCount]:
    """As a release holds them."""
    return [StatedCount.model_validate(row) for row in rows]


def find_disputes(stated: Iterable[StatedCount]) -> list[Dispute]:
    """Pairs of one measure that do not fit (floor/ledger/contradictions.py), the shorter period first."""
    return [
        Dispute(*sorted((one, other), key=_extent))
        for one, other in combinations(stated, 2)
        if one.measure == other.measure and find_shrinking([_claim_of(one, "1"), _claim_of(other, "2")])
    ]


def _extent(each: StatedCount) -> tuple[str, bool, int]:
    """Of two counts the one that ends later is the longer, and of two that end together the one that began first."""
    return each.until, each.since is None, -date.fromisoformat(f"{each.since or '0001-01'}-01").toordinal()


def _count_of(claim: StatedClaim, document: Document | None) -> StatedCount:
    where = f"{document.told if document else claim.document} ({claim.section})"
    return StatedCount(
        title=claim.statement[:1].upper() + claim.statement[1:],
        count=int(claim.value),
        about=claim.bound == "about",
        measure=claim.measure,
        since=f"{claim.period_from:%Y-%m}" if claim.period_from else None,
        until=f"{claim.period_to:%Y-%m}",
        source=where,
        says=claim.note or claim.statement,
    )


def _claim_of(stated: StatedCount, name: str) -> StatedClaim:
    begins, ends = parse_days(stated.since or stated.until), parse_days(stated.until)
    assert begins is not None
    assert ends is not None
    return StatedClaim(
        id=name,
        document=stated.source,
        section="",
        statement=stated.title,
        value=float(stated.count),
        value_high=None,
        unit="people",
        kind="told",
        population="",
        geography="",
        as_of="",
        measurand=stated.measure,
        family="",
        basis="",
        bound="about" if stated.about else "exact",
        cumulative=True,
        period_from=begins[0] if stated.since else None,
        period_to=ends[1],
        part_of="",
        nesting="",
        target_by=None,
        document_date=ends[1],
        times_printed=1,
    )
