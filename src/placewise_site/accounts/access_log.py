"""The access log as a chain: each row's digest covers the digest before it, so nothing can be altered unseen."""

import hashlib
import json
from collections.abc import Iterator

from django.db.models import Max

from placewise_site.accounts.models import AccessEvent, AccessHead

START = "0" * 64
COVERED = ("number", "person", "role", "purpose", "place", "what", "rows", "denied", "previous")


def digest_of(event: AccessEvent) -> str:
    """SHA-256 over the row's own words, its time in UTC to the microsecond, and the digest of the row before."""
    words = [getattr(event, name) for name in COVERED] + [f"{event.at.timestamp():.6f}"]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def find_breaks() -> Iterator[str]:
    """A sentence for every place where the log is not as it was written. Reads the whole log in order."""
    previous, number = START, 0
    for event in AccessEvent.objects.order_by("number").iterator(chunk_size=2000):
        number += 1
        if event.number != number:
            yield f"row {number} of the access log is missing"
            number = event.number
        elif event.previous != previous:
            yield f"row {number} of the access log does not follow the row before it"
        if digest_of(event) != event.digest:
            yield f"row {number} of the access log was altered"
        previous = event.digest
    head = AccessHead.objects.first()
    if head and (head.number, head.digest) != (AccessEvent.objects.aggregate(last=Max("number"))["last"], previous):
        yield f"the access log should end at row {head.number}"
