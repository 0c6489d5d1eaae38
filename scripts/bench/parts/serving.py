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
from placewise.floor.folders import current, read_json

PEOPLE = 100_000
REQUESTS, WARM_UP = 200, 3
PORT = 8931


def demonstrate(store: str, people: int, seed: int) -> None:
    """What a person starts who has nothing yet, with the deployment, programmes and tables that are shown today."""
    asked = ["demo", "--no-serve", "--store", store, "--people", str(people), "--seed", str(seed)]
    without = {name: value for name, value in os.environ.items() if not name.startswith(("PLACEWISE_", "DJANGO_"))}
    subprocess.run([sys.executable, "-m", "placewise.cli", *asked], env=without, check=True, stdout=subprocess.DEVNULL)


def run(setting: Setting) -> Findings:
    store, people = setting.folder / "demonstration", min(PEOPLE, setting.people)
    shown = measure(demonstrate, str(store), people, setting.seed)
    release = current(store / "releases")
    assert release is not None, "a demonstration ends with a release in force"
    cards = read_json(release / "release.json")["measures"]
    lead = next(card["measure"] for card in cards if card["lead"])
    made = f"with all its {len(cards)} measures and its site"
    with _server(store) as address:
        seconds = [_fetch(f"{address}/measures/{lead}/") for _ in range(WARM_UP + REQUESTS)][WARM_UP:]
    slowest = statistics.quantiles(seconds, n=20)[-1]
    return Findings(
        (
            Row(
                name=f"Demonstration of {people:,} people {made}, nothing to pages",
                figure=shown.wall,
                unit="s",
                goal=60,
            ),
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
