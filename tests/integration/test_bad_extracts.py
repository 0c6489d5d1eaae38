"""Bad input at the door and at intake: one clear sentence each, nothing half-written, the last good load in force.

Long, because it is one list: every fault is held against the same good records, and a new one is added here.
"""

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builders.omop import PURPOSE, make_hierarchy, make_plain_declaration, make_tables, write_tables
from builders.records import LINKAGE_KEY, RESTRICTED, Someone, make_declaration, make_number, write_records
from placewise.door.build import make_extract
from placewise.door.contract import SEALED_BYTES, Declaration
from placewise.floor.faults import FaultsFound
from placewise.intake.contract import LoadReport
from placewise.intake.omop.build import load_warehouse
from placewise.intake.omop.definition import read_declaration
from placewise.intake.warehouse import open_warehouse

Spoil = Callable[[dict[str, list]], object]


def load(source: Path, store: Path, declaration: Declaration | None = None, **changes: object) -> LoadReport:
    plain = None if (source / "extract.json").exists() else make_plain_declaration(**changes)
    return load_warehouse(
        source,
        store,
        declaration=declaration or plain,
        hierarchy=make_hierarchy(),
        known_concepts=frozenset({316866, 3004249}),
        real_people=True,
    )


@pytest.fixture(scope="module")
def good_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("good")
    load(write_tables(folder / "tables", make_tables()), folder / "store")
    return folder / "store"


@pytest.fixture
def store(good_store: Path, tmp_path: Path) -> Path:
    """A store with a good load in force."""
    shutil.copytree(good_store, tmp_path / "store")
    return tmp_path / "store"


def find_state(store: Path) -> dict[Path, int]:
    """Every file and folder, with the time each file was last written."""
    return {path: path.stat().st_mtime_ns if path.is_file() else 0 for path in store.rglob("*")}


def refusal(store: Path, attempt: Callable[[], object]) -> str:
    """The one sentence an attempt is refused with; the store is as it was."""
    before = find_state(store)
    with pytest.raises(FaultsFound) as found:
        attempt()
    assert find_state(store) == before
    assert open_warehouse(store, PURPOSE).report.people == 3
    (fault,) = found.value.faults
    assert "\n" not in str(fault)
    return str(fault)


def send(tmp_path: Path, spoil: Spoil, suffix: str = ".parquet") -> Path:
    tables: dict[str, list] = make_tables()
    spoil(tables)
    return write_tables(tmp_path / "bad", tables, suffix)


def make_small_extract(tmp_path: Path, purpose: str = PURPOSE) -> Path:
    records = write_records(tmp_path / "records", [Someone(make_number(0)), Someone(make_number(1))])
    make_extract(
        records.folder,
        tmp_path / "extract",
        declaration=make_declaration(purpose),
        practice_keys=records.practice_keys,
        linkage_key=LINKAGE_KEY,
        restricted_concepts=frozenset({RESTRICTED}),
        restricted_status="published",
    )
    return tmp_path / "extract"


def test_a_truncated_parquet(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    whole = (source / "measurement.parquet").read_bytes()
    (source / "measurement.parquet").write_bytes(whole[: len(whole) // 2])
    told = refusal(store, lambda: load(source, store))
    assert "measurement.parquet: it is not a whole Parquet file: it is cut short or damaged; send it again." in told


def test_a_parquet_damaged_in_its_middle(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    whole = bytearray((source / "measurement.parquet").read_bytes())
    whole[4:120] = bytes(116)
    (source / "measurement.parquet").write_bytes(whole)
    assert "measurement.parquet: it is damaged" in refusal(store, lambda: load(source, store))


def test_an_extract_changed_after_the_door(tmp_path: Path, store: Path) -> None:
    extract = make_small_extract(tmp_path)
    changed = pq.read_table(extract / "condition_occurrence.parquet")
    pq.write_table(changed, extract / "condition_occurrence.parquet", compression="none")
    assert "it is not the file that left the door" in refusal(store, lambda: load(extract, store))


def test_an_extract_that_lacks_a_file(tmp_path: Path, store: Path) -> None:
    extract = make_small_extract(tmp_path)
    (extract / "measurement.parquet").unlink()
    told = refusal(store, lambda: load(extract, store))
    assert "measurement.parquet: the manifest lists it and it is missing" in told


def test_a_csv_line_with_one_value_too_many(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables(), ".csv")
    lines = (source / "measurement.csv").read_text().splitlines()
    lines[2] = lines[2].replace("3004249", "3004249,")
    (source / "measurement.csv").write_text("\n".join(lines) + "\n")
    told = refusal(store, lambda: load(source, store))
    assert "measurement.csv, line 3: it has 7 columns where the header has 6: a column is shifted or lost" in told


def test_a_csv_whose_columns_have_moved_by_one(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables(), ".csv")
    header, *lines = (source / "condition_occurrence.csv").read_text().splitlines()
    moved = [f"{line.split(',')[-1]},{line.rsplit(',', 1)[0]}" for line in lines]
    (source / "condition_occurrence.csv").write_text("\n".join([header, *moved]) + "\n")
    told = refusal(store, lambda: load(source, store))
    assert "line 2: condition_start_date is not a date, and so in 3 of 3 rows: a column is shifted" in told


def test_a_compressed_csv_cut_short(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables(), ".csv.gz")
    whole = (source / "measurement.csv.gz").read_bytes()
    (source / "measurement.csv.gz").write_bytes(whole[: len(whole) - 12])
    assert "measurement.csv.gz: it is cut short or damaged" in refusal(store, lambda: load(source, store))


def test_columns_missing_and_columns_nobody_knows(tmp_path: Path, store: Path) -> None:
    def rename(tables: dict[str, list]) -> None:
        for row in tables["measurement"]:
            row["measured_on"] = row.pop("measurement_date")

    source = send(tmp_path, rename)
    with pytest.raises(FaultsFound) as found:
        load(source, store)
    missing, extra = found.value.faults
    assert "it lacks the column measurement_date" in str(missing)
    assert "know no column measured_on" in str(extra)


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("condition_source_value", [make_number(n) for n in range(3)], "holds NHS numbers"),
        ("condition_source_value", ["seen 999 000 0018 at home", "", ""], "holds NHS numbers"),
        ("condition_occurrence_id", [int(make_number(n)) for n in range(3)], "holds NHS numbers"),
        ("condition_source_value", ["LS1 4AP", "LS2 9JT", "BD1 1HY"], "holds postcodes"),
        ("condition_source_value", ["LS14AP", "LS29JT", "BD11HY"], "holds postcodes"),
        (
            "condition_source_value",
            [f"Told {n} times that the chest hurts when she climbs the stairs" for n in range(3)],
            "holds free text",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_anything_that_identifies_a_person(
    tmp_path: Path, store: Path, column: str, values: list, told: str, suffix: str
) -> None:
    def spoil(tables: dict[str, list]) -> None:
        for row, value in zip(tables["condition_occurrence"], values, strict=True):
            row[column] = value

    source = send(tmp_path, spoil, suffix)
    assert f"condition_occurrence{suffix}: column {column} {told}" in refusal(store, lambda: load(source, store))


def test_a_full_date_of_birth(tmp_path: Path, store: Path) -> None:
    source = send(tmp_path, lambda tables: [row.update(day_of_birth=17) for row in tables["person"]])
    told = refusal(store, lambda: load(source, store))
    assert "person.parquet: column day_of_birth holds the full date of birth" in told


def test_an_invented_birthday_is_borne_and_not_kept(tmp_path: Path) -> None:
    source = send(tmp_path, lambda tables: tables["person"][0].update(day_of_birth=17, year_of_birth=1700))
    load(source, tmp_path / "store", synthetic=True)
    warehouse = open_warehouse(tmp_path / "store", PURPOSE)
    rejected = pq.read_table(warehouse.folder / "rejected" / "person.parquet")
    assert "day_of_birth" not in rejected.column_names
    assert "year_of_birth" in rejected.column_names


@pytest.mark.parametrize(
    ("table", "column", "written"),
    [
        ("person", "person_source_value", "Ann Ames"),
        ("person", "person_source_value", "Ames"),
        ("observation", "value_as_string", "lives alone"),
        ("care_site", "care_site_name", "Oak House"),
        ("provider", "provider_name", "Dr Ames"),
    ],
)
def test_words_where_codes_alone_may_stand(tmp_path: Path, store: Path, table: str, column: str, written: str) -> None:
    known = {
        "care_site": {"care_site_id": 1, "care_site_source_value": "P1"},
        "observation": {"person_id": 1, "observation_concept_id": 1, "observation_date": date(2020, 1, 1)},
        "provider": {"provider_id": 1},
    }

    def write(tables: dict[str, list]) -> None:
        for row in tables.setdefault(table, [known.get(table, {})]):
            row[column] = written

    told = refusal(store, lambda: load(send(tmp_path, write), store))
    assert f"{table}.parquet: column {column} holds words where codes alone may stand; have it removed" in told


def test_a_rejected_row_keeps_nothing_that_the_source_wrote_beside_the_pseudonym(tmp_path: Path) -> None:
    late = {"condition_start_date": date(2031, 1, 1), "condition_source_value": "Oak House", "stop_reason": "Dr Ames"}
    source = send(
        tmp_path,
        lambda tables: (
            tables["condition_occurrence"][0].update(late),
            tables["person"][1].update(person_source_value="c0ffee-17", year_of_birth=1700),
        ),
    )
    load(source, tmp_path / "store", synthetic=True)
    rejected = open_warehouse(tmp_path / "store", PURPOSE).folder / "rejected"
    (row, *_) = pq.read_table(rejected / "condition.parquet").to_pylist()
    assert list(row) == ["row_number", "person_id", "condition_start_date", "condition_concept_id", "reason"]
    assert row["reason"] == "the date lies after the extract"
    assert "person_source_value" not in pq.read_schema(rejected / "person.parquet").names
    assert "year_of_birth" in pq.read_schema(rejected / "person.parquet").names


def test_an_address(tmp_path: Path, store: Path) -> None:
    row = {"location_id": 1, "location_source_value": "E1", "address_1": "1 High Street", "zip": None}
    source = send(tmp_path, lambda tables: tables.update(location=[row]))
    assert "location.parquet: column address_1 holds addresses" in refusal(store, lambda: load(source, store))


def test_practices_in_a_source_declared_to_know_none(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    told = refusal(store, lambda: load(source, store, declares_practices=False))
    assert "registration.parquet: it names practices, though the source is declared to know none" in told


def test_notes(tmp_path: Path, store: Path) -> None:
    source = send(tmp_path, lambda tables: tables.update(note=[{"note_id": 1, "note_text": "short"}]))
    assert "note.parquet: it holds free text" in refusal(store, lambda: load(source, store))


def test_identities_that_are_not_sealed(tmp_path: Path, store: Path) -> None:
    bare = {"person_id": 1, "practice": "P1", "sealed": make_number(0).encode(), "key_id": "0"}
    source = send(tmp_path, lambda tables: tables.update(sealed_identity=[bare]))
    assert "column sealed holds identities that are not sealed" in refusal(store, lambda: load(source, store))


@pytest.mark.parametrize(
    ("made_for", "labelled", "told"),
    [
        (
            "direct_care",
            PURPOSE,
            "the opt-outs applied to it are none, and the purpose population_health_planning needs",
        ),
        ("risk_stratification", PURPOSE, "applied to it are type_1, and the purpose population_health_planning needs"),
        (PURPOSE, "direct_care", "applied to it are type_1 and national, and the purpose direct_care needs none"),
    ],
)
def test_an_extract_made_for_one_purpose_cannot_pass_for_another(
    tmp_path: Path, store: Path, made_for: str, labelled: str, told: str
) -> None:
    extract = make_small_extract(tmp_path, made_for)
    manifest = json.loads((extract / "extract.json").read_text(encoding="utf-8"))
    (extract / "extract.json").write_text(json.dumps(manifest | {"purpose": labelled}), encoding="utf-8")
    assert told in refusal(store, lambda: load(extract, store))


def test_a_folder_that_did_not_pass_the_door_says_which_opt_outs_were_applied(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    told = refusal(store, lambda: load(source, store, opt_outs_applied=("national",)))
    assert "the opt-outs applied to it are national, and the purpose population_health_planning needs type_1" in told


def test_records_whose_retention_date_has_passed(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    past = {"extracted_on": date(2020, 1, 1), "retention_until": date(2021, 1, 31)}
    told = refusal(store, lambda: load(source, store, **past))
    assert "these data might be kept until 31 January 2021 and no longer; delete them, or load an extract" in told


def test_sealed_numbers_where_nobody_is_to_be_named(tmp_path: Path, store: Path) -> None:
    sealed = {"person_id": 1, "practice": "P1", "sealed": bytes(SEALED_BYTES), "key_id": "0"}
    source = send(tmp_path, lambda tables: tables.update(sealed_identity=[sealed]))
    told = refusal(store, lambda: load(source, store))
    assert "it holds sealed NHS numbers, and the purpose population_health_planning names nobody" in told


def test_a_declaration_that_says_too_little(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    file = tmp_path / "declaration.yaml"
    file.write_text(
        "source: general_practice\npurpose: population_health_planning\ncdm_version: '5.4'\n"
        "extracted_on: 2026-04-01\ndeclares_practices: true\nsynthetic: false\n"
    )
    told = refusal(store, lambda: load(source, store, read_declaration(file)))
    lacking = "the declaration lacks legal basis, controller, retention date and word on which opt-outs are applied"
    assert f"{lacking}; state it" in told
    undeclared = refusal(
        store,
        lambda: load_warehouse(
            source, store, declaration=None, hierarchy=None, known_concepts=frozenset(), real_people=True
        ),
    )
    assert "it has no declaration of purpose, legal basis, controller and retention date" in undeclared


def test_a_purpose_that_would_leave_the_store(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "bad", make_tables())
    assert "the purpose `../elsewhere` is not known" in refusal(
        store, lambda: load(source, store, purpose="../elsewhere")
    )


@pytest.mark.parametrize(
    ("practice", "told"),
    [("P9", "practice P9 (1 people) is not in the deployment"), ("P3", "practice P3 (1 people) belongs to no system")],
)
def test_a_practice_without_a_place(tmp_path: Path, store: Path, practice: str, told: str) -> None:
    source = send(tmp_path, lambda tables: tables["registration"][2].update(practice=practice))
    assert told in refusal(store, lambda: load(source, store))


def test_dates_in_2099_are_set_aside_and_told(tmp_path: Path, store: Path) -> None:
    source = send(tmp_path, lambda tables: tables["measurement"][1].update(measurement_date=date(2099, 1, 1)))
    report = load(source, store)
    (measurement,) = [table for table in report.tables if table.table == "measurement"]
    assert (measurement.rows_in, measurement.rows_kept) == (3, 2)
    assert measurement.rejected == {"the date lies after the extract": 1}
    (row,) = pq.read_table(open_warehouse(store, PURPOSE).folder / "rejected" / "measurement.parquet").to_pylist()
    assert (row["row_number"], row["reason"]) == (2, "the date lies after the extract")
    assert row["value_as_number"] == 140.5


def test_a_person_without_a_practice_is_set_aside_with_all_their_events(tmp_path: Path, store: Path) -> None:
    source = send(tmp_path, lambda tables: tables["registration"].pop())
    report = {table.table: table.rejected for table in load(source, store).tables}
    assert report["person"] == {"the person has no practice, though the source declares practices": 1}
    nobody = {"the person is not in the table person, or was set aside there": 1}
    assert report["condition"] == report["measurement"] == report["observation_period"] == nobody


def test_a_duplicate_nhs_number_stops_at_the_door(tmp_path: Path, store: Path) -> None:
    twice = [Someone(make_number(0)), Someone(make_number(1)), Someone(make_number(0))]
    records = write_records(tmp_path / "records", twice)

    def through_the_door() -> None:
        make_extract(
            records.folder,
            tmp_path / "extract",
            declaration=make_declaration(PURPOSE),
            practice_keys=records.practice_keys,
            linkage_key=LINKAGE_KEY,
            restricted_concepts=frozenset({RESTRICTED}),
            restricted_status="published",
        )

    assert "rows 1 and 3 have the same NHS number" in refusal(store, through_the_door)
    assert not list(tmp_path.glob("extract*"))


FULL_DISK = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from builders.omop import make_hierarchy, make_plain_declaration
from placewise.floor.faults import FaultsFound
from placewise.intake.omop.build import load_warehouse

resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    load_warehouse(Path({source!r}), Path({store!r}), declaration=make_plain_declaration(),
                   hierarchy=make_hierarchy(), known_concepts=frozenset(), real_people=True)
except FaultsFound as found:
    print(found)
    sys.exit(3)
"""


FULL_DISK_AT_THE_DOOR = """
import resource, sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from builders.records import LINKAGE_KEY, RESTRICTED, make_declaration
from placewise.door.build import make_extract
from placewise.floor.faults import FaultsFound

resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))
try:
    make_extract(Path({records!r}), Path({extract!r}), declaration=make_declaration(), linkage_key=LINKAGE_KEY,
                 practice_keys=Path({records!r}) / "practice_keys", restricted_concepts=frozenset({{RESTRICTED}}),
                 restricted_status="published")
except FaultsFound as found:
    print(found)
    sys.exit(3)
"""


def test_a_full_disk_at_the_door_leaves_nothing(tmp_path: Path, root: Path) -> None:
    write_records(tmp_path / "records", [Someone(make_number(0))])
    names = {"records": str(tmp_path / "records"), "extract": str(tmp_path / "extract"), "tests": str(root / "tests")}
    script = FULL_DISK_AT_THE_DOOR.format(**names)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert "extract: it could not be written (" in done.stdout
    assert list(tmp_path.iterdir()) == [tmp_path / "records"]


@pytest.mark.parametrize("limit", [0, 1_000, 40_000])
def test_a_full_disk_leaves_the_last_good_load_in_force(tmp_path: Path, store: Path, limit: int, root: Path) -> None:
    def many(tables: dict[str, list]) -> None:
        row = tables["measurement"][0]
        tables["measurement"] = [
            row | {"measurement_id": n, "value_as_number": float(n * 7919 % 10007)} for n in range(40_000)
        ]

    source = send(tmp_path, many)
    before = find_state(store)
    script = FULL_DISK.format(tests=str(root / "tests"), limit=limit, source=str(source), store=str(store))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    assert "it could not be written (" in done.stdout
    assert len(done.stdout.strip().splitlines()) == 1
    assert find_state(store) == before
    assert open_warehouse(store, PURPOSE).report.people == 3
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    assert load(source, store).people == 3
    assert json.loads((open_warehouse(store, PURPOSE).folder / "load.json").read_text())["people"] == 3


def test_records_of_real_people_wait_for_live_use(tmp_path: Path, store: Path) -> None:
    source = write_tables(tmp_path / "real", make_tables())
    real = replace(make_plain_declaration(), synthetic=False)
    told = refusal(
        store,
        lambda: load_warehouse(source, store, declaration=real, hierarchy=None, known_concepts=frozenset()),
    )
    assert "its records are of real people, and live use is not recorded here" in told
