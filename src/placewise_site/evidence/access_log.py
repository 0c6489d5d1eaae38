"""The site's log of who looked at persons' rows: the core's chained record (floor/access.py), kept as a table."""

from collections.abc import Iterator
from datetime import UTC, datetime

from placewise.floor import access
from placewise.floor.access import START, AccessRecord, Reader, chain
from placewise_site.accounts.actions import record_access
from placewise_site.accounts.models import AccessEvent, AccessHead, User


class SiteAccessLog:
    """Where the core records each attempt of one person (placewise.floor.access.AccessLog)."""

    def __init__(self, user: User | None) -> None:
        self.user = user

    def add(self, record: AccessRecord) -> None:
        record_access(
            by=self.user,
            at=datetime.fromisoformat(record.at),
            name=record.reader.name,
            role=record.reader.role,
            purpose=record.reader.purpose,
            place=record.reader.place,
            practice=record.practice,
            what=record.what,
            rows=record.rows,
            denied=record.denied,
            starts=START,
            chained=lambda previous: chain(previous, record),
        )


def find_breaks() -> Iterator[str]:
    """A sentence for each place where the log is not as it was written. Reads the whole log, in order."""
    rows = AccessEvent.objects.order_by("number").iterator(chunk_size=2000)
    kept = ((event.number, event.previous, event.digest, _record(event)) for event in rows)
    head = AccessHead.objects.first()
    for row, told in access.find_breaks(kept, (head.number, head.digest) if head else (0, START)):
        yield f"{f'Row {row}' if row else 'The end'} of the access log: {told}."


def _record(event: AccessEvent) -> AccessRecord:
    return AccessRecord(
        at=event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        reader=Reader(name=event.name, role=event.role, purpose=event.purpose, place=event.place),
        what=event.what,
        practice=event.practice,
        rows=event.rows,
        denied=event.denied,
    )
