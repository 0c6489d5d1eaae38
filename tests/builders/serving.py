"""A real server over the planted release, started as a person would start it: prepare, then serve."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders.command_line import build_once
from builders.release import build_planted_release
from builders.site import write_deployment

WAIT_SECONDS = 120


@dataclass(frozen=True)
class Served:
    """address: http://localhost:PORT; password: of every demo account."""

    address: str
    password: str
    environment: dict[str, str]


def site_environment(store: Path, deployment: Path) -> dict[str, str]:
    """Of a demonstration over this store, which is marked as one."""
    (store / "demonstration.json").write_text("{}", encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLACEWISE_", "DJANGO_"))}
    return kept | {
        "PLACEWISE_MODE": "demo",
        "PLACEWISE_STORE": str(store),
        "PLACEWISE_DEPLOYMENT": str(deployment),
    }


def run_site(environment: dict[str, str], *arguments: str, told: str | None = None) -> subprocess.CompletedProcess[str]:
    """`python -m placewise_site ...` to its end. told: what its standard input says, all of it."""
    command = [sys.executable, "-m", "placewise_site", *arguments]
    return subprocess.run(command, env=environment, input=told, capture_output=True, text=True, check=False)


def copy_prepared(factory: pytest.TempPathFactory, folder: Path) -> tuple[Path, Path]:
    """A folder's own store over the planted release, its record prepared as a demonstration's, and its deployment."""
    shutil.copytree(build_once(factory, "prepared_haven", _prepare), folder, dirs_exist_ok=True)
    return folder / "store", folder / "haven"


def _prepare(folder: Path) -> None:
    store = folder / "store"
    build_planted_release(store)
    prepared = run_site(site_environment(store, write_deployment(folder)), "prepare")
    assert prepared.returncode == 0, prepared.stderr


@contextmanager
def served(store: Path, deployment: Path) -> Iterator[Served]:
    """Prepared, then served."""
    prepared = run_site(site_environment(store, deployment), "prepare")
    assert prepared.returncode == 0, prepared.stderr
    with serving(store, deployment) as started:
        yield started


@contextmanager
def serving(store: Path, deployment: Path) -> Iterator[Served]:
    """Served as it is: what `copy_prepared` gives needs no second look while nothing was put beside it."""
    environment = site_environment(store, deployment)
    accounts = (store / "demo-accounts.txt").read_text(encoding="utf-8")
    password = re.search(r"Password for every demo account: (\S+)", accounts)
    assert password, accounts
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "placewise_site", "serve", "--port", str(port)], env=environment)
    try:
        wait_for(f"http://localhost:{port}/healthz")
        yield Served(f"http://localhost:{port}", password[1], environment)
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)
