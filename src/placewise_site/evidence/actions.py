"""Cite a claim, or type one from a document: from then on its row stands in the record and cannot be changed."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.publishing.contract import Claim, ClaimAddress
from placewise.publishing.release import NotReleased
from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.evidence import models
from placewise_site.evidence.claims import TYPED, find_claim


@transaction.atomic
def cite_claim(*, by: User, address: str) -> models.Claim:
    """The row of the claim at an address; written the first time it is cited, the same row ever after.

    Raises NotReleased where nothing stands there, NotAllowed where this person may not see it.
    """
    found = find_claim(address, by)
    if found.record is not None:
        return found.record
    areas = found.manifest.areas if found.manifest else {}
    level = areas.get(found.claim.address.area, {}).get("level")
    return _record(by, "claim_cited", found.claim, about_a_practice=level == PRACTICE)


@transaction.atomic
def type_claim(*, by: User, claim: Claim) -> models.Claim:
    """A figure read in a document and typed here. Raises NotReleased unless its address begins `typed`."""
    if claim.address.release != TYPED:
        raise NotReleased(f"{claim.address} is computed: cite it, rather than type it")
    return _record(by, "claim_typed", claim, about_a_practice=False)


def _record(by: User, action: str, claim: Claim, *, about_a_practice: bool) -> models.Claim:
    said: dict[str, Any] = asdict(claim)
    address: ClaimAddress = claim.address
    del said["standing"]
    said |= {
        "address": str(address),
        "sources": list(claim.sources),
        "geography_edition": claim.geography_edition or "",
        "about_a_practice": about_a_practice,
        "recorded_at": timezone.now(),
        "recorded_by": by,
    }
    row = models.Claim.objects.create(**said)
    record_event(by=by, action=action, subject=str(address))
    return row
