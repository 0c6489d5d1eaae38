"""What the rules find among claims in force: around a few of them, among all, and as it stood on a past day."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from placewise.floor.ledger.build import find_conflicts
from placewise.floor.ledger.finding import Finding
from placewise_site.evidence.ledger.lifecycle import Standing
from placewise_site.evidence.ledger.models import Conflict, ConflictsKept, Content, StandingRow, StatedClaim
from placewise_site.evidence.ledger.reading import Stated, read_claim

T = TypeVar("T")

__all__ = [
    "DATED",
    "Finding",
    "find_around",
    "find_past",
    "held_anew",
    "held_anew_backwards",
    "is_kept_of",
    "iter_parts",
]

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


def is_kept_of(at: datetime) -> bool:
    """Whether what was found at a past moment is kept. It is not of the time before conflicts were."""
    return not ConflictsKept.objects.filter(since__gt=at).exists()


def find_past(at: datetime) -> list[Finding]:
    """What stood among all claims at a past moment of which nothing is kept."""
    return _among(_read_all(at))


@contextmanager
def held_anew(names: Iterable[str]) -> Iterator[None]:
    """Round every change of claims: what is found among them and those around them is found again afterwards."""
    named = list(names)
    before = _get_subjects(named)
    yield
    if len(named) >= MANY:
        _keep(Conflict.objects.standing(), _among(_read_all(None)), timezone.now())
    else:
        subjects = before | _get_subjects(named)
        _keep(_get_standing(subjects), _find_of(subjects, None), timezone.now())


@contextmanager
def held_anew_backwards(names: Iterable[str]) -> Iterator[None]:
    """Round the removal of claims: what was found around them is found again for every day, without them."""
    subjects = _get_subjects(names)
    yield
    for some in iter_parts(subjects):
        Conflict.objects.filter(subject__in=some).delete()
    for moment in _get_moments(subjects):
        _keep(_get_standing(subjects), _find_of(subjects, moment), moment)


def _get_standing(subjects: set[str]) -> list[Conflict]:
    return [row for some in iter_parts(subjects) for row in Conflict.objects.standing().filter(subject__in=some)]


def _keep(held: Iterable[Conflict], found: list[Finding], at: datetime) -> None:
    """From a moment on this is found, and what was held and is found no more is not."""
    closed: set[str] = set()
    for some in iter_parts({name for each in found for name in each.claims}):
        rows = StatedClaim.objects.as_known(at).filter(name__in=some, published=False)
        closed.update(rows.values_list("name", flat=True))
    now = {
        _get_key(row): row
        for each in found
        if (
            row := Conflict(
                type=each.type,
                blocks=each.blocks,
                subject=each.subject,
                claims=list(each.claims),
                told=each.told,
                remedy=each.remedy,
                published=closed.isdisjoint(each.claims),
                since=at,
            )
        )
    }
    before = {_get_key(row): row.pk for row in held}
    for gone in iter_parts(key for said, key in before.items() if said not in now):
        Conflict.objects.filter(pk__in=gone).update(until=at)
    Conflict.objects.bulk_create(row for said, row in now.items() if said not in before)


def _get_key(row: Conflict) -> tuple[object, ...]:
    """What a conflict is known by, but for its days."""
    return row.type, row.subject, tuple(row.claims), row.told, row.remedy, row.published


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
    rows = _in_force(_get_keys(subjects), at)
    return [read_claim(rows[name]) for name in sorted(rows)]


def _get_keys(subjects: set[str]) -> set[int]:
    """Every version of the claims of some subjects, with the parts of those and the wholes of all."""
    keys: set[int] = set()
    for some in iter_parts(subjects):
        held = Q(measurand__in=some) | Q(family__in=some) | Q(part_of__in=some)
        keys.update(Content.objects.filter(held).values_list("claim", flat=True))
        keys.update(StatedClaim.objects.filter(name__in=some).values_list("pk", flat=True))
    wholes: set[str] = set()
    for part in iter_parts(keys):
        wholes.update(Content.objects.filter(claim__in=part).exclude(part_of="").values_list("part_of", flat=True))
    for some in iter_parts(wholes):
        keys.update(StatedClaim.objects.filter(name__in=some).values_list("pk", flat=True))
    return keys


def _get_moments(subjects: set[str]) -> list[datetime]:
    """When a claim of some subjects was recorded or superseded, in order."""
    moments: set[datetime] = set()
    for some in iter_parts(_get_keys(subjects)):
        rows = StatedClaim.objects.filter(pk__in=some)
        gone = StandingRow.objects.filter(citation__in=rows.values("name"), state=Standing.SUPERSEDED)
        moments.update(rows.values_list("recorded_at", flat=True), gone.values_list("at", flat=True))
    return sorted(moments)


def _in_force(keys: Iterable[int], at: datetime | None) -> dict[str, StatedClaim]:
    return {row.name: row for some in iter_parts(keys) for row in StatedClaim.objects.in_force(at).filter(pk__in=some)}


def iter_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """As many values at a time as go into one question."""
    every = list(values)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
