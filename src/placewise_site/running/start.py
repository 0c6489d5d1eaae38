"""Before anything runs: are the settings enough, and is everything prepared already?"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

HERE = Path(__file__).resolve().parents[1]
STAMPED = {".py", ".css", ".js", ".svg"}


class Unready(Exception):
    """The site cannot run as it is: one sentence with the fault and the remedy."""


def check_settings(*, signs: bool = True) -> None:
    """Raises Unready where a setting is missing or the store's folder cannot be made. signs: whether it needs a key."""
    try:
        if signs:
            settings.SECRET_KEY  # noqa: B018 - Django raises when it is read and empty
        settings.PLACEWISE_STORE.mkdir(parents=True, exist_ok=True)
    except ImproperlyConfigured:
        remedy = "set it to 50 random characters, or PLACEWISE_MODE to demo for a trial"
        raise Unready(f"PLACEWISE_SECRET_KEY: it is not set; {remedy}.") from None
    except OSError as error:
        raise Unready(f"{error.filename}: it cannot be made ({error.strerror}); set PLACEWISE_STORE.") from error


def has_database() -> bool:
    """False where the SQLite file named is not there: to open it would make it."""
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql") or _database_file().is_file()


def _database_file() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def is_prepared() -> bool:
    """True where nothing changed since the last `prepare`. A PostgreSQL database is always looked at."""
    return stamp_file().is_file() and _database_file().is_file() and stamp_file().read_text() == stamp()


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
