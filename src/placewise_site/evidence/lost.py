"""How much a release hides, measure by measure, kept since a release never changes."""

from functools import lru_cache

from placewise.publishing.lost import Lost, find_lost
from placewise.publishing.release import Release
from placewise_site.evidence.sight import Sight

__all__ = ["Lost", "lost"]


def lost(sight: Sight) -> tuple[Lost, ...]:
    """The people first, then the measures; nothing where the release counts nobody."""
    return _find(sight.release) if sight.release.months else ()


@lru_cache(maxsize=4)
def _find(release: Release) -> tuple[Lost, ...]:
    return find_lost(release)
