"""Stated claims as rows of the record."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from builders.stated_claims import build_claims
from placewise.config import find_deployment
from placewise.floor.folders import file_hash
from placewise.floor.ledger.claims_file import read_claims
from placewise.publishing.contract import ClaimAddress
from placewise.publishing.release import Release
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


def state_share(folder: Path, release: Release, shift: float) -> str:
    """A claim of the share that a measure of ours tells too, so much higher; gives the figure's address."""
    address = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"
    figure = release.claim(ClaimAddress.parse(address))
    name, share = figure.area_name, round(100 * (figure.value or 0) + shift)
    (claim,) = build_claims(folder, f"s1 {share} percent measurand=protected")
    claim = replace(claim, geography=name, as_of="2026-03", measure="af_anticoagulated")
    load_claims(by=None, claims=[claim], published={}, file="claims.csv", sha256="0")
    return address
