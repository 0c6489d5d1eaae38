"""Did it work, for one reader: judged on the released numbers of areas that this person may see."""

from collections.abc import Sequence
from functools import lru_cache

from placewise.publishing.effect import LEAST_AFTER, LEAST_BEFORE, Effect, get_effect
from placewise.publishing.effect_words import CHANCE, as_row, tell_effect, tell_method
from placewise.publishing.release import Release
from placewise_site.evidence.sight import Sight

__all__ = ["CHANCE", "LEAST_AFTER", "LEAST_BEFORE", "Effect", "as_row", "find_effect", "tell_effect", "tell_method"]


def find_effect(sight: Sight, measure: str, areas: Sequence[str], start: str) -> Effect:
    """Raises NotReleased and NotAllowed as Sight does. start: YYYY-MM."""
    for each in areas:
        sight.area(each)
    return _find(sight.release, measure, tuple(sorted(areas)), start)


@lru_cache(maxsize=128)
def _find(release: Release, measure: str, areas: tuple[str, ...], start: str) -> Effect:
    """Kept, since a page asks for its chart and files one by one and a release never changes."""
    return get_effect(release, measure, areas, start)
