"""Records past their last day are named, removed with all that rests on them, and each removal stays in the log."""

import json
from pathlib import Path

import pytest

from placewise import retention
from placewise.floor.access import FileAccessLog
from placewise.floor.folders import current, point_to, write_json

PURPOSE, GONE, STANDS = "direct_care", "2021-01-31", "2999-12-31"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two loads, two builds and two call lists, one of each past its day; and what came of shards."""
    for name, until in (("old", GONE), ("new", STANDS)):
        load = tmp_path / "warehouse" / PURPOSE / name
        build, lists = tmp_path / "builds" / f"b-{name}", tmp_path / "lists" / f"l-{name}"
        for folder in (load, build, lists):
            folder.mkdir(parents=True)
            (folder / "persons").write_text("a row a person", encoding="utf-8")
        write_json(load / "load.json", {"retention_until": until})
        made = {"loads": [{"purpose": PURPOSE, "load": name, "retention_until": until}]}
        write_json(build / "build.json", made)
        write_json(lists / "made.json", made)
    (tmp_path / "tallies" / "key").mkdir(parents=True)
    point_to(tmp_path / "builds", "b-old")
    loads = [tmp_path / "warehouse" / PURPOSE / "old"]
    monkeypatch.setattr(retention, "find_expired_loads", lambda store: [each for each in loads if each.exists()])
    return tmp_path


def names(found: list[retention.Expired]) -> list[str]:
    return [each.folder.name for each in found]


def test_what_may_be_kept_no_more_is_named_and_nothing_is_touched(store: Path) -> None:
    assert names(retention.find_expired(store)) == ["old", "b-old", "l-old"]
    assert (store / "warehouse" / PURPOSE / "old" / "persons").is_file()
    assert not (store / "access.jsonl").exists()


def test_it_is_removed_and_what_may_be_kept_stands(store: Path) -> None:
    assert names(retention.remove_expired(store)) == ["old", "b-old", "l-old"]
    assert [path.name for path in (store / "warehouse" / PURPOSE).iterdir()] == ["new"]
    assert sorted(path.name for path in (store / "builds").iterdir()) == ["b-new", "current"]
    assert [path.name for path in (store / "lists").iterdir()] == ["l-new"]
    assert current(store / "builds") is None, "nothing in force rests on what is gone"
    assert not (store / "tallies").exists()
    assert retention.find_expired(store) == []


def test_each_removal_is_a_row_of_the_log_and_the_log_stays_whole(store: Path) -> None:
    retention.remove_expired(store)
    log = FileAccessLog(store / "access.jsonl")
    lines = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    assert [line["what"] for line in lines] == [
        f"removed warehouse/{PURPOSE}/old: its retention has ended",
        "removed builds/b-old: its retention has ended",
        "removed lists/l-old: its retention has ended",
    ]
    assert log.verify() == []


def test_with_nothing_to_remove_nothing_is_done(store: Path) -> None:
    retention.remove_expired(store)
    (store / "tallies").mkdir()
    assert retention.remove_expired(store) == []
    assert (store / "tallies").exists()
    assert len((store / "access.jsonl").read_text(encoding="utf-8").splitlines()) == 3
