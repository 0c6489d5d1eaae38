"""The site over the planted release: an invented system, its organisations, and no people until a test adds them."""

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from jinja2 import FileSystemBytecodeCache

from builders.command_line import build_once
from builders.explained import write_records
from builders.lists import write_call_lists
from builders.release import build_planted_release
from placewise.publishing.release import Release, open_current

settings.SECRET_KEY = "only for tests, and never anywhere else"  # set for good: Django refuses to read an empty one
ASKS_A_DATABASE = {"db", "transactional_db", "own_database"}
"""Fixtures of tests that write to the database."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A run on PostgreSQL comes after one of every test on SQLite: what asks no database would give the same again, and
    so would walks of every address as every role (`one_database`)."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        return
    again, same = [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or ASKS_A_DATABASE & set(getattr(item, "fixturenames", ()))
        (again if asks and not item.get_closest_marker("one_database") else same).append(item)
    config.hook.pytest_deselected(items=same)
    items[:] = again


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each template is compiled once for all the processes that run tests side by side."""
    kept = build_once(tmp_path_factory, "compiled-templates", lambda _: None)
    settings.TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache(str(kept))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """store: a store with the planted release, sealed call lists and the records behind them; deployment: the folder;
    keys: private keys."""
    from builders.site import write_deployment

    def build(folder: Path) -> None:
        (folder / "store").mkdir()
        build_planted_release(folder / "store")
        write_call_lists(folder / "store")
        write_records(folder / "store", write_deployment(folder))

    # One's own copy: looks at lists are logged in it.
    shared = build_once(tmp_path_factory, "planted", build)
    copied = shutil.copytree(shared, tmp_path_factory.mktemp("site") / "planted")
    store = copied / "store"
    return SimpleNamespace(store=store, deployment=copied / "haven", keys=store / "practice_keys")


@pytest.fixture
def site(settings: Any, planted: SimpleNamespace, db: None) -> SimpleNamespace:
    """The site's settings for the planted system, with its organisations loaded."""
    from builders.site import add_organisations

    settings.PLACEWISE_STORE = Path(planted.store)
    settings.PLACEWISE_DEPLOYMENT = str(planted.deployment)
    settings.DEMO = True
    settings.STATIC_ROOT = None
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    add_organisations()
    return planted


@pytest.fixture
def release(site: SimpleNamespace) -> Release:
    """The one in force."""
    found = open_current(site.store)
    assert found is not None
    return found


@pytest.fixture
def public(release: Release) -> Any:
    """A browser in which nobody has signed in."""
    from django.test import Client

    return Client()


@pytest.fixture
def sign_in(site: SimpleNamespace, client: Any) -> Callable[..., Any]:
    """sign_in(role, organisation) gives a browser in which a person with that one grant has signed in."""
    from builders.site import add_person_in_role

    def signed_in(role: str, organisation: str, **grant: Any) -> Any:
        person = add_person_in_role(role, organisation, **grant)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        client.person = person
        return client

    return signed_in
