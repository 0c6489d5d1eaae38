"""All that is found among the claims of a ledger."""

from collections.abc import Sequence
from datetime import date

from placewise.floor.ledger.cautions import (
    find_definitions,
    find_footprints,
    find_misprints,
    find_overdue,
    find_overlaps,
    find_units,
)
from placewise.floor.ledger.claim import StatedClaim
from placewise.floor.ledger.contradictions import find_contradictions
from placewise.floor.ledger.finding import Finding


def find_conflicts(claims: Sequence[StatedClaim], today: date | None = None) -> tuple[Finding, ...]:
    """today: the clock by which targets are overdue; None: each document's own date."""
    return (
        *find_contradictions(claims),
        *find_definitions(claims),
        *find_units(claims),
        *find_footprints(claims),
        *find_overlaps(claims),
        *find_misprints(claims),
        *find_overdue(claims, today),
    )
