"""`placewise demo` for a system of another shape: three levels, other names, a stricter rule; then its keeping."""

import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from builders.command_line import PLACEWISE, environment, find_state, one_sentence, run_placewise, succeed
from builders.demonstration import SANDBOX_DEMO, build_sandbox_demonstration
from builders.serving import WAIT_SECONDS, free_port, wait_for
from placewise.publishing.contract import SHOWN
from placewise.publishing.release import Release, open_current


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sandbox_demonstration(tmp_path_factory)


@pytest.fixture(scope="session")
def release(folder: Path) -> Release:
    release = open_current(folder / "demo")
    assert release is not None
    return release


def test_another_shape_needs_no_code(release: Release) -> None:
    levels = {area["level"] for area in release.manifest.areas.values() if area["level"]}
    assert levels == {"system", "district", "practice"}
    assert (release.manifest.deployment, release.manifest.mode) == ("sandbox", "synthetic")
    assert release.at_month("hypertension_prevalence", "district", release.months[-1]).num_rows == 3


def test_its_stricter_rule_is_kept(release: Release) -> None:
    assert (release.manifest.disclosure["suppress_below"], release.manifest.disclosure["round_to"]) == (10, 10)
    for card in release.manifest.measures:
        for row in release.at_month(card.measure, "district", release.months[-1]).to_pylist():
            if row["state"] == SHOWN:
                assert row["denominator"] % 10 == 0
                assert (row["numerator"] or 0) % 10 == 0  # a mean or a median has none


def test_a_second_start_writes_nothing(folder: Path, release: Release) -> None:
    before = find_state(folder)
    told = succeed(*SANDBOX_DEMO, "--no-serve", folder=folder)
    assert told == f"Saltmere Integrated Care System: the release {release.folder.name} is in force.\n"
    assert find_state(folder) == before


@pytest.mark.parametrize(
    ("stop", "told"),
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGINT), (os.kill, signal.SIGTERM)],
    ids=["Ctrl+C, as a terminal does", "Ctrl+C, this program alone", "as a service manager does"],
)
def test_it_is_served_until_somebody_stops_it(folder: Path, stop: Callable[[int, int], None], told: int) -> None:
    port = free_port()
    served = subprocess.Popen(
        [str(PLACEWISE), *map(str, SANDBOX_DEMO), "--port", str(port)],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        wait_for(f"http://localhost:{port}/healthz")
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=WAIT_SECONDS) as home:
            page = home.read().decode()
        assert "Saltmere" in page
        assert "synthetic" in page.lower()
    finally:
        stop(served.pid, told)
        said, complained = served.communicate(timeout=WAIT_SECONDS)  # ends when no program of it is left
    assert f"Open http://localhost:{port}/" in said
    assert complained == ""
    assert served.returncode == 0
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
        pass


@pytest.mark.parametrize("command", [SANDBOX_DEMO, ("serve", "--store", "demo")])
def test_a_port_in_use_is_told_before_any_work(tmp_path: Path, command: Sequence[object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run_placewise(*command, "--port", port, folder=tmp_path)
    assert one_sentence(refused) == f"port {port}: it is in use; name another with --port."
    assert not list(tmp_path.iterdir())


def test_what_people_decided_is_backed_up_and_put_back(folder: Path, tmp_path: Path) -> None:
    told = succeed("backup", tmp_path / "saved.zip", "--store", folder / "demo", folder=tmp_path, PLACEWISE_MODE="demo")
    rows = told.split()[2]
    assert told.startswith(f"Backed up {rows} rows to ")
    elsewhere = {"folder": tmp_path, "PLACEWISE_MODE": "demo"}
    restored = succeed("restore", tmp_path / "saved.zip", "--store", tmp_path / "new", **elsewhere)
    assert restored.startswith(f"Restored {rows} rows from ")
    again = one_sentence(run_placewise("restore", tmp_path / "saved.zip", "--store", tmp_path / "new", **elsewhere))
    assert "The database holds people already" in again
