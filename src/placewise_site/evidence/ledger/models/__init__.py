"""The tables of the ledger. Those of history only grow; what a claim says stands apart, so that it can be destroyed."""

from placewise_site.evidence.ledger.models.claims import Content, Document, Removal, StatedClaim
from placewise_site.evidence.ledger.models.standings import Conflict, ConflictsKept, Resolution, StandingRow, Use

__all__ = [
    "Conflict",
    "ConflictsKept",
    "Content",
    "Document",
    "Removal",
    "Resolution",
    "StandingRow",
    "StatedClaim",
    "Use",
]
