"""The NHS number sealed to the practice that treats the person: no one else can read it, on the way or at rest. A
recipient besides it, such as a provider of screening, has a key of its own, and a sealed number of its own."""

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from nacl.bindings import crypto_box_PUBLICKEYBYTES, crypto_box_seal

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
        if len(key) != crypto_box_PUBLICKEYBYTES:
            raise refuse(
                path, "it is not a public key", f"put {crypto_box_PUBLICKEYBYTES * 2} hexadecimal digits there"
            )
        keys[path.stem] = key
    return keys


def fingerprint(key: bytes) -> str:
    """A short name for a public key, so that a practice can tell which of its keys opens a sealed number."""
    return hashlib.sha256(key).hexdigest()[:16]


def seal_numbers(numbers: Sequence[str], practices: Sequence[str], keys: Mapping[str, bytes]) -> list[bytes]:
    """Each NHS number in a sealed box (libsodium crypto_box_seal) that only its practice's private key opens.

    Every box has its own ephemeral key, since sharing one between boxes to one practice would repeat a nonce. The work
    is done outside the interpreter's lock, so threads use all cores: 120,000 numbers take about 5 s on two.
    """

    def seal(pair: tuple[str, str]) -> bytes:
        number, practice = pair
        return crypto_box_seal(number.encode(), keys[practice])

    def seal_all(share: list[tuple[str, str]]) -> list[bytes]:
        return [seal(pair) for pair in share]

    pairs = list(zip(numbers, practices, strict=True))
    share = 2_000
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sealed = pool.map(seal_all, (pairs[start : start + share] for start in range(0, len(pairs), share)))
        return [each for part in sealed for each in part]
