"""From nothing to pages: the demonstration, and how soon a page of a running server answers."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.asked import read_benchmark_deployment
from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from placewise.config import find_demonstration, read_deployment
from placewise.demonstration import run_demonstration
from placewise.floor.folders import current, read_json
from placewise.floor.progress import quiet

PEOPLE = 100_000
REQUESTS, WARM_UP = 200, 3
PORT = 8931


def demonstrate(store: str, people: int, seed: int) -> None:
    """All that `placewise demo` does before it serves."""
    deployment = read_deployment(find_demonstration())
    run_demonstration(deployment, Path(store), people=people, seed=seed, published=None, report=quiet)
    subprocess.run(_site("prepare"), env=_environment(Path(store)), check=True, stdout=subprocess.DEVNULL)


def run(setting: Setting) -> Findings:
    store, people = setting.folder / "demonstration", min(PEOPLE, setting.people)
    shown = measure(demonstrate, str(store), people, setting.seed)
    release = current(store / "releases")
    assert release is not None, "a demonstration ends with a release in force"
    lead = next(card["measure"] for card in read_json(release / "release.json")["measures"] if card["lead"])
    with _server(store) as address:
        seconds = [_fetch(f"{address}/measures/{lead}/") for _ in range(WARM_UP + REQUESTS)][WARM_UP:]
    slowest = statistics.quantiles(seconds, n=20)[-1]
    return Findings(
        (
            Row(name=f"Demonstration of {people:,} people, nothing to pages", figure=shown.wall, unit="s", goal=60),
            Row(name="Page of a measure, warm, 95th percentile", figure=slowest * 1000, unit="ms", goal=150),
        ),
        (Run(name="Demonstration", measured=shown),),
    )


@contextmanager
def _server(store: Path) -> Iterator[str]:
    address = f"http://localhost:{PORT}"
    server = subprocess.Popen(
        _site("serve", "--port", str(PORT)),
        env=_environment(store),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def _site(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "placewise_site", *arguments]


def _environment(store: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PLACEWISE_STORE": str(store),
        "PLACEWISE_DEPLOYMENT": str(read_benchmark_deployment().folder),
        "PLACEWISE_MODE": "demo",
    }


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            _fetch(address)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def _fetch(address: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
    return time.perf_counter() - started
