"""Before anything runs: are the settings enough, may this be served here, and is everything prepared already?"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from placewise_site.evidence.deployment import FaultsFound, get_deployment, has_deployment, is_live
from placewise_site.evidence.releases import NotReleased, current_release, is_demonstration

HERE = Path(__file__).resolve().parents[1]
STAMPED = {".py", ".css", ".js", ".svg"}


class Unready(Exception):
    """The site cannot run as it is: one sentence with the fault and the remedy."""


def check_settings() -> None:
    """Raises Unready where a setting is missing or the store's folder cannot be made."""
    try:
        settings.SECRET_KEY  # noqa: B018 - Django raises when it is read and empty
        settings.PLACEWISE_STORE.mkdir(parents=True, exist_ok=True)
    except ImproperlyConfigured:
        remedy = "set it to 50 random characters, or PLACEWISE_MODE to demo for a trial"
        raise Unready(f"PLACEWISE_SECRET_KEY: it is not set; {remedy}.") from None
    except OSError as error:
        raise Unready(f"{error.filename}: it cannot be made ({error.strerror}); set PLACEWISE_STORE.") from error


def check_may_start() -> None:
    """Raises Unready where the deployment has mistakes, live use that is not recorded in full among them, and where the
    release in force is made of real people's records and the deployment is not live.

    The mode demo is for a demonstration's store alone: its accounts share a password that is printed.
    """
    if settings.DEMO and not is_demonstration():
        fault = "it is demo, and this store is not a demonstration"
        raise Unready(f"PLACEWISE_MODE: {fault} ({settings.PLACEWISE_STORE}); take it away, or run placewise demo.")
    try:
        if has_deployment():
            get_deployment()
        current_release()
        if settings.DEMO and is_live():
            raise Unready("PLACEWISE_MODE: it is demo, and the deployment is live; take it away.")
    except FaultsFound as found:
        raise Unready(str(found)) from found
    except NotReleased as refused:
        raise Unready(f"{settings.PLACEWISE_STORE}: {refused}; set mode: live in it, with live_use.") from refused


def is_prepared() -> bool:
    """True where nothing changed since the last `prepare`. A PostgreSQL database is always looked at."""
    database = settings.DATABASES["default"]["NAME"]
    return stamp_file().is_file() and Path(database).is_file() and stamp_file().read_text() == stamp()


def stamp_file() -> Path:
    return Path(settings.PLACEWISE_STORE) / "site-prepared"


def stamp() -> str:
    """A hash over the site's own files, the deployment's files and the database's name."""
    files = [each for each in HERE.rglob("*") if each.suffix in STAMPED]
    named = Path(settings.PLACEWISE_DEPLOYMENT)
    files += named.glob("*.*") if named.is_dir() else []
    words = [f"{each} {each.stat().st_size} {each.stat().st_mtime_ns}" for each in sorted(files)]
    words += [settings.PLACEWISE_DEPLOYMENT, str(settings.DATABASES["default"]["NAME"]), str(settings.DEMO)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
