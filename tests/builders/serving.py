"""A real server over the planted release, started as a person would start it: prepare, then serve."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

WAIT_SECONDS = 60


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


def run_site(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m placewise_site ...` to its end."""
    command = [sys.executable, "-m", "placewise_site", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@contextmanager
def served(store: Path, deployment: Path) -> Iterator[Served]:
    environment = site_environment(store, deployment)
    prepared = run_site(environment, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    password = re.search(r"Password for every demo account: (\S+)", prepared.stdout)
    assert password, prepared.stdout
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
