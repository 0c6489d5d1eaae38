"""Open a sealed list on the practice's own machine: the only place where its NHS numbers can be read."""

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from pyarrow.csv import write_csv

from placewise.door.sealing import fingerprint, open_numbers
from placewise.floor.faults import refuse

OPENED = ("rank", "nhs_number", "row_key", "reason", "excluded", "shown")
"""As CALL_LIST, with nhs_number (text, null for a person whose number did not reach the list) for the sealed one, and
row_key, by which what became of the person is read back; null in a file that has none.

The pseudonym is left out: with the NHS number beside it, a practice could follow the person through every other table.
"""


def open_call_list(file: Path, practice_key: Path) -> pa.Table:
    """The list with the columns OPENED. file: CALL_LIST as Parquet; practice_key: a private key, 64 hexadecimal digits.

    Raises FaultsFound for a file that is no list, a key that is none, and a key of another practice.
    """
    key = _read_key(practice_key)
    try:
        rows = pq.read_table(file)
        rows = rows.select(["rank", "reason", "excluded", "shown", "sealed", "key_id", *_find_row_key(rows)])
    except (OSError, KeyError, pa.ArrowException):
        raise refuse(file, "it is not a call list, or it is cut short", "download it again") from None
    wrong = set(rows["key_id"].drop_null().to_pylist()) - {fingerprint(bytes(key.public_key))}
    if wrong:
        fault = f"{practice_key.name} does not open it"
        raise refuse(file, fault, "use the private key of the practice it was made for")
    try:
        numbers = open_numbers(rows["sealed"].to_pylist(), key)
    except CryptoError:
        raise refuse(file, "a sealed number in it was damaged", "download it again") from None
    if not _find_row_key(rows):
        rows = rows.append_column("row_key", pa.nulls(len(rows), pa.string()))
    return rows.append_column("nhs_number", pa.array(numbers, pa.string())).select(list(OPENED))


def write_for_import(rows: pa.Table, file: Path) -> None:
    """The people to be called, for a practice's own clinical system: a CSV of nhs_number and row_key, in rank order,
    that nobody else on the machine may read. rows: of open_call_list.

    Raises FaultsFound where the file is there already or cannot be written.
    """
    called = rows.filter(pc.and_(pc.is_null(rows["excluded"]), pc.is_valid(rows["nhs_number"])))
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise refuse(file, f"it cannot be written ({error.strerror})", "give a new name in a folder of yours") from None
    with os.fdopen(descriptor, "wb") as stream:
        write_csv(called.select(["nhs_number", "row_key"]), stream)


def _find_row_key(rows: pa.Table) -> list[str]:
    return [name for name in rows.column_names if name == "row_key"]


def _read_key(path: Path) -> PrivateKey:
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise refuse(path, "there is no such file", "give the file of the practice's private key") from None
    except (OSError, UnicodeDecodeError):
        text = ""
    if len(text) != PrivateKey.SIZE * 2 or set(text.lower()) - set("0123456789abcdef"):
        remedy = f"give the file with its {PrivateKey.SIZE * 2} hexadecimal digits"
        raise refuse(path, "it is not a private key", remedy)
    return PrivateKey(bytes.fromhex(text))
