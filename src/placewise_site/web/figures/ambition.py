"""The level a measure is to reach, as its programme states it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from placewise_site.web.figures.wording import month_words


@dataclass(frozen=True, slots=True)
class Ambition:
    value: float  # 0 to 1
    by: str  # a month in words, or as the programme writes it
    source: str

    @property
    def words(self) -> str:
        return f"{self.value * 100:g}% by {self.by}" if self.by else f"{self.value * 100:g}%"


def read_ambition(section: Mapping[str, Any] | None) -> Ambition | None:
    """The ambition of a measure's card, or None where the programme states none."""
    if not section or section.get("value") is None:
        return None
    return Ambition(float(section["value"]), _month(str(section.get("by") or "")), str(section.get("source") or ""))


def _month(by: str) -> str:
    """2029-03 as March 2029; a year or anything else as it stands."""
    try:
        return month_words(by)
    except ValueError:
        return by
