"""The gate before persons' rows: who may open them, and the log of everyone who did or tried.

Deny by default. A practice's own team opens its own practice's rows; a network's staff only under an agreement recorded
with that practice; both for direct care alone. A list that goes to a recipient in their place is opened by its own
staff alone, for its own purpose: no practice, place or system reads it. One record a list opened, not one a name, and a
denied attempt is recorded too. Each record carries the hash of the one before it, so that none can be altered, removed
or put in unseen.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from placewise.floor.faults import Fault, FaultsFound

DIRECT_CARE = "direct_care"
PRACTICE_ROLE = "practice"
NETWORK_ROLE = "pcn_staff"
RECIPIENT_ROLE = "screening_provider"

START = "0" * 64
"""What stands before the first record."""

Agreement = tuple[str, str]
"""The organisation code of a network and of a practice that has agreed, on record, that it may open its lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person who asks for persons' rows. place: the code of the organisation they work for."""

    name: str
    role: str
    purpose: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRecord:
    """One attempt. at: UTC, ISO 8601; what: the thing asked for; rows: how many were shown; denied: why not, or ""."""

    at: str
    reader: Reader
    what: str
    practice: str
    rows: int
    denied: str


class AccessLog(Protocol):
    """Where attempts are recorded: a file here, a table in the site."""

    def add(self, record: AccessRecord) -> None:
        """Record it, or raise: rows that cannot be logged are not shown."""


class AccessDenied(FaultsFound):
    """The reader may not see these rows: one sentence that may be shown."""


def check_may_read(reader: Reader, practice: str, agreements: Collection[Agreement] = ()) -> None:
    """Raises AccessDenied unless this reader treats this practice's patients. practice: its organisation code."""
    if reader.purpose != DIRECT_CARE:
        raise _denied(
            practice, f"the purpose {reader.purpose} is not direct care", "ask for counts, or sign in for care"
        )
    if reader.role == PRACTICE_ROLE:
        if reader.place != practice:
            raise _denied(practice, f"{reader.place} is another practice", "open the list of your own practice")
    elif reader.role == NETWORK_ROLE:
        if (reader.place, practice) not in agreements:
            fault = f"the practice has no recorded agreement with {reader.place}"
            raise _denied(practice, fault, "have the agreement recorded first")
    else:
        raise _denied(practice, f"the role {reader.role} sees no names", "ask for counts")


def check_may_receive(reader: Reader, recipient: str, purpose: str) -> None:
    """Raises AccessDenied unless this reader works for the recipient and asks for its purpose. recipient: a code."""
    if reader.role != RECIPIENT_ROLE:
        raise _denied(recipient, f"the role {reader.role} does not open what goes to a recipient", "ask for counts")
    if reader.place != recipient:
        raise _denied(recipient, f"{reader.place} is another organisation", "open the list of your own")
    if reader.purpose != purpose:
        raise _denied(recipient, f"the purpose {reader.purpose} is not {purpose}", "sign in for that purpose")


@dataclass(slots=True)
class Look:
    """A look that the gate let through. rows: how many are shown, set by whoever reads them."""

    rows: int = 0


@contextmanager
def gated(
    reader: Reader, practice: str, what: str, log: AccessLog, agreements: Collection[Agreement] = ()
) -> Iterator[Look]:
    """The one way to rows about a practice's persons: what stands inside the block is read by its own team only.

        with gated(reader, practice, "b-1/lists/missed", log) as look:
            rows = ...
            look.rows = rows.num_rows
        return rows

    One record, added as the block ends and so before any row is given. Raises AccessDenied before the block for anybody
    else; that, and a FaultsFound raised inside it, is recorded as a denied attempt.
    """
    with _logged(lambda: check_may_read(reader, practice, agreements), reader, practice, what, log) as look:
        yield look


@contextmanager
def gated_for_recipient(reader: Reader, recipient: str, purpose: str, what: str, log: AccessLog) -> Iterator[Look]:
    """As gated, for what goes to a recipient in place of the treating practices."""
    with _logged(lambda: check_may_receive(reader, recipient, purpose), reader, recipient, what, log) as look:
        yield look


@contextmanager
def _logged(check: Callable[[], None], reader: Reader, whose: str, what: str, log: AccessLog) -> Iterator[Look]:
    look = Look()
    try:
        check()
        yield look
    except FaultsFound as refused:
        log.add(record_of(reader, what, whose, rows=0, denied=refused.faults[0].fault))
        raise
    log.add(record_of(reader, what, whose, rows=look.rows))


def record_of(reader: Reader, what: str, practice: str, rows: int, denied: str = "") -> AccessRecord:
    """The record of an attempt made now."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return AccessRecord(at=at, reader=reader, what=what, practice=practice, rows=rows, denied=denied)


def chain(previous_hash: str, record: AccessRecord) -> str:
    """The record's hash: SHA-256 of the hash before it and all the record says, as 64 hexadecimal digits."""
    said = json.dumps([previous_hash, asdict(record)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


NOTHING_NOTED: Mapping[int, str] = {}
KeptRecord = tuple[int, str, str, AccessRecord]
"""A record as it is kept: its number from 1, the hash of the record before it, its own hash, and what it says."""


def find_breaks(
    kept: Iterable[KeptRecord | None], end: tuple[int, str], noted: Mapping[int, str] = NOTHING_NOTED
) -> Iterator[tuple[int | None, str]]:
    """Each place where a log is not as it was written, and what is wrong there, a clause; none if nobody touched it.

    kept: the records, oldest first; None for a row that is no record. end: the number and hash of the last record as
    the log's head tells them, (0, START) before the first. noted: number -> hash of records noted elsewhere
    (access_notes.py), which show a log and head that were rewritten whole. A place is a row from 1, or None for the end
    of the log.
    """
    expected, previous = 0, START
    for place, each in enumerate(kept, 1):
        if each is None:
            yield place, "this line is not a record"
            continue
        number, before, digest, record = each
        expected += 1
        if number != expected:
            yield place, f"record {expected} is missing or out of order"
            expected = number
        elif before != previous:
            yield place, "the record does not follow the one before it"
        if chain(before, record) != digest:
            yield place, "the record was altered"
        elif noted.get(number, digest) != digest:
            yield place, "it is not the record that was noted elsewhere"
        previous = digest
    if end != (expected, previous):
        yield None, "it does not end where its head says"
    if any(number > expected for number in noted):
        yield None, f"it ends before record {max(noted)}, which was noted elsewhere"


class FileAccessLog:
    """The log as a file of JSON lines, with its length and last hash beside it in FILE.head.

    The head makes the loss of the last lines visible too. Writers on one machine take turns by a lock on the head. A
    log and head rewritten whole look sound, except beside what was noted elsewhere (access_notes.py).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = path.with_name(f"{path.name}.head")

    def add(self, record: AccessRecord) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.head.open("a+", encoding="utf-8") as head:
            fcntl.flock(head, fcntl.LOCK_EX)
            number, previous = self._read_head()
            digest = chain(previous, record)
            line = {"number": number + 1, **asdict(record), "previous": previous, "hash": digest}
            with self.path.open("a", encoding="utf-8") as log:
                log.write(json.dumps(line, sort_keys=True, ensure_ascii=False) + "\n")
                log.flush()
                os.fsync(log.fileno())
            head.truncate(0)
            head.write(f"{number + 1} {digest}\n")

    def verify(self, noted: Mapping[int, str] = NOTHING_NOTED) -> list[Fault]:
        """A fault for each place where the log is not as it was written; none for a log nobody has touched."""
        remedy = "restore it from the backup and find out who changed it"
        breaks = find_breaks(map(_parsed, self._lines()), self.end, noted)
        return [Fault(str(self.path), place, fault, remedy) for place, fault in breaks]

    @property
    def end(self) -> tuple[int, str]:
        """The number and hash of the last record, as the head tells them; (0, START) before the first."""
        return self._read_head()

    def _lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines() if self.path.is_file() else []

    def _read_head(self) -> tuple[int, str]:
        text = self.head.read_text(encoding="utf-8").split() if self.head.is_file() else []
        return (int(text[0]), text[1]) if len(text) == 2 else (0, START)


def _denied(practice: str, fault: str, remedy: str) -> AccessDenied:
    return AccessDenied([Fault(f"Lists of {practice}", None, fault, remedy)])


def _parsed(text: str) -> KeptRecord | None:
    try:
        line = json.loads(text)
        said = {name: line[name] for name in ("at", "what", "practice", "rows", "denied")}
        record = AccessRecord(reader=Reader(**line["reader"]), **said)
        kept = line["number"], line["previous"], line["hash"], record
    except (ValueError, KeyError, TypeError):
        return None
    return kept if isinstance(kept[0], int) and kept[1] and kept[2] else None
