"""Who a person is: the NHS number checked, and turned into the linkage pseudonym.

The pseudonym is the first 63 bits of a keyed BLAKE2b hash (RFC 7693) of the ten digits. The key is one for the whole
system and stays with the processor, so that records of a person who moves or dies still join; without it the ten
thousand million possible numbers cannot be tried one by one.
"""

import hashlib
import os
from collections.abc import Sequence

import nhs_number
import numpy as np
import numpy.typing as npt

from placewise.floor.faults import refuse

KEY_VARIABLE = "PLACEWISE_LINKAGE_KEY"
KEY_BYTES = 32
_SCOTTISH = 3
"""Numbers of Scotland begin with the day of birth, 01 to 31."""
_FIXED = b"placewise-link"
"""BLAKE2b's own salt: hashes made with the same key for another use can never meet these."""


def read_linkage_key() -> bytes:
    """The key from the environment, 64 or more hexadecimal digits. It is never written anywhere."""
    try:
        key = bytes.fromhex(os.environ.get(KEY_VARIABLE, ""))
    except ValueError:
        raise refuse(KEY_VARIABLE, "it is not hexadecimal", "set it to 64 hexadecimal digits") from None
    check_linkage_key(key)
    return key


def check_linkage_key(key: bytes) -> None:
    if not KEY_BYTES <= len(key) <= hashlib.blake2b.MAX_KEY_SIZE:
        raise refuse(
            KEY_VARIABLE,
            f"the linkage key has {len(key)} bytes, and it needs {KEY_BYTES} to {hashlib.blake2b.MAX_KEY_SIZE}",
            "set it to 64 hexadecimal digits kept by the practices' processor",
        )


def standardise_numbers(numbers: Sequence[object]) -> list[str]:
    """NHS numbers as ten digits, "" where one is missing or its check digit is wrong (NHS Data Dictionary)."""

    standard = [
        # Nearly all are plain, and there may be millions.
        number
        if isinstance(number, str) and len(number) == 10 and number.isascii() and number.isdecimal()
        else _standardise(number)
        for number in numbers
    ]
    digits = np.array([number or "0" * 10 for number in standard], "S10").view(np.uint8).reshape(-1, 10) - ord("0")
    # Modulus 11, of all at once. A number that may be Scottish holds a date of birth besides, which the package checks.
    is_right = (11 - digits[:, :9] @ np.arange(10, 1, -1) % 11) % 11 == digits[:, 9]
    is_scottish = digits[:, 0] <= _SCOTTISH
    return [
        number if right and (not scottish or nhs_number.is_valid(number)) else ""
        for number, right, scottish in zip(standard, is_right.tolist(), is_scottish.tolist(), strict=True)
    ]


def _standardise(number: object) -> str:
    said = nhs_number.standardise_format(number)
    return f"{int(said):010}" if said else ""  # in the digits 0 to 9, whatever script it came in


def make_pseudonyms(numbers: Sequence[str], key: bytes) -> npt.NDArray[np.int64]:
    """One positive int64 for each NHS number of ten digits. Raises FaultsFound if two numbers share one."""
    check_linkage_key(key)
    keyed = hashlib.blake2b(digest_size=8, key=key, salt=_FIXED)
    digests = []
    for number in numbers:
        hashed = keyed.copy()
        hashed.update(number.encode())
        digests.append(hashed.digest())
    pseudonyms = (np.frombuffer(b"".join(digests), dtype=">u8") >> np.uint64(1)).astype(np.int64)
    if len(np.unique(pseudonyms)) < len(set(numbers)) or (pseudonyms == 0).any():
        raise refuse(KEY_VARIABLE, "two NHS numbers make the same pseudonym under this key", "use another linkage key")
    return pseudonyms
