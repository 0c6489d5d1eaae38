"""What pages and the API read of the ledger: claims found by their words, and one claim with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from placewise_site.evidence.ledger.lifecycle import Standing
from placewise_site.evidence.ledger.models import Content, Document, Removal, StandingRow, StatedClaim
from placewise_site.evidence.ledger.queries.cited import CitedClaim, get_findings
from placewise_site.evidence.ledger.search import search_claims


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as a reader sees it. content: None where it was removed, which `cited` tells."""

    row: StatedClaim
    content: Content | None
    cited: CitedClaim


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a claim, and what was said of it, oldest first."""

    row: StatedClaim
    standings: tuple[StandingRow, ...]
    removal: Removal | None


def find_claims(
    user: Any, words: str, known_by: datetime | None, first: int, most: int
) -> tuple[int, list[StatedClaim]]:
    """How many claims hold all these words, and so many of them from the first (0) on; of no words, all."""
    found = search_claims(StatedClaim.objects.visible_to(user, known_by).as_known(known_by).telling(), words)
    keys = list(found.values_list("pk", flat=True)[first : first + most])  # no content is read of the pages before
    return found.count(), list(StatedClaim.objects.filter(pk__in=keys).select_related("content"))


def read_claims_of(rows: Sequence[StatedClaim], on: date, known_by: datetime | None) -> list[ReadClaim]:
    """With how each stands, and what is found against it on a day."""
    cited = get_findings([row.name for row in rows], on, known_by)
    return [_read(row, cited[row.name]) for row in rows]


def find_claim(user: Any, name: str, on: date, known_by: datetime | None) -> ReadClaim:
    """Raises StatedClaim.DoesNotExist for one that is not there, was not yet, or is not for this person."""
    row = StatedClaim.objects.visible_to(user, known_by).as_known(known_by).select_related("content").get(name=name)
    return _read(row, get_findings([name], on, known_by)[name])


def get_history(user: Any, name: str, known_by: datetime | None) -> list[Version]:
    """Every version of a claim that this person may read, the newest first."""
    rows = StatedClaim.objects.visible_to(user, known_by).filter(name=name).select_related("content", "recorded_by")
    said = StandingRow.objects.filter(citation=name).select_related(
        "reason__text", "reason__destruction", "resolution__source__text", "resolution__source__destruction"
    )
    if known_by:
        rows, said = rows.filter(recorded_at__lte=known_by), said.filter(at__lte=known_by)
    gone = {each.claim_id: each for each in Removal.objects.filter(claim__in=rows).select_related("reason__text")}
    by_version: dict[int, list[StandingRow]] = {}
    for each in said.order_by("pk"):
        by_version.setdefault(each.version, []).append(each)
    return [Version(row, tuple(by_version.get(row.version, ())), gone.get(row.pk)) for row in rows.order_by("-version")]


def find_parts(user: Any, name: str, known_by: datetime | None) -> list[StatedClaim]:
    """The claims that say they are part of one, or worked out from it."""
    return list(
        StatedClaim.objects.visible_to(user, known_by).as_known(known_by).telling().filter(content__part_of=name)
    )


def find_stated_between(user: Any, first: date, last: date) -> list[StatedClaim]:
    """Claims in force of documents dated between two days, both included."""
    found = StatedClaim.objects.visible_to(user).in_force()
    return list(found.filter(content__document_date__range=(first, last)))


def find_named(user: Any, names: Sequence[str]) -> dict[str, StatedClaim]:
    """Those of these claims that this person may read and that still say something, superseded ones too."""
    rows = StatedClaim.objects.visible_to(user).as_known().telling().filter(name__in=list(names))
    return {row.name: row for row in rows}


def get_documents() -> dict[str, Document]:
    """What each document is called, by the name that claims have for it."""
    return {row.name: row for row in Document.objects.all()}


def _read(row: StatedClaim, cited: CitedClaim) -> ReadClaim:
    return ReadClaim(row, None if cited.standing == Standing.WITHDRAWN else row.content, cited)
