"""Everything that changes the ledger: who may, in one transaction, with its row in the record of actions."""

from placewise_site.evidence.ledger.actions.recording import (
    CLAIMS_FILE,
    Loaded,
    correct_claim,
    load_claims,
    load_claims_file,
    propose_claim,
)
from placewise_site.evidence.ledger.actions.removing import remove_claim
from placewise_site.evidence.ledger.actions.standing import record_use, set_standing, settle_conflict

__all__ = [
    "CLAIMS_FILE",
    "Loaded",
    "correct_claim",
    "load_claims",
    "load_claims_file",
    "propose_claim",
    "record_use",
    "remove_claim",
    "set_standing",
    "settle_conflict",
]
