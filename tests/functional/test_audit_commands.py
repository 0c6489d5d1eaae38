"""`placewise audit`: one sentence a log, how many rows it has and which was touched, and an exit code."""

import json
import sqlite3
from pathlib import Path

import pytest

from builders.command_line import run_here, run_placewise
from builders.serving import copy_prepared
from placewise.floor.access import FileAccessLog, Reader, record_of

NURSE = Reader(name="A Nurse", role="practice", purpose="direct_care", place="A01")


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A store whose own log has two rows, and a site in which nobody has looked."""
    store, _ = copy_prepared(tmp_path_factory, tmp_path)
    for what in ("explain one", "explain another"):
        FileAccessLog(store / "access.jsonl").add(record_of(NURSE, what, "A01", rows=1))
    return store


def test_audit_verify_tells_of_both_logs_and_names_the_row_that_was_touched(store: Path, tmp_path: Path) -> None:
    sound = run_placewise("audit", "verify", folder=tmp_path)
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sorted(sound.stdout.splitlines()) == [
        "The access log of the site is as it was written: 0 rows.",
        "The access log of the store is as it was written: 2 rows.",
    ]
    log = store / "access.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace("explain one", "explain none"), encoding="utf-8")
    touched = run_placewise("audit", "verify", folder=tmp_path)
    assert touched.returncode == 1
    assert "access.jsonl, line 1: the record was altered;" in touched.stdout


def test_what_is_noted_elsewhere_shows_logs_that_were_rewritten_or_taken_away(store: Path, tmp_path: Path) -> None:
    notes = tmp_path / "elsewhere.jsonl"
    assert run_here("audit", "note", notes, folder=tmp_path).returncode == 0
    assert [json.loads(line)["log"] for line in notes.read_text(encoding="utf-8").splitlines()] == ["store", "site"]
    assert run_here("audit", "verify", "--noted", notes, folder=tmp_path).returncode == 0
    for name in ("access.jsonl", "access.jsonl.head"):
        (store / name).unlink()
    assert run_here("audit", "verify", folder=tmp_path).returncode == 0, "by itself nothing can be seen"
    gone = run_here("audit", "verify", "--noted", notes, folder=tmp_path)
    assert gone.returncode == 1
    assert "it ends before record 2, which was noted elsewhere" in gone.stdout


def test_an_event_of_the_site_that_was_altered_is_named(store: Path, tmp_path: Path) -> None:
    with sqlite3.connect(store / "site.sqlite3") as database:
        database.execute(
            "INSERT INTO accounts_accessevent (number, at, name, role, purpose, place, practice, what, rows, denied,"
            " previous, digest) VALUES (1, '2026-04-01', 'a', 'a', 'a', 'a', 'a', 'a', 1, '', ?, ?)",
            ("0" * 64, "1" * 64),
        )
    told = run_placewise("audit", "verify", folder=tmp_path)
    assert told.returncode == 1
    assert "Row 1 of the access log: the record was altered." in told.stdout
