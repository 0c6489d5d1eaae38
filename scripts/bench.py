"""Print how fast Placewise is on this machine, in one run: times, and ratios to one raw scan of the same input.

demo     nothing to pages: invent 120,000 people, door and intake twice, build, release, site ready
build    population, registers, measures and call lists from the loads in force, against one raw scan of the loads
         (read every column with Arrow and hash its bytes)
pages    a measure page, warm, from a running server: median and 95th percentile of 200 requests
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pyarrow.parquet as pq

from placewise import pipeline
from placewise.config import find_demonstration, read_deployment
from placewise.demonstration import run_demonstration
from placewise.floor.folders import current
from placewise.intake.contract import WAREHOUSE
from placewise.population.contract import BUILDS

DEMO_GOAL, PAGE_GOAL = 60.0, 0.150
REQUESTS = 200
PORT = 8931


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of some work, with those of the processes it starts."""
    before = _processor_seconds()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started, _processor_seconds() - before


def _processor_seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def scan(folder: Path) -> None:
    """Read every column of every Parquet file under a folder and hash its bytes."""
    for path in sorted(folder.glob("shard=*/*.parquet")):
        for column in pq.read_table(path).columns:
            for chunk in column.chunks:
                for buffer in chunk.buffers():
                    if buffer is not None:
                        blake2b(buffer).digest()


def quiet(told: str, share: float) -> None:
    """Progress that nobody watches."""


def site_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "placewise_site", *arguments]


def measure_pages(store: Path, deployment: Path, measure: str) -> list[float]:
    """Seconds of each request to a measure page, after three to warm it."""
    environment = {
        **os.environ,
        "PLACEWISE_STORE": str(store),
        "PLACEWISE_DEPLOYMENT": str(deployment),
        "PLACEWISE_MODE": "demo",
    }
    server = subprocess.Popen(
        site_command("serve", "--port", str(PORT)),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://localhost:{PORT}/measures/{measure}/"
    try:
        wait_until_it_answers(f"http://localhost:{PORT}/healthz")
        return [fetch(address) for _ in range(REQUESTS + 3)][3:]
    finally:
        server.terminate()
        server.wait()


def wait_until_it_answers(address: str) -> None:
    for _ in range(100):
        try:
            fetch(address)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def fetch(address: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(address, timeout=30) as answer:
        answer.read()
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=120_000)
    people = parser.parse_args().people
    deployment = read_deployment(find_demonstration())
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        environment = {**os.environ, "PLACEWISE_STORE": str(store), "PLACEWISE_DEPLOYMENT": str(deployment.folder)}

        def demonstrate() -> None:
            run_demonstration(deployment, store, people=people, seed=1, published=None, report=quiet)
            prepare = site_command("prepare")
            subprocess.run(
                prepare, env={**environment, "PLACEWISE_MODE": "demo"}, check=True, stdout=subprocess.DEVNULL
            )

        took = {"demo": timed(demonstrate)}
        loads = [current(store / WAREHOUSE / purpose) for purpose in (pipeline.PLANNING, pipeline.DIRECT_CARE)]
        took["scan"] = timed(lambda: [scan(load) for load in loads if load])
        for build in (store / BUILDS).glob("b-*"):
            build.rename(build.with_name(f"kept-{build.name}"))
        took["build"] = timed(lambda: pipeline.build(deployment, store, quiet))
        took["release"] = timed(lambda: pipeline.release(deployment, store, quiet))
        released = json.loads((current(store / "releases") / "release.json").read_text(encoding="utf-8"))
        lead = next(card["measure"] for card in released["measures"] if card["lead"])
        seconds = measure_pages(store, deployment.folder, lead)

    slowest = statistics.quantiles(seconds, n=20)[-1]
    print(f"{people:,} people, {os.cpu_count()} cores; ratios are to one raw scan of both loads")
    print("            wall s  processor s    ratio (wall, processor)")
    for name, (wall, processor) in took.items():
        print(
            f"{name:9} {wall:8.2f} {processor:12.2f}    {wall / took['scan'][0]:.1f}, {processor / took['scan'][1]:.1f}"
        )
    print(f"nothing to pages in {took['demo'][0]:.1f} s; goal {DEMO_GOAL:.0f} s: {met(took['demo'][0], DEMO_GOAL)}")
    print(
        f"page of {lead}, warm: median {statistics.median(seconds) * 1000:.0f} ms, 95th percentile "
        f"{slowest * 1000:.0f} ms; goal {PAGE_GOAL * 1000:.0f} ms: {met(slowest, PAGE_GOAL)}"
    )


def met(value: float, goal: float) -> str:
    return "met" if value <= goal else "MISSED"


if __name__ == "__main__":
    main()
