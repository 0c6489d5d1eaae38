"""The areas of a release as one person may see them: who is below whom, from the system down.

Somebody without a role sees none lower than the level above practice.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.contrib.auth.models import AnonymousUser

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.publishing.release import NotReleased, Release
from placewise_site.accounts.models import User

PRACTICES_ARE_CLOSED = "figures of single practices are for people with a role here; sign in to see them"


class NotAllowed(PermissionError):
    """The figure exists and this person may not see it: one sentence that may be shown."""


@dataclass(frozen=True, slots=True)
class Area:
    code: str
    name: str
    level: str
    parent: str


class SeenAreas:
    """Raises NotReleased for what the release does not hold and NotAllowed for what this person may not see."""

    def __init__(self, release: Release, user: User | AnonymousUser) -> None:
        self.release = release
        self.manifest = release.manifest
        self.sees_practices = user.has_perm("evidence.see_practices")

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Every area this person may see, the system first, then level by level by name.

        An organisation that never reported has no figure, so it is none of them; where people are not counted at all
        (published figures only), those of which nothing is published are none of them either.
        """
        published = frozenset() if self.release.months else _published_areas(self.release)
        said = {
            code: each
            for code, each in self.manifest.areas.items()
            if each["level"] and (each["reported"] or code in published)
        }
        depth = {code: _depth(code, said) for code in said}
        seen = [code for code in said if self.sees_practices or said[code]["level"] != PRACTICE]
        return {
            code: Area(code, said[code]["name"], said[code]["level"], said[code]["parent"])
            for code in sorted(seen, key=lambda code: (depth[code], said[code]["name"], code))
        }

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels this person may see, the system first."""
        return tuple(dict.fromkeys(area.level for area in self.areas.values()))

    @property
    def whole(self) -> Area:
        """The system itself. Raises NotReleased where the release names no areas."""
        for area in self.areas.values():
            return area
        raise NotReleased("this release counts people in no area")

    def area(self, code: str) -> Area:
        if code in self.areas:
            return self.areas[code]
        if not self.sees_practices and self.manifest.areas.get(code, {}).get("level") == PRACTICE:
            raise NotAllowed(PRACTICES_ARE_CLOSED)
        raise NotReleased(f"this release has no area with the code {code}")

    def below(self, area: Area, level: str) -> list[Area]:
        """The areas of a level within an area, itself included, by name."""
        return [each for each in self.areas.values() if each.level == level and self._is_within(each, area)]

    def levels_below(self, area: Area) -> tuple[str, ...]:
        return self.levels[self.levels.index(area.level) + 1 :]

    def chain(self, area: Area) -> list[Area]:
        """The areas above, the system first, and the area itself last."""
        above = self.chain(self.areas[area.parent]) if area.parent in self.areas else []
        return [*above, area]

    def _is_within(self, area: Area, above: Area) -> bool:
        return above in self.chain(area)


@lru_cache(maxsize=8)
def _published_areas(release: Release) -> frozenset[str]:
    """The areas of any published figure."""
    return frozenset(
        area for each in release.manifest.indicators for area in release.published(each)["area"].unique().to_pylist()
    )


def _depth(code: str, said: dict[str, dict[str, str]]) -> int:
    parent = said[code]["parent"]
    return 1 + _depth(parent, said) if parent in said else 0
