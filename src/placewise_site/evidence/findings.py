"""What stands out in a release, as its readers may see it.

Findings of single practices are handed out by practice only, and those of where people live apart: `programmes` decides
who may ask for them, since a practice reads its own first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.gaps.contract import Kind, Side, Standing, Verdict, read_word
from placewise.publishing.findings import find_first_day
from placewise.publishing.release import Release
from placewise_site.evidence.sight import Sight

__all__ = [
    "Kind",
    "Side",
    "Standing",
    "Told",
    "Verdict",
    "get_above_practices",
    "get_of_practices",
    "get_of_residence",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One row of RELEASED_FINDINGS, with the area's name and the measure's title. first_told: the day of the first
    release that told it."""

    level: str
    area: str
    area_name: str
    measure: str
    title: str
    kind: Kind
    word: Verdict | Side
    month: str
    sentence: str
    standing: Standing
    before: str
    first_told: date

    @property
    def key(self) -> str:
        """By which it is the same finding from one release to the next."""
        month = self.month if self.kind == Kind.JUMP else ""
        return "/".join((self.area, self.measure, self.kind, self.word, month, self.first_told.isoformat()))

    @property
    def is_known(self) -> bool:
        """Whether it says more than that no change is known yet."""
        return self.kind != Kind.CHANGE or self.word != Verdict.NOT_YET_KNOWN


def get_above_practices(sight: Sight) -> list[Told]:
    """Of every area above practices, which everybody may see."""
    return [each for each in _read(sight.release) if each.level not in (PRACTICE, *RESIDENCE)]


def get_of_practices(sight: Sight, practices: Collection[str]) -> list[Told]:
    return [each for each in _read(sight.release) if each.level == PRACTICE and each.area in practices]


def get_of_residence(sight: Sight) -> list[Told]:
    """Of middle and small areas, where people live."""
    return [each for each in _read(sight.release) if each.level in RESIDENCE]


@lru_cache(maxsize=8)
def _read(release: Release) -> tuple[Told, ...]:
    """Kept, since a release never changes."""
    manifest, areas = release.manifest, release.areas
    titles = {card.measure: card.title for card in manifest.measures}
    first_day = find_first_day(release)
    return tuple(
        Told(
            **row
            | {
                "area_name": areas.get(row["area"], {}).get("name", row["area"]),
                "title": titles[row["measure"]],
                "kind": Kind(row["kind"]),
                "word": read_word(row["word"]),
                "standing": Standing(row["standing"]),
                "first_told": row["first_told"] or first_day,
            }
        )
        for row in release.findings().to_pylist()
    )
