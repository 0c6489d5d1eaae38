"""Rows of the record as the claims that rules read, and the other way round."""

from dataclasses import fields
from typing import Any

from placewise.floor.ledger.claim import StatedClaim as Stated
from placewise_site.evidence.ledger.models import Content, StatedClaim

__all__ = ["Stated", "read_claim", "write_content"]

ALIKE = tuple(each.name for each in fields(Stated) if each.name not in ("id", "value") and hasattr(Content, each.name))
"""Columns of the same name and meaning on both sides."""


def read_claim(row: StatedClaim) -> Stated:
    """A row whose content stands."""
    content = row.content
    said: dict[str, Any] = {name: getattr(content, name) for name in ALIKE}
    return Stated(id=row.name, value=content.word if content.value is None else content.value, **said)


def write_content(row: StatedClaim, claim: Stated) -> Content:
    """Not saved yet."""
    said: dict[str, Any] = {name: getattr(claim, name) for name in ALIKE}
    number, word = (None, claim.value) if isinstance(claim.value, str) else (claim.value, "")
    return Content(claim=row, value=number, word=word, **said)
