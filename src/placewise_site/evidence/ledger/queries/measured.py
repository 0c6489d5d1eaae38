"""Stated claims of the record that name a measure of ours, beside what releases give of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from placewise.floor.ledger.finding import Finding
from placewise.publishing import against_stated
from placewise.publishing.contract import Claim, ClaimAddress
from placewise_site.evidence.ledger.models import Content, StatedClaim
from placewise_site.evidence.ledger.queries.holding import iter_parts
from placewise_site.evidence.ledger.reading import Stated, read_claim
from placewise_site.evidence.releases import NotReleased, current_release, find_release, release_as_of


def find_against_figure(figure: Claim, at: datetime | None) -> list[Finding]:
    """What stands between a computed figure and the stated claims in force that name its measure."""
    rows = StatedClaim.objects.in_force(at).filter(content__measure=figure.address.measure)
    release = find_release(figure.address.release)
    return against_stated.find_against_figure((read_claim(row) for row in rows), figure, release)


def find_against_stated(claims: Iterable[Stated], at: datetime | None) -> list[Finding]:
    """What stands between stated claims and the figures of their measures in the release of that moment."""
    measured = [each for each in claims if each.measure]
    try:
        release = (current_release() if at is None else release_as_of(at.date())) if measured else None
    except NotReleased:
        release = None
    return [] if release is None else against_stated.find_against_release(measured, release)


def find_all_against_stated(user: Any, at: datetime | None) -> list[Finding]:
    """That of every claim in force that this person may read."""
    measured = Content.objects.exclude(measure="").order_by("claim").values_list("claim", flat=True)
    readable = StatedClaim.objects.visible_to(user, at).in_force(at)
    rows = (row for some in iter_parts(measured) for row in readable.filter(pk__in=some))
    return find_against_stated((read_claim(row) for row in rows), at)


def read_figure(address: str) -> Claim:
    """The released figure that a finding names."""
    parsed = ClaimAddress.parse(address)
    return find_release(parsed.release).claim(parsed)
