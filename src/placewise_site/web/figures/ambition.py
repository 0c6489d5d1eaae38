"""The level a measure is to reach, as its programme states it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placewise_site.evidence.scale import SHARES, Scale
from placewise_site.web.figures.wording import month_words, unit_words


@dataclass(frozen=True, slots=True)
class Ambition:
    value: float  # on the scale of its measure
    by: str  # a month in words, or as the programme writes it
    source: str
    scale: Scale = SHARES

    @property
    def words(self) -> str:
        level = f"{self.value * 100:g}" if self.scale.is_share else f"{self.value:g}"
        return f"{level}{unit_words(self.scale)}" + (f" by {self.by}" if self.by else "")


def read_ambition(section: Mapping[str, Any] | None, scale: Scale = SHARES) -> Ambition | None:
    """The ambition of a measure's card, or None where the programme states none."""
    if not section or section.get("value") is None:
        return None
    by, source = _month(str(section.get("by") or "")), str(section.get("source") or "")
    return Ambition(float(section["value"]), by, source, scale)


def _month(by: str) -> str:
    """2029-03 as March 2029; a year or anything else as it stands."""
    try:
        return month_words(by)
    except ValueError:
        return by
