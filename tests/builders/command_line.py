"""The command line as a user runs it: `placewise ...` in its own process, in a folder of one's own."""

import fcntl
import io
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from placewise.cli import main

PLACEWISE = Path(sys.executable).with_name("placewise")
LINKAGE_KEY = "0123456789abcdef" * 4

Done = subprocess.CompletedProcess[str]


def environment(**given: str) -> dict[str, str]:
    """This process's environment without what it says of Placewise, and what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PLACEWISE_", "DJANGO_"))}
    return kept | given


def run_placewise(*arguments: object, folder: Path, largest_file: int | None = None, **given: str) -> Done:
    """One command to its end. folder: where it is run; largest_file: bytes that a file may have, as on a full disk."""

    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.run(
        [str(PLACEWISE), *map(str, arguments)],
        cwd=folder,
        env=environment(**given),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=fill_the_disk if largest_file is not None else None,
    )


def run_here(*arguments: object, folder: Path, **given: str) -> Done:
    """As `run_placewise`, but inside this process, which has imported already what takes a command seconds."""
    said, complained = io.StringIO(), io.StringIO()
    umask = os.umask(0)
    os.umask(umask)
    with (
        chdir(folder),
        patch.dict(os.environ, environment(**given), clear=True),
        patch.object(sys, "argv", ["placewise", *map(str, arguments)]),
        redirect_stdout(said),
        redirect_stderr(complained),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    os.umask(umask)
    code = ended.value.code
    return Done([*map(str, arguments)], int(code or 0), said.getvalue(), complained.getvalue())


def succeed(*arguments: object, folder: Path, **given: str) -> str:
    """What a command that went well printed."""
    done = run_placewise(*arguments, folder=folder, **given)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def succeed_here(*arguments: object, folder: Path, **given: str) -> str:
    """As `succeed`, inside this process."""
    done = run_here(*arguments, folder=folder, **given)
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


def one_sentence(done: Done) -> str:
    """The sentence that a refused command says, and all that it says."""
    told = done.stdout + done.stderr
    assert done.returncode == 1, told
    assert "Traceback" not in told
    assert done.stdout == ""
    (sentence,) = done.stderr.splitlines()
    assert sentence.endswith(".")
    return sentence


def find_state(store: Path) -> dict[Path, int]:
    """Every file and folder, with the time each file was last written."""
    return {path: path.stat().st_mtime_ns if path.is_file() else 0 for path in store.rglob("*")}


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """A folder filled by `build`, once for all the processes that run tests side by side."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, filled = shared / name, shared / f"{name}.filled"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not filled.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            filled.touch()
    return folder
