"""The NHS number sealed to the practice that treats the person: no one else can read it, on the way or at rest. A
recipient besides it, such as a provider of screening, has a key of its own, and a sealed number of its own."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from placewise.door.contract import SEALED_IDENTITY
from placewise.door.definition import Recipient
from placewise.door.people import KEPT
from placewise.floor.database import quoted
from placewise.floor.faults import refuse


def seal_people(
    database: duckdb.DuckDBPyConnection, people: pa.Table, registration: Path, day: date, practice_keys: Path
) -> pa.Table:
    """Each kept person's NHS number for the practice that treats them on that day, as SEALED_IDENTITY.

    A person who moved is sealed to the current practice alone; one registered nowhere has no team to be named to.
    people: as from people.find_people; registration: the extract's own. Raises FaultsFound where a practice has no key.
    """
    database.register("everybody", people)
    treated = database.execute(
        "SELECT r.person_id, arg_max(r.practice, r.start_date) AS practice, any_value(n.nhs_number) AS number"
        f" FROM read_parquet({quoted(registration)}) r JOIN everybody n ON n.pseudonym = r.person_id"
        f" WHERE n.fate = '{KEPT}' AND r.start_date <= $day AND (r.end_date IS NULL OR r.end_date > $day)"
        " GROUP BY r.person_id ORDER BY r.person_id",
        {"day": day},
    ).to_arrow_table()
    return _seal(treated, practice_keys)


def seal_for_recipient(
    database: duckdb.DuckDBPyConnection,
    people: pa.Table,
    draft: Path,
    day: date,
    keys: Path,
    recipient: Recipient,
    opted_out: Collection[str],
) -> pa.Table:
    """As seal_people, for a recipient: of those registered with a practice and alive on that day, the ones of its ages
    who are not among opted_out, the NHS numbers that its own purpose keeps back. draft: the extract being made."""
    kept_back = pa.table({"nhs_number": pa.array(sorted(opted_out), pa.string())})
    database.register("everybody", people)
    database.register("kept_back", kept_back)
    tables = {name: quoted(draft / f"{name}.parquet") for name in ("registration", "person", "death")}
    named = database.execute(
        "SELECT DISTINCT n.pseudonym AS person_id, $code AS practice, n.nhs_number AS number"
        f" FROM everybody n JOIN read_parquet({tables['person']}) p ON p.person_id = n.pseudonym"
        f" JOIN read_parquet({tables['registration']}) r ON r.person_id = n.pseudonym"
        f" WHERE n.fate = '{KEPT}' AND r.start_date <= $day AND (r.end_date IS NULL OR r.end_date > $day)"
        f" AND n.pseudonym NOT IN (SELECT person_id FROM read_parquet({tables['death']}))"
        " AND n.nhs_number NOT IN (SELECT nhs_number FROM kept_back)"
        # A year more at the end: without the day of birth nobody's age is known to the year.
        " AND $year - p.year_of_birth BETWEEN $first_age AND $last_age + 1 ORDER BY ALL",
        {
            "code": recipient.organisation,
            "day": day,
            "year": day.year,
            "first_age": recipient.first_age,
            "last_age": recipient.last_age,
        },
    ).to_arrow_table()
    return _seal(named, keys)


def _seal(named: pa.Table, folder: Path) -> pa.Table:
    """SEALED_IDENTITY. named: person_id, practice (whose key in the folder opens it) and number."""
    practices = [str(practice) for practice in named["practice"].to_pylist()]
    numbers = [str(number) for number in named["number"].to_pylist()]
    keys = read_public_keys(folder)
    lacking = sorted(set(practices) - set(keys))
    if lacking:
        listed = ", ".join(lacking[:5])
        raise refuse(folder, f"there is no public key of {listed}", "put CODE.pub there for each of them")
    names = {practice: fingerprint(key) for practice, key in keys.items()}
    return pa.table(
        [
            named["person_id"],
            named["practice"],
            pa.array(seal_numbers(numbers, practices, keys), pa.binary()),
            pa.array([names[practice] for practice in practices], pa.string()),
        ],
        schema=SEALED_IDENTITY,
    )


def read_public_keys(folder: Path) -> dict[str, bytes]:
    """Code of a practice or recipient -> public key, from the CODE.pub files; a private key beside them is never
    opened."""
    keys = {}
    for path in sorted(folder.glob("*.pub")):
        try:
            key = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except ValueError:
            key = b""
        if len(key) != PublicKey.SIZE:
            raise refuse(path, "it is not a public key", f"put {PublicKey.SIZE * 2} hexadecimal digits there")
        keys[path.stem] = key
    return keys


def fingerprint(key: bytes) -> str:
    """A short name for a public key, so that a practice can tell which of its keys opens a sealed number."""
    return hashlib.sha256(key).hexdigest()[:16]


def seal_numbers(numbers: Sequence[str], practices: Sequence[str], keys: Mapping[str, bytes]) -> list[bytes]:
    """Each NHS number so that only its practice's private key opens it; keys: the public key of each practice.

    As a sealed box of libsodium, the sender is a key made here and forgotten here, so that nobody can open what they
    sealed. All numbers of a practice share it, each under a random nonce of 24 bytes: agreeing on a key takes 80 µs,
    15 times as long as all else. A sealed number is that sender's public key, the nonce and the number in a box
    (NaCl crypto_box).
    """
    senders = {practice: PrivateKey.generate() for practice in sorted(set(practices))}
    boxes = {practice: Box(sender, PublicKey(keys[practice])) for practice, sender in senders.items()}
    heads = {practice: bytes(sender.public_key) for practice, sender in senders.items()}
    return [
        heads[practice] + boxes[practice].encrypt(number.encode())
        for number, practice in zip(numbers, practices, strict=True)
    ]


def open_numbers(sealed: Iterable[bytes | None], key: PrivateKey) -> list[str | None]:
    """What was sealed to a practice, by its private key; None stays None. Raises CryptoError where that fails."""
    boxes: dict[bytes, Box] = {}
    return [None if each is None else _open(each, key, boxes) for each in sealed]


def _open(sealed: bytes, key: PrivateKey, boxes: dict[bytes, Box]) -> str:
    """boxes: by the sender's public key, filled here."""
    sender = sealed[: PublicKey.SIZE]
    if len(sender) < PublicKey.SIZE:
        raise CryptoError("it is cut short")
    if sender not in boxes:
        boxes[sender] = Box(key, PublicKey(sender))
    return boxes[sender].decrypt(sealed[PublicKey.SIZE :]).decode()
