"""Stated claims as rows of the record."""

from collections.abc import Mapping
from pathlib import Path

from builders.stated_claims import build_claims
from placewise.config import find_deployment
from placewise.floor.folders import file_hash
from placewise.floor.ledger.claims_file import read_claims
from placewise_site.evidence.ledger.actions import Loaded, load_claims


def record(folder: Path, text: str, published: Mapping[str, bool] | None = None) -> Loaded:
    """Lines as builders.stated_claims has them."""
    claims = build_claims(folder, text)
    sha256 = file_hash(folder / "claims.csv")
    return load_claims(by=None, claims=claims, published=published or {}, file="claims.csv", sha256=sha256)


def load_partnership() -> Loaded:
    """What the partnership of the shipped deployment has stated, in documents it published."""
    path = find_deployment("west_yorkshire") / "claims.csv"
    published = {"A": True, "B": True}
    return load_claims(by=None, claims=read_claims(path), published=published, file=path.name, sha256=file_hash(path))
