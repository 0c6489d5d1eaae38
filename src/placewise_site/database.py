"""One variable names the database: the path of a SQLite file, or the address of a PostgreSQL server."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def database_settings(named: str) -> dict[str, Any]:
    """Django's settings for the database named.

    SQLite: readers never wait (WAL); a writer takes its lock when its transaction starts (IMMEDIATE), so that two
    writers queue for up to 20 seconds instead of failing halfway.
    """
    if named.startswith(("postgres://", "postgresql://")):
        address = urlsplit(named)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(address.path.lstrip("/")) or "postgres",
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": unquote(address.hostname or ""),
            "PORT": str(address.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(address.query)),
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(named).resolve()),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON;",
        },
    }
