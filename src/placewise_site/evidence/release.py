"""The release in force, opened once and swapped when a new one takes its place."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from placewise.floor.folders import current
from placewise.publishing.release import RELEASES, Release, open_release


def release_in_force() -> Release | None:
    """None before the first release. Costs one small read unless the pointer has moved."""
    folder = current(settings.PLACEWISE_STORE / RELEASES)
    return _opened(folder) if folder else None


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Release:
    return open_release(folder)
