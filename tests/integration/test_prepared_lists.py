"""People and events made ready once a load are those of the tables; what changes is made ready anew."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from builders.warehouse import write_shard
from placewise.config import data_folder
from placewise.floor.faults import FaultsFound
from placewise.floor.flat_file import map_arrays
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.people import read_people
from placewise.floor.timeline.prepared import PREPARED, prepare_shard, read_prepared, read_prepared_people
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists

CODE_LISTS = read_code_lists(data_folder("codelists"))
NAMES = ("af_codes", "anticoagulants", "systolic", "diastolic")
LISTS = [CODE_LISTS[name] for name in NAMES]
EVENTS = """
    1 af_codes 2023-04-05
    1 systolic 2023-04-05 142
    1 systolic 2023-04-05 138
    1 diastolic 2023-04-05 91
    1 anticoagulants 2023-04-05 to 2023-05-02
    2 systolic 2024-02-29 120
"""


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return write_shard(tmp_path / "shard", CODE_LISTS, people="1 1950-03\n2 1960-01\n3 1970-12", events=EVENTS)


def read(shard: Path, code_lists: Mapping[str, CodeList] = CODE_LISTS) -> Mapping[str, Dated]:
    return read_events(shard, NAMES, code_lists).of


@pytest.fixture
def lock_the_tables(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once called, whoever reads people and events reads prepared ones."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a table is read")

    return lambda: monkeypatch.setattr(pq, "read_table", refuse)


def assert_same(one: Mapping[str, Dated], other: Mapping[str, Dated]) -> None:
    assert one.keys() == other.keys()
    for name in one:
        for column in ("row", "day", "end", "value"):
            np.testing.assert_array_equal(getattr(one[name], column), getattr(other[name], column), strict=True)


def test_prepared_events_are_those_of_the_tables(shard: Path, lock_the_tables: Callable[[], None]) -> None:
    of_tables = read(shard)
    prepare_shard(shard, LISTS)
    lock_the_tables()
    assert_same(of_tables, read(shard))


def test_prepared_people_are_those_of_the_tables(shard: Path, lock_the_tables: Callable[[], None]) -> None:
    of_tables = read_people(shard)
    prepare_shard(shard, [])
    lock_the_tables()
    prepared = read_prepared_people(shard)
    for column in ("person_id", "birth", "sex", "ethnicity", "death"):
        np.testing.assert_array_equal(getattr(prepared, column), getattr(of_tables, column), strict=True)
    for stays in ("registrations", "residences"):
        for column in ("row", "start", "end", "where", "names"):
            one, other = getattr(prepared, stays), getattr(of_tables, stays)
            np.testing.assert_array_equal(getattr(one, column), getattr(other, column))


def test_what_is_not_prepared_is_read_from_the_tables(shard: Path) -> None:
    of_tables = read(shard)
    prepare_shard(shard, LISTS[:2])
    assert read_prepared(shard, LISTS).keys() == set(NAMES[:2])
    assert_same(of_tables, read(shard))


def test_a_list_with_other_codes_or_another_unit_is_prepared_anew(
    shard: Path, lock_the_tables: Callable[[], None]
) -> None:
    prepare_shard(shard, LISTS)
    fewer = replace(CODE_LISTS["af_codes"], rows=CODE_LISTS["af_codes"].rows[1:])
    in_other_unit = replace(CODE_LISTS["systolic"], unit="kg")
    changed = {**CODE_LISTS, "af_codes": fewer, "systolic": in_other_unit}
    assert read_prepared(shard, [fewer, in_other_unit]) == {}
    of_tables = read(shard, changed)
    prepare_shard(shard, [changed[name] for name in NAMES])
    lock_the_tables()
    assert_same(of_tables, read(shard, changed))


def test_what_was_prepared_of_a_table_that_is_another_now_is_not_taken_up(shard: Path) -> None:
    prepare_shard(shard, LISTS)
    for table in ("measurement", "registration"):
        rows = pq.read_table(shard / f"{table}.parquet")
        pq.write_table(rows.slice(0, len(rows) - 1), shard / f"{table}.parquet")
    assert "systolic" not in read_prepared(shard, LISTS)
    assert len(read_prepared_people(shard).registrations.row) == 2
    prepare_shard(shard, LISTS)
    assert len(read_prepared(shard, LISTS)["systolic"].row) == 2
    assert len(read_prepared_people(shard).registrations.row) == 2
    assert len(list((shard / PREPARED).glob("people-*"))) == 1


def test_a_list_that_nobody_asks_about_any_more_is_forgotten(shard: Path) -> None:
    prepare_shard(shard, LISTS[:2])
    prepare_shard(shard, LISTS[2:])
    assert read_prepared(shard, LISTS).keys() == set(NAMES[2:])
    assert len(list((shard / PREPARED).glob("lists-*"))) == 1


def test_nothing_is_done_twice(shard: Path, lock_the_tables: Callable[[], None]) -> None:
    prepare_shard(shard, LISTS)
    before = {path: path.stat().st_mtime_ns for path in (shard / PREPARED).iterdir()}
    lock_the_tables()
    prepare_shard(shard, LISTS)
    assert {path: path.stat().st_mtime_ns for path in (shard / PREPARED).iterdir()} == before


def test_whoever_changes_mapped_events_changes_no_file(shard: Path) -> None:
    prepare_shard(shard, LISTS)
    read(shard)["systolic"].day[:] = 0
    assert read(shard)["systolic"].day.min() > 0
    [file] = (shard / PREPARED).glob("lists-*")
    assert all(array.flags.writeable for array in map_arrays(file).values())


def test_a_full_disk_leaves_nothing_half_written(shard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("placewise.floor.timeline.prepared.write_arrays", fail)
    with pytest.raises(FaultsFound, match="No space left on device"):
        prepare_shard(shard, LISTS)
    assert list((shard / PREPARED).iterdir()) == []


def test_a_table_out_of_order_is_not_prepared(shard: Path) -> None:
    table = pq.read_table(shard / "measurement.parquet")
    pq.write_table(table.take([3, 0, 1, 2]), shard / "measurement.parquet")
    with pytest.raises(ValueError, match=r"measurement\.parquet: it is not sorted"):
        prepare_shard(shard, LISTS)
