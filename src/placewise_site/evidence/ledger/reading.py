"""Rows of the record as the claims that rules read, and the other way round."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from django.core.exceptions import ValidationError

from placewise.floor.faults import FaultsFound
from placewise.floor.ledger.claim import Bound, Nesting
from placewise.floor.ledger.claim import Kind as StatedKind
from placewise.floor.ledger.claim import StatedClaim as Stated
from placewise.floor.ledger.claims_file import read_typed
from placewise_site.evidence.ledger.models import Content, StatedClaim

__all__ = ["CHOICES", "Stated", "read_cells", "read_claim", "write_cells", "write_content"]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(StatedKind),
    "bound": get_args(Bound),
    "nesting": get_args(Nesting),
    "cumulative": ("no", "yes"),
}
"""Columns of which only these words are allowed."""

ALIKE = tuple(each.name for each in fields(Stated) if each.name not in ("id", "value") and hasattr(Content, each.name))
"""Columns of the same name and meaning on both sides."""


def read_cells(cells: Mapping[str, str]) -> Stated:
    """What a person typed, column by column as a claims file has them. Raises ValidationError with every mistake."""
    try:
        return read_typed(cells)
    except FaultsFound as found:
        told = [f"{each.fault}; {each.remedy}." for each in found.faults]
        raise ValidationError([f"{each[:1].upper()}{each[1:]}" for each in told]) from found


def write_cells(row: StatedClaim) -> dict[str, str]:
    """The cells of a claim whose content stands, as a claims file would have them."""
    claim = read_claim(row)
    said = {name: getattr(claim, name) for name in (*ALIKE, "value")}
    said["population_or_definition"] = said.pop("population")
    said["cumulative"] = "yes" if claim.cumulative else "no"
    return {name: _write(value) for name, value in said.items()}


def _write(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


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
