"""Claims into the record: all of a file, or one that a person read in a document; a change is a row more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.folders import file_hash
from placewise.floor.ledger.claims_file import CLAIMS_FILE, read_claims
from placewise.floor.ledger.documents_file import DOCUMENTS_FILE, read_documents
from placewise.floor.ledger.documents_file import Document as Described
from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.evidence.ledger.lifecycle import DESTROYS
from placewise_site.evidence.ledger.models import Conflict, Content, Document, Removal, StatedClaim
from placewise_site.evidence.ledger.queries.holding import held_anew
from placewise_site.evidence.ledger.reading import Stated, read_claim, write_content

__all__ = ["CLAIMS_FILE", "Loaded", "correct_claim", "load_claims", "load_claims_file", "propose_claim"]

TYPED = "C"
"""Claims typed here are named C1, C2 ...; those of a file as the file names them."""
ROWS = 2000


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many claims of a file are new, how many supersede an earlier version, and how many stood as they are; how
    many conflicts among all claims block decisions now, and how many warn."""

    new: int
    changed: int
    unchanged: int
    blocking: int
    warning: int


@transaction.atomic
def load_claims_file(*, by: User | None, path: Path) -> Loaded:
    """Record a file's claims, of documents described beside it. Raises FaultsFound with every mistake of both."""
    claims, documents = read_claims(path), read_documents(path.parent / DOCUMENTS_FILE)
    _record_documents(documents.values())
    return load_claims(
        by=by,
        claims=claims,
        published={name: each.published for name, each in documents.items()},
        file=path.name,
        sha256=file_hash(path),
    )


@transaction.atomic
def load_claims(
    *, by: User | None, claims: Iterable[Stated], published: Mapping[str, bool], file: str, sha256: str
) -> Loaded:
    """Record a file's claims, all or nothing. published: document -> whether its authors published it.

    Raises FaultsFound for a claim whose content was destroyed: a file must not bring it back.
    """
    stated = list(claims)
    _check_not_destroyed(stated, file)
    held = {row.name: row for row in StatedClaim.objects.as_known().telling().iterator(chunk_size=ROWS)}
    versions = dict(StatedClaim.objects.values_list("name").annotate(Max("version")).order_by())
    new = [
        each
        for each in stated
        if each.id not in held
        or read_claim(held[each.id]) != each
        or held[each.id].published != published.get(each.document, False)
    ]
    now = timezone.now()
    rows = [
        StatedClaim(
            name=each.id,
            version=versions.get(each.id, 0) + 1,
            published=published.get(each.document, False),
            source_file=file,
            source_sha256=sha256,
            recorded_at=now,
            recorded_by=by,
        )
        for each in new
    ]
    if rows:
        with held_anew([each.id for each in new]):
            written = StatedClaim.objects.bulk_create(rows, batch_size=ROWS)
            Content.objects.bulk_create(
                [write_content(row, each) for row, each in zip(written, new, strict=True)], batch_size=ROWS
            )
    changed = sum(row.version > 1 for row in rows)
    if rows:
        record_event(
            by=by, action="claims_loaded", subject=file, sha256=sha256, new=len(rows) - changed, changed=changed
        )
    return Loaded(
        new=len(rows) - changed,
        changed=changed,
        unchanged=len(stated) - len(rows),
        blocking=Conflict.objects.standing().filter(blocks=True).count(),
        warning=Conflict.objects.standing().filter(blocks=False).count(),
    )


@transaction.atomic
def propose_claim(*, by: User, claim: Stated, published: bool) -> StatedClaim:
    """A claim that a person read in a document; it gets the next name. claim.id is not looked at.

    Raises PermissionDenied, and ValidationError where it does not say where it was read.
    """
    typed = StatedClaim.objects.select_for_update().filter(name__regex=rf"^{TYPED}[0-9]+$")
    number = max((int(name.removeprefix(TYPED)) for name in typed.values_list("name", flat=True)), default=0) + 1
    return _write(by, replace(claim, id=f"{TYPED}{number}"), 1, published)


@transaction.atomic
def correct_claim(*, by: User, name: str, claim: Stated, published: bool) -> StatedClaim:
    """A new version of a claim, which supersedes the one before; both stand in the record.

    Raises StatedClaim.DoesNotExist where there is none, PermissionDenied, and ValidationError as `propose_claim`.
    """
    before = StatedClaim.objects.select_for_update().as_known().get(name=name)
    return _write(by, replace(claim, id=name), before.version + 1, published)


def _write(by: User, claim: Stated, version: int, published: bool) -> StatedClaim:
    if not by.has_perm("evidence.propose_claims"):
        raise PermissionDenied("Your role does not propose claims: ask an analyst or the board secretary.")
    if not (claim.document.strip() and claim.section.strip()):
        raise ValidationError("Say in which document it stands, and where in it.")
    row = StatedClaim(name=claim.id, version=version, published=published, recorded_at=timezone.now(), recorded_by=by)
    with held_anew([claim.id]):
        row.save()
        write_content(row, claim).save()
    record_event(by=by, action="claim_proposed", subject=claim.id, version=version)
    return row


def _record_documents(documents: Iterable[Described]) -> None:
    """A row for each that is new or told otherwise than before."""
    held = {row.name: row for row in Document.objects.all()}
    columns = ("title", "publisher", "dated", "published")
    for each in documents:
        said = {name: getattr(each, name) for name in columns}
        before = held.get(each.document)
        if before is None or said != {name: getattr(before, name) for name in columns}:
            Document.objects.create(name=each.document, recorded_at=timezone.now(), **said)


def _check_not_destroyed(claims: list[Stated], file: str) -> None:
    gone = {
        each.claim.name: each for each in Removal.objects.filter(kind__in=DESTROYS).select_related("claim", "reason")
    }
    faults = [
        Fault(file, None, f"{each.id} was destroyed on {gone[each.id].at:%-d %B %Y}", "take it out of the file")
        for each in claims
        if each.id in gone
    ]
    if faults:
        raise FaultsFound(faults)
