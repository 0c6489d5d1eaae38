"""The site's log of who looked at persons' rows: the core's chained record (floor/access.py), kept as a table."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from placewise.floor import access, access_notes
from placewise.floor.access import START, AccessRecord, Reader, chain
from placewise.floor.access_notes import read_noted
from placewise_site.accounts.actions import record_access
from placewise_site.accounts.models import AccessEvent, AccessHead, User

SITE_LOG = "site"
"""What this log is called among notes."""


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


def record_refused_look(*, by: User, what: str, place: str, why: str) -> None:
    """Somebody asked for a paper that is kept from them. place: the slug of the body whose paper it is."""
    reader = Reader(name=by.email, role="member", purpose="governance", place=place[:50])
    SiteAccessLog(by).add(access.record_of(reader, what, place[:50], rows=0, denied=why))


def find_breaks(noted: Path | None = None) -> Iterator[str]:
    """A sentence for each place where the log is not as it was written. Reads the whole log, in order.

    noted: the file in which its ends were noted. Raises FaultsFound for a file that is no such file.
    """
    rows = AccessEvent.objects.order_by("number").iterator(chunk_size=2000)
    kept = ((event.number, event.previous, event.digest, _record(event)) for event in rows)
    for row, told in access.find_breaks(kept, _end(), read_noted(noted, SITE_LOG) if noted else {}):
        yield f"{f'Row {row}' if row else 'The end'} of the access log: {told}."


def note_end(file: Path) -> None:
    """Note where the log ends now, in a file that is kept elsewhere. Raises FaultsFound where it cannot be written."""
    access_notes.note_end(file, SITE_LOG, _end())


def has_notes(file: Path) -> bool:
    """Whether there was a log, by what was noted of it. Raises FaultsFound for a file that is no such file."""
    return bool(read_noted(file, SITE_LOG))


def _end() -> tuple[int, str]:
    head = AccessHead.objects.first()
    return (head.number, head.digest) if head else (0, START)


def _record(event: AccessEvent) -> AccessRecord:
    return AccessRecord(
        at=event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        reader=Reader(name=event.name, role=event.role, purpose=event.purpose, place=event.place),
        what=event.what,
        practice=event.practice,
        rows=event.rows,
        denied=event.denied,
    )
