"""The deployment this site serves: its organisations, ambitions and look, read once for the life of the process."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from pydantic import BaseModel, ConfigDict, field_validator

from placewise.config import Deployment, read_deployment
from placewise.floor.faults import FaultsFound, refuse
from placewise.floor.vocabulary.agreements import Clause as DraftClause
from placewise.floor.vocabulary.agreements import Engagement
from placewise.floor.vocabulary.assets_file import Asset
from placewise.floor.vocabulary.partnership_files import Partnership
from placewise.floor.yaml_file import read_model

__all__ = [
    "LIVE",
    "Asset",
    "DraftClause",
    "Engagement",
    "FaultsFound",
    "Look",
    "Partnership",
    "find_logo",
    "get_deployment",
    "get_look",
    "has_deployment",
    "is_live",
]

LIVE = "live"
LOOK_FILE = "look.yaml"
LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


class Look(BaseModel):
    """DEPLOYMENT/look.yaml, optional: the name at the head of each page, the colour of the head, a logo file.

    Shipped with none. The colour must carry white text at 4.5 to 1 (WCAG 2.2, 1.4.3).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    colour: str = "#003087"
    logo: str | None = None

    @field_validator("colour")
    @classmethod
    def check_contrast(cls, colour: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise ValueError("a colour is # and six hexadecimal digits")
        if contrast_with_white(colour) < 4.5:
            raise ValueError(f"white text cannot be read on {colour}; choose a darker colour")
        return colour

    @field_validator("logo")
    @classmethod
    def check_logo(cls, logo: str | None) -> str | None:
        if logo is not None and Path(logo).suffix not in LOGO_TYPES:
            raise ValueError(f"a logo is a file of the kind {' or '.join(LOGO_TYPES)}")
        return logo


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of WCAG 2.2: 1 (the same) to 21 (black)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def has_deployment() -> bool:
    return bool(settings.PLACEWISE_DEPLOYMENT)


def get_deployment() -> Deployment:
    """Raises FaultsFound where the variable names none, or one with mistakes."""
    if not has_deployment():
        raise refuse("PLACEWISE_DEPLOYMENT", "it names no deployment", "set it to a deployment's name or folder")
    return _read(settings.PLACEWISE_DEPLOYMENT)


@cache
def _read(named: str) -> Deployment:
    return read_deployment(named)


def is_live() -> bool:
    """Whether records of real people may be shown here: a live deployment reads only with its officers and safety case.

    Raises FaultsFound where the deployment has mistakes, those among them.
    """
    return has_deployment() and get_deployment().mode == LIVE


def get_look() -> Look:
    return _read_look(get_deployment().folder / LOOK_FILE)


def find_logo() -> tuple[Path, str] | None:
    """The logo's file and its media type, or None where the deployment has none."""
    if not has_deployment() or (name := get_look().logo) is None:
        return None
    path = get_deployment().folder / Path(name).name
    return path, LOGO_TYPES[path.suffix]


@cache
def _read_look(path: Path) -> Look:
    return read_model(path, Look) if path.is_file() else Look()
