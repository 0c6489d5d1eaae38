"""The releases of the store: the one in force, by its pointer, and every past one, for ever as it stood."""

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from placewise.floor.folders import current
from placewise.publishing import in_force
from placewise.publishing.contract import RELEASES, ReleaseManifest
from placewise.publishing.in_force import Withdrawal
from placewise.publishing.manifest import read_manifest
from placewise.publishing.release import NotReleased, Release, Withdrawn, open_release
from placewise_site.evidence.deployment import LIVE, is_live

__all__ = [
    "NotReleased",
    "Release",
    "Withdrawal",
    "Withdrawn",
    "current_release",
    "find_release",
    "find_withdrawals",
    "is_demonstration",
    "past_releases",
    "recent_withdrawals",
    "release_as_of",
]

NOT_LIVE = "this release is made of real people's records, and the deployment in force does not record live use"


TOLD_FOR = timedelta(days=365)
"""How long home pages tell of a withdrawal."""
DEMONSTRATION = "demonstration.json"
"""What `placewise demo` leaves in the store it makes, beside the releases."""


def is_demonstration() -> bool:
    """Whether the store is one that a demonstration made."""
    return (Path(settings.PLACEWISE_STORE) / DEMONSTRATION).is_file()


def _store() -> Path:
    return Path(settings.PLACEWISE_STORE)


def _folder() -> Path:
    return _store() / RELEASES


@lru_cache(maxsize=8)
def _open(folder: Path) -> Release:
    """Opened once: a release never changes, and a new one has another name."""
    return open_release(folder)


def _open_if_shown(folder: Path) -> Release:
    """Raises Withdrawn for one that was, and NotReleased for figures of real people unless live use is recorded."""
    if withdrawal := find_withdrawals().get(folder.name):
        raise Withdrawn(withdrawal)
    release = _open(folder)
    if not _is_shown(release.manifest):
        raise NotReleased(NOT_LIVE)
    return release


def _is_shown(manifest: ReleaseManifest) -> bool:
    """The deployment is read whatever the release: one with mistakes shows nothing. Raises FaultsFound."""
    live_here = is_live()
    return live_here or manifest.mode != LIVE


def current_release() -> Release | None:
    """The release in force now, or None before the first. The pointer is read each time, so a swap shows at once.

    Raises NotReleased where it is live and the deployment is not.
    """
    folder = current(_folder())
    return _open_if_shown(folder) if folder else None


def find_release(name: str) -> Release:
    """A release by its name, in force or past. Raises NotReleased, and Withdrawn, which is one."""
    folder = _folder() / name
    if not name.startswith("r-") or "/" in name or not folder.is_dir():
        raise NotReleased(f"there is no release called {name}")
    return _open_if_shown(folder)


def release_as_of(day: date) -> Release | None:
    """The release that was in force at the end of a day, or None if there was none yet. Raises Withdrawn."""
    name = in_force.find_in_force_on(_store(), day)
    return find_release(name) if name else None


def find_withdrawals() -> dict[str, Withdrawal]:
    """Every release that was withdrawn, by its name. Read each time, so that one shows at once."""
    return in_force.find_withdrawals(_store())


def recent_withdrawals() -> list[Withdrawal]:
    """Those of the last year, the newest first: until then somebody may still rest on what was withdrawn."""
    since = datetime.now(UTC) - TOLD_FOR
    found = (each for each in find_withdrawals().values() if each.at >= since)
    return sorted(found, key=lambda each: each.at, reverse=True)


def past_releases() -> list[ReleaseManifest]:
    """What every release that was ever in force and may be shown says of itself, the one in force last first.

    Withdrawn ones too: find_withdrawals tells which they are, and no number of theirs is to be shown.
    """
    told = [_manifest(_folder() / name) for name in in_force.release_names(_store())]
    return [each for each in told if _is_shown(each)]


@cache
def _manifest(folder: Path) -> ReleaseManifest:
    """Read once, and kept without a release's tables."""
    return read_manifest(folder)
