"""What pages and the API read of conflicts: among stated claims, and between those and our own figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet

from placewise.floor.ledger.cautions import tell_overdue
from placewise.publishing.contract import Claim
from placewise_site.evidence.ledger.models import Conflict, Content, StatedClaim
from placewise_site.evidence.ledger.queries.holding import (
    DATED,
    Finding,
    find_around,
    find_past,
    is_kept_of,
    iter_parts,
)
from placewise_site.evidence.ledger.queries.measured import find_all_against_stated, read_figure

Found = Conflict | Finding


@dataclass(frozen=True, slots=True)
class FoundConflict:
    """What was found among claims, with these, in the order of the ledger. figures: our own among them. Of what is
    overdue neither: there may be thousands, and `find_due` gives them in their order."""

    type: str
    blocks: bool
    told: str
    remedy: str
    claims: tuple[StatedClaim, ...]
    figures: tuple[Claim, ...]


def find_conflicts(
    user: Any, type: str, clock: date | None, known_by: datetime | None, first: int, most: int
) -> tuple[int, int, list[Found]]:
    """What is found among the claims that this person may read, and between them and our own figures: how many, how
    many of them block, and so many from the first (0) on, what blocks first; of one type, or of all ("").

    clock: the day by which targets are overdue, which all are one finding; None: that of each one's own document.
    """
    ours = [each for each in find_all_against_stated(user, known_by) if type in ("", each.type)]
    kept = _get_kept(user, type, known_by)
    parts: list[Sequence[Found] | QuerySet[Conflict]] = [
        [each for each in ours if each.blocks],
        kept,
        [each for each in ours if not each.blocks],
        _find_overdue(user, clock, known_by) if type in ("", DATED) else [],
    ]
    kept_that_block = kept.filter(blocks=True) if isinstance(kept, QuerySet) else [each for each in kept if each.blocks]
    blocking = len(parts[0]) + _count(kept_that_block)
    return sum(_count(part) for part in parts), blocking, _take(parts, first, most)


def find_due(user: Any, clock: date | None, known_by: datetime | None, most: int) -> tuple[int, list[StatedClaim]]:
    """Targets whose day had passed, the longest ago first: how many, and the first so many of them.

    clock: as `find_conflicts` has it.
    """
    late = _get_late(user, clock, known_by).order_by("content__target_by", "name")
    return late.count(), list(late[:most])


def find_among(user: Any, type: str, claims: Iterable[str]) -> Finding | None:
    """The conflict of a type that is now found among exactly these stated claims."""
    names = set(claims)
    seen = StatedClaim.objects.visible_to(user).as_known().filter(name__in=names).count()
    found = find_around(names) if seen == len(names) else []
    return next((each for each in found if each.type == type and set(each.claims) == names), None)


def with_claims(user: Any, found: Sequence[Found], known_by: datetime | None) -> list[FoundConflict]:
    """Conflicts with what each of their claims says, side by side."""
    names = {name for each in found if each.type != DATED for name in each.claims}
    rows = StatedClaim.objects.visible_to(user, known_by).as_known(known_by).telling().filter(name__in=names)
    stated = {row.name: row for row in rows}
    figures = {name: read_figure(name) for name in names if "/" in name}
    return [
        FoundConflict(
            each.type,
            each.blocks,
            each.told,
            each.remedy,
            tuple(stated[name] for name in each.claims if name in stated),
            tuple(figures[name] for name in each.claims if name in figures),
        )
        for each in found
    ]


def _get_kept(user: Any, type: str, known_by: datetime | None) -> QuerySet[Conflict] | list[Finding]:
    """Those among stated claims; of a time before they were kept, worked out."""
    if known_by is None or is_kept_of(known_by):
        kept = Conflict.objects.visible_to(user).standing(known_by)
        return kept.filter(type=type) if type else kept
    past = [each for each in find_past(known_by) if type in ("", each.type)]
    seen: set[str] = set()
    for names in iter_parts({name for each in past for name in each.claims}):
        rows = StatedClaim.objects.visible_to(user, known_by).as_known(known_by).filter(name__in=names)
        seen.update(rows.values_list("name", flat=True))
    readable = (each for each in past if seen.issuperset(each.claims))
    return sorted(readable, key=lambda each: (not each.blocks, each.type, each.subject))


def _find_overdue(user: Any, clock: date | None, known_by: datetime | None) -> list[Finding]:
    late = list(_get_late(user, clock, known_by).order_by("name").values_list("name", flat=True))
    return [tell_overdue(late, clock)] if late else []


def _get_late(user: Any, clock: date | None, known_by: datetime | None) -> QuerySet[StatedClaim]:
    dated = Content.objects.filter(target_by__gt=date.min)  # a range, so that the index on it is used
    late = dated.filter(target_by__lt=F("document_date") if clock is None else clock)
    return StatedClaim.objects.visible_to(user, known_by).in_force(known_by).filter(pk__in=late.values("claim"))


def _count(part: Sequence[Found] | QuerySet[Conflict]) -> int:
    return part.count() if isinstance(part, QuerySet) else len(part)


def _take(parts: Iterable[Sequence[Found] | QuerySet[Conflict]], first: int, most: int) -> list[Found]:
    """So many from the first on of all parts one after the other."""
    taken: list[Found] = []
    for part in parts:
        taken.extend(part[first : first + most - len(taken)] if len(taken) < most else [])
        first = max(first - _count(part), 0)
    return taken
