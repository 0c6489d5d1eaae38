"""A folder is written whole or not at all, for its owner alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from placewise.floor.faults import FaultsFound
from placewise.floor.folders import current, point_to, whole_folder


def test_a_folder_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "build") as draft:
        (draft / "half").write_text("written")
        1 / 0  # noqa: B018
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_never_changed(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "build"):
        pass
    with (
        pytest.raises(FaultsFound, match="this folder exists already and is never changed"),
        whole_folder(tmp_path / "build"),
    ):
        pass


def test_a_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "build"):
        pass
    assert (tmp_path / "build").stat().st_mode & 0o077 == 0


def test_what_a_killed_run_left_is_removed_by_the_next_and_a_running_one_is_let_be(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    abandoned, at_work = tmp_path / f".draft.{ended.pid}.x", tmp_path / f".draft.{os.getpid()}.y"
    abandoned.mkdir()
    at_work.mkdir()
    with whole_folder(tmp_path / "build"):
        pass
    assert not abandoned.exists()
    assert at_work.exists()


def test_the_pointer_names_the_folder_in_force(tmp_path: Path) -> None:
    assert current(tmp_path) is None
    with whole_folder(tmp_path / "build"):
        pass
    point_to(tmp_path, "build")
    assert current(tmp_path) == tmp_path / "build"
