"""A source that sends only what has changed: the same cube and call lists as with everything sent again."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from builders.command_line import LINKAGE_KEY, build_once
from builders.monthly_system import write_earlier_records
from builders.sharded_system import PEOPLE_IN_A_SHARD, cube_hash, read_lists, read_sandbox
from placewise import pipeline
from placewise.config import Deployment
from placewise.door.changes import make_changes
from placewise.door.contract import DECLARATION_FILE
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import file_hash, read_json, write_json
from placewise.floor.progress import quiet
from placewise.intake.omop import laying, shards
from placewise.intake.warehouse import open_warehouse
from placewise.pipeline import DIRECT_CARE, PLANNING

PEOPLE = 1_000
PURPOSES = {"planning": PLANNING, "care": DIRECT_CARE}
MONTHS = 3
TELLING_WHERE = ("registration", "residence", "observation_period")


def at(month: int) -> Deployment:
    """The sandbox with the window of a month: 0 is two months before its own."""
    sandbox = read_sandbox()
    return replace(sandbox, window=sandbox.window.earlier(MONTHS - 1 - month))


def pass_and_keep(folder: Path, month: int) -> None:
    """The extracts of a month, and what has changed since those of the month before."""
    records = folder / f"records-{month}"
    if month < MONTHS - 1:
        last_day = at(month).window.month_ends[-1]
        write_earlier_records(folder / f"records-{MONTHS - 1}", records, last_day, months=MONTHS - 1 - month)
    for name, purpose in PURPOSES.items():
        pipeline.pass_door(
            at(month),
            records,
            folder / f"{name}-{month}",
            purpose=purpose,
            linkage_key=bytes.fromhex(LINKAGE_KEY),
            since=folder / f"{name}-{month - 1}" if month else None,
            report=quiet,
        )


def take_in(folder: Path, store: Path, month: int, what: str = "") -> None:
    with patch.object(shards, "PEOPLE_IN_A_SHARD", PEOPLE_IN_A_SHARD):
        for name in PURPOSES:
            pipeline.receive(at(month), folder / f"{name}-{month}{what}", store, None, quiet)


def read_rows_of_lists(store: Path) -> dict[str, pa.Table]:
    """Without the sealed numbers, which are never sealed the same twice."""
    return {
        name: rows.select([each for each in rows.column_names if each != "sealed"])
        for name, rows in read_lists(store).items()
    }


def alter(extract: Path, **tables: Callable[[pa.Table], pa.Table]) -> Path:
    """Tables of an extract written otherwise, and its manifest with them."""
    manifest = read_json(extract / DECLARATION_FILE)
    for table, change in tables.items():
        path = extract / f"{table}.parquet"
        rows = change(pq.read_table(path))
        pq.write_table(rows, path)
        manifest["tables"][table] |= {"rows": len(rows), "sha256": file_hash(path)}
    write_json(extract / DECLARATION_FILE, manifest)
    return extract


def read_ids(extract: Path, table: str) -> set[int]:
    return set(pq.read_table(extract / f"{table}.parquet", columns=["person_id"])["person_id"].to_pylist())


def without(*people: int) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: rows.filter(pc.invert(pc.is_in(rows["person_id"], pa.array(people, pa.int64()))))


def rename(person: int) -> Callable[[pa.Table], pa.Table]:
    """As if it were somebody else."""

    def change(rows: pa.Table) -> pa.Table:
        them = pc.equal(rows["person_id"], person)
        return rows.set_column(0, "person_id", pc.if_else(them, person - 1, rows["person_id"]))

    return change


def turn_sex(rows: pa.Table) -> pa.Table:
    other = pc.if_else(pc.equal(rows["gender_concept_id"], 8507), 8532, 8507)
    place = rows.schema.get_field_index("gender_concept_id")
    return rows.set_column(place, rows.schema.field(place), other.cast(rows.schema.field(place).type))


@pytest.fixture(autouse=True)
def much_may_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few people, a month changes a larger share than of many."""
    monkeypatch.setattr(laying, "LARGEST_SHARE", 1.0)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months of extracts, whole and as changes; `first`, a store built of the whole ones of the first month, and
    `store`, of those of the last."""

    def send(folder: Path) -> None:
        pipeline.synthesise(read_sandbox(), folder / f"records-{MONTHS - 1}", PEOPLE, 1, quiet)
        for month in range(MONTHS):
            pass_and_keep(folder, month)
        for name, month in (("first", 0), ("store", MONTHS - 1)):
            take_in(folder, folder / name, month)
            pipeline.build(at(month), folder / name, quiet)

    return build_once(tmp_path_factory, "changes", send)


@pytest.fixture
def store(sent: Path, tmp_path: Path) -> Path:
    """One's own copy, with the whole extracts of the first month, built."""
    return Path(shutil.copytree(sent / "first", tmp_path / "store"))


@pytest.mark.requirement("S085")
def test_months_of_changes_give_what_a_whole_extract_gives(sent: Path, store: Path) -> None:
    for month in range(1, MONTHS):
        take_in(sent, store, month, ".changes")
        pipeline.build(at(month), store, quiet)
    assert cube_hash(store) == cube_hash(sent / "store")
    assert read_rows_of_lists(store) == read_rows_of_lists(sent / "store")
    warehouse = open_warehouse(store, PLANNING)
    assert len(warehouse.report.changes) == MONTHS - 1
    assert warehouse.report.people == open_warehouse(sent / "store", PLANNING).report.people


def test_changes_hold_less_than_the_whole(sent: Path) -> None:
    rows = [pq.read_metadata(sent / f"planning-1{what}" / "measurement.parquet").num_rows for what in ("", ".changes")]
    assert 0 < rows[1] < rows[0] / 4


def test_where_somebody_is_comes_only_of_whom_has_moved(sent: Path) -> None:
    changes, whole = sent / "planning-1.changes", sent / "planning-1"
    moved = set.union(*(read_ids(changes, table) for table in TELLING_WHERE))
    assert read_ids(changes, "registration") == moved & read_ids(whole, "registration")
    assert 0 < len(moved) < len(read_ids(changes, "person")) / 2
    for table in TELLING_WHERE:
        rows = pq.read_table(whole / f"{table}.parquet")
        of_them = rows.filter(pc.is_in(rows["person_id"], pa.array(sorted(moved), pa.int64())))
        assert sorted(map(str, pq.read_table(changes / f"{table}.parquet").to_pylist())) == sorted(
            map(str, of_them.to_pylist())
        ), f"{table} is told whole of them, and of nobody else"


def test_who_loses_every_registration_is_gone(sent: Path, store: Path, tmp_path: Path) -> None:
    later = Path(shutil.copytree(sent / "planning-1", tmp_path / "planning-1"))
    lost = min(read_ids(later, "registration") & read_ids(sent / "planning-0", "registration"))
    alter(later, registration=without(lost))
    make_changes(later, sent / "planning-0", tmp_path / "planning-1.changes")
    assert lost in read_ids(tmp_path / "planning-1.changes", "replaced")
    with patch.object(shards, "PEOPLE_IN_A_SHARD", PEOPLE_IN_A_SHARD):
        changed = pipeline.receive(at(1), tmp_path / "planning-1.changes", store, None, quiet)
        whole = pipeline.receive(at(1), later, tmp_path / "whole", None, quiet)
    assert changed.people == whole.people == open_warehouse(store, PLANNING).report.people


@pytest.mark.parametrize(
    ("fault", "altered"),
    [
        ("has another sex than before", lambda moved: {"person": turn_sex}),
        ("holds the residence of somebody whose registration", lambda moved: {"registration": without(moved)}),
        (
            "does not say where somebody new is registered",
            lambda moved: {"person": rename(moved)} | dict.fromkeys(TELLING_WHERE, without(moved)),
        ),
    ],
)
def test_changes_that_leave_in_doubt_who_or_where_somebody_is_are_refused(
    sent: Path, store: Path, tmp_path: Path, fault: str, altered: Callable[[int], dict[str, Callable]]
) -> None:
    before, changes = open_warehouse(store, PLANNING).report, sent / "planning-1.changes"
    moved = min(read_ids(changes, "residence") - read_ids(changes, "replaced"))
    sent_otherwise = alter(Path(shutil.copytree(changes, tmp_path / "changes")), **altered(moved))
    told = pytest.raises(FaultsFound, match=f"^{sent_otherwise}: .*{fault}")
    with told, patch.object(shards, "PEOPLE_IN_A_SHARD", PEOPLE_IN_A_SHARD):
        pipeline.receive(at(1), sent_otherwise, store, None, quiet)
    assert open_warehouse(store, PLANNING).report == before


def test_layers_that_have_grown_are_merged(sent: Path, store: Path) -> None:
    with patch.object(laying, "MOST_LAYERS", 0):
        take_in(sent, store, 1, ".changes")
    take_in(sent, store, 2, ".changes")
    pipeline.build(at(2), store, quiet)
    assert cube_hash(store) == cube_hash(sent / "store")
    assert len(open_warehouse(store, PLANNING).report.changes) == 1


def test_merged_shards_say_what_those_of_a_whole_extract_say(sent: Path, store: Path) -> None:
    with patch.object(laying, "MOST_LAYERS", 0):
        for month in (1, 2):
            take_in(sent, store, month, ".changes")
    whole = open_warehouse(sent / "store", DIRECT_CARE)
    merged = open_warehouse(store, DIRECT_CARE)
    for one, other in zip(whole.shard_folders, merged.shard_folders, strict=True):
        for table in ("person", "registration", "residence", "death", "condition", "drug", "visit", "measurement"):
            assert merged.read(other, table) == whole.read(one, table), table


def test_changes_of_another_extract_are_refused(sent: Path, store: Path) -> None:
    before = open_warehouse(store, PLANNING).report
    with pytest.raises(FaultsFound, match="the load in force rests on"):
        take_in(sent, store, 2, ".changes")
    assert open_warehouse(store, PLANNING).report == before


def test_changes_without_a_load_are_refused(sent: Path, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="no load is in force"):
        take_in(sent, tmp_path / "store", 1, ".changes")


def test_the_same_changes_again_do_nothing(sent: Path, store: Path) -> None:
    take_in(sent, store, 1, ".changes")
    before = open_warehouse(store, PLANNING).report
    take_in(sent, store, 1, ".changes")
    assert open_warehouse(store, PLANNING).report == before


def test_either_load_can_be_removed_by_itself(sent: Path, store: Path) -> None:
    first = open_warehouse(store, PLANNING).folder
    for month in (1, 2):
        take_in(sent, store, month, ".changes")
    shutil.rmtree(first)
    pipeline.build(at(2), store, quiet)
    assert cube_hash(store) == cube_hash(sent / "store")
