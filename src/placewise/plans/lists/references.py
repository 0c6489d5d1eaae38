"""What a practice's people are called where work with them is kept: a name that only a holder of the key can make.

The same person has the same name at the same practice in every build, so that work outlives a build, and another name
at every other practice, so that the rows of two practices cannot be laid side by side. No name leads back to a
pseudonym.
"""

import base64
import hashlib
from collections.abc import Iterable

DIGEST_BYTES = 10
"""16 letters and figures: short enough to type, and two people of a practice share one less than once in 10^15."""


def build_references(key: bytes, practice: str, people: Iterable[int]) -> list[str]:
    """A reference for each person, in the same order. practice: its code; people: pseudonyms.

    A keyed hash has no form for whole columns; a practice's people are few.
    """
    own = hashlib.blake2b(practice.encode(), key=hashlib.sha512(key).digest(), person=b"placewise.care").digest()
    return [
        base64.b32encode(hashlib.blake2b(b"%d" % person, key=own, digest_size=DIGEST_BYTES).digest()).decode().lower()
        for person in people
    ]
