"""Legally restricted codes: whether a list of them may guard records of real people, and which list was applied."""

import hashlib
from collections.abc import Collection
from pathlib import Path

from placewise.floor.faults import refuse
from placewise.floor.vocabulary.code_lists import FIRST_LOCAL_CONCEPT

PREVIEW, PUBLISHED = "preview", "published"


def check_restricted_list(concepts: Collection[int], status: str, extract: Path) -> None:
    """Raises FaultsFound unless the list has been checked against its source and holds a code that records can have.

    A list of local codes alone removes nothing from real records, and nobody would notice.
    """
    fault = ""
    if status != PUBLISHED:
        fault = f"the list of restricted codes is {status}"
    elif all(concept >= FIRST_LOCAL_CONCEPT for concept in concepts):
        fault = "the list of restricted codes holds no code of a public vocabulary"
    if fault:
        remedy = "check restricted_codes against the NHS legally restricted codes and publish it first"
        raise refuse(extract, f"{fault}, and these records are of real people", remedy)


def get_list_version(concepts: Collection[int]) -> str:
    """The first 8 digits of the hash of the codes themselves: it tells which list was applied, whatever its name."""
    return hashlib.sha256(" ".join(map(str, sorted(concepts))).encode()).hexdigest()[:8]
