"""What the rules find among claims in force: around a few of them, among all, and as it stood on a past day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar, cast

from django.db.models import Q

from placewise.floor.ledger.build import find_conflicts
from placewise.floor.ledger.finding import Finding, FindingType
from placewise_site.evidence.ledger.models import Conflict, Content, StandingRow, StatedClaim
from placewise_site.evidence.ledger.reading import Stated, read_claim

T = TypeVar("T")

__all__ = ["Finding", "find_around", "find_past", "held_anew", "iter_parts"]

DATED = "overdue"
"""The one type that depends on the day it is asked, and so is never kept."""
AT_ONCE = 500
"""As many claims are asked for in one question to the database."""
MANY = 5000
"""From as many claims on, all are held against one another anew."""


def find_around(names: Iterable[str], at: datetime | None = None) -> list[Finding]:
    """What stands among some claims and those they are held against, without what is due by a date.

    Only claims of the same measurand or family, and parts and wholes of one another, are read: never all.
    """
    return _find_of(_get_subjects(names), at)


def find_past(at: datetime) -> list[Finding]:
    """What stood among all claims at a past moment: what is kept, but for claims that changed since."""
    if not StatedClaim.objects.filter(recorded_at__lte=at).exists():
        return []
    changed = set(StatedClaim.objects.filter(recorded_at__gt=at).values_list("name", flat=True))
    changed |= set(StandingRow.objects.filter(at__gt=at).values_list("citation", flat=True))
    if len(changed) >= MANY:
        return _among(_read_all(at))
    subjects = _get_subjects(changed)
    kept = [
        Finding(cast(FindingType, each.type), tuple(each.claims), each.told, each.remedy, each.subject)
        for each in Conflict.objects.all()
        if each.subject not in subjects
    ]
    return kept + _find_of(subjects, at)


@contextmanager
def held_anew(names: Iterable[str]) -> Iterator[None]:
    """Round every change of claims: what was found among them and those around them is found again afterwards."""
    named = list(names)
    before = _get_subjects(named)
    yield
    if len(named) >= MANY:
        Conflict.objects.all().delete()
        found = _among(_read_all(None))
    else:
        subjects = before | _get_subjects(named)
        for some in iter_parts(subjects):
            Conflict.objects.filter(subject__in=some).delete()
        found = _find_of(subjects, None)
    _keep(found)


def _keep(found: list[Finding]) -> None:
    closed: set[str] = set()
    for some in iter_parts({name for each in found for name in each.claims}):
        closed.update(
            StatedClaim.objects.as_known().filter(name__in=some, published=False).values_list("name", flat=True)
        )
    Conflict.objects.bulk_create(
        Conflict(
            type=each.type,
            blocks=each.blocks,
            subject=each.subject,
            claims=list(each.claims),
            told=each.told,
            remedy=each.remedy,
            published=closed.isdisjoint(each.claims),
        )
        for each in found
    )


def _read_all(at: datetime | None) -> list[Stated]:
    return [read_claim(row) for row in StatedClaim.objects.in_force(at).iterator(chunk_size=5000)]


def _find_of(subjects: set[str], at: datetime | None) -> list[Finding]:
    return [each for each in _among(_read_of(subjects, at)) if each.subject in subjects]


def _among(claims: list[Stated]) -> list[Finding]:
    return [each for each in find_conflicts(claims) if each.type != DATED]


def _get_subjects(names: Iterable[str]) -> set[str]:
    """By which measurands, families and claims some claims are held together, in any of their versions."""
    found: set[str] = set()
    for some in iter_parts(names):
        own = Content.objects.filter(claim__name__in=some).values_list("measurand", "family", "part_of")
        parts = Content.objects.filter(part_of__in=some).values_list("measurand", "family")
        found.update(some, *own, *parts)
    return found - {""}


def _read_of(subjects: set[str], at: datetime | None) -> list[Stated]:
    """The claims in force of some subjects, with the parts of those and the wholes of all."""
    rows: dict[str, StatedClaim] = {}
    for some in iter_parts(subjects):
        held = Q(measurand__in=some) | Q(family__in=some) | Q(part_of__in=some)
        keys = set(Content.objects.filter(held).values_list("claim", flat=True))
        keys |= set(StatedClaim.objects.filter(name__in=some).values_list("pk", flat=True))
        rows |= _in_force(keys, at)
    wholes = {row.content.part_of for row in rows.values()} - {""} - set(rows)
    keys = set()
    for some in iter_parts(wholes):
        keys |= set(StatedClaim.objects.filter(name__in=some).values_list("pk", flat=True))
    rows |= _in_force(keys, at)
    return [read_claim(rows[name]) for name in sorted(rows)]


def _in_force(keys: Iterable[int], at: datetime | None) -> dict[str, StatedClaim]:
    return {row.name: row for some in iter_parts(keys) for row in StatedClaim.objects.in_force(at).filter(pk__in=some)}


def iter_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """As many values at a time as go into one question."""
    every = list(values)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
