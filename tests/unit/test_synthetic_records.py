"""Synthetic records are whole, clean and the same each time."""

import hashlib
import json
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from nacl.public import PrivateKey

from placewise.config import read_deployment
from placewise.door.sealing import open_numbers, read_public_keys, seal_numbers
from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.cdm import TABLES
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.synthetic.build import synthesise
from placewise.synthetic.contract import OPT_OUT, REGISTRATION, RESIDENCE, SyntheticManifest

PEOPLE = 3000


def make(root: Path, folder: Path, seed: int = 1, people: int = PEOPLE) -> SyntheticManifest:
    deployment = read_deployment(str(root / "deployments/sandbox"))
    return synthesise(deployment, read_code_lists(root / "codelists"), people, seed, folder)


@pytest.fixture(scope="module")
def records(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "records"
    make(root, folder)
    return folder


@pytest.fixture(scope="module")
def ask(records: Path):
    database = duckdb.connect()
    for file in records.glob("*.parquet"):
        database.execute(f"create view {file.stem} as select * from '{file}'")
    return lambda query: database.sql(query).fetchall()


def hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(root: Path, records: Path, tmp_path: Path) -> None:
    make(root, tmp_path / "again")
    make(root, tmp_path / "other", seed=2)
    assert hashes(tmp_path / "again") == hashes(records)
    assert hashes(tmp_path / "other")["person.parquet"] != hashes(records)["person.parquet"]


def test_readings_begin_before_the_window_so_that_its_first_year_is_level(root: Path, ask) -> None:
    """Of those with high blood pressure as many were measured in the 12 months to its first month's end as later."""
    lists = read_code_lists(root / "codelists")
    high, taken = (lists[name].concept_ids for name in ("hypertension_codes", "systolic"))

    def measured(day: str) -> float:
        here = f"date '{day}' between registration_start_date and coalesce(registration_end_date, date '{day}')"
        [(share,)] = ask(
            f"""
            select avg((person_id in (
                select person_id from measurement where measurement_concept_id in {tuple(taken)}
                and measurement_date > date '{day}' - interval 1 year and measurement_date <= date '{day}'
            ))::int)
            from (select distinct person_id from registration where {here}) semi join (
                select person_id from condition_occurrence
                where condition_concept_id in {tuple(high)} and condition_start_date <= date '{day}'
            ) using (person_id)
            """
        )
        return float(share)

    assert measured("2023-04-30") == pytest.approx(measured("2024-04-30"), abs=0.05)


def test_every_table_has_the_columns_of_its_model(records: Path) -> None:
    extensions = {"registration": REGISTRATION, "residence": RESIDENCE, "opt_out": OPT_OUT}
    for table, schema in (TABLES | extensions).items():
        assert pq.read_schema(records / f"{table}.parquet").equals(schema), table


def test_the_manifest_counts_every_row(records: Path) -> None:
    manifest = json.loads((records / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == {
        path.stem: pq.read_metadata(path).num_rows for path in sorted(records.glob("*.parquet"))
    }
    assert {each["kind"] for each in manifest["planted"]} == {
        "treatment_gap", "outlying_practice", "falling_measurement", "true_improvement", "none", "found_twice",
            "coding_drive",
    }  # fmt: skip


EVENTS = {
    "condition_occurrence": "condition_start_date",
    "drug_exposure": "drug_exposure_end_date",
    "measurement": "measurement_date",
    "procedure_occurrence": "procedure_date",
    "observation": "observation_date",
    "visit_occurrence": "visit_end_date",
}


@pytest.mark.parametrize(("table", "day"), EVENTS.items())
def test_nothing_happens_before_birth_or_after_the_last_day(ask, table: str, day: str) -> None:
    [(early, late)] = ask(
        f"""select count(*) filter ({day} < make_date(year_of_birth, month_of_birth, day_of_birth)),
                   count(*) filter ({day} > observation_period_end_date)
            from {table} join person using (person_id) join observation_period using (person_id)"""
    )
    assert (early, late) == (0, 0)


@pytest.mark.parametrize("table", EVENTS)
def test_events_come_person_by_person_in_order_of_days(records: Path, table: str) -> None:
    day = next(name for name in pq.read_schema(records / f"{table}.parquet").names if name.endswith("_date"))
    rows = pq.read_table(records / f"{table}.parquet", columns=["person_id", day])
    pairs = list(zip(rows["person_id"].to_pylist(), rows[day].to_pylist(), strict=True))
    assert pairs == sorted(pairs)


def test_who_died_is_registered_no_longer(ask) -> None:
    assert ask("select count(*) > 0 from death") == [(True,)]
    assert ask(
        """select count(*) from death join (
               select person_id, max(coalesce(registration_end_date, '9999-01-01')) as ended
               from registration group by 1)
           using (person_id) where ended <> death_date"""
    ) == [(0,)]


@pytest.mark.parametrize("table", ["registration", "residence"])
def test_each_person_is_in_one_place_at_a_time_without_a_gap(ask, table: str) -> None:
    assert ask(
        f"""select count(*) from (
                select {table}_start_date as start, lag({table}_end_date) over person as ended,
                       row_number() over person as turn
                from {table} window person as (partition by person_id order by {table}_start_date))
            where turn > 1 and (ended is null or start <> ended + 1)"""
    ) == [(0,)]
    assert ask(f"select count(*) > {PEOPLE} from {table}") == [(True,)], "some moved"


def test_people_registered_at_the_end_are_as_many_as_asked_for(ask) -> None:
    assert ask("select count(*) from registration where registration_end_date is null") == [(PEOPLE,)]


def test_some_people_opted_out_and_some_have_restricted_codes(ask, root: Path) -> None:
    kinds = dict(ask("select kind, count(*) / (select count(*) from person) from opt_out group by 1"))
    assert kinds["type_1"] == pytest.approx(0.03, abs=0.012)
    assert kinds["national"] == pytest.approx(0.05, abs=0.015)
    restricted = ", ".join(map(str, read_code_lists(root / "codelists")["restricted_codes"].concept_ids))
    [(rows,)] = ask(f"select count(*) from observation where observation_concept_id in ({restricted})")
    assert rows > 0


def test_a_sealed_number_opens_with_the_practices_key(records: Path) -> None:
    code, public = next(iter(read_public_keys(records / "practice_keys").items()))
    key = bytes.fromhex((records / "practice_keys" / f"{code}.key").read_text().strip())
    assert open_numbers(seal_numbers(["9990000018"], [code], {code: public}), PrivateKey(key)) == ["9990000018"]


def test_records_are_never_written_over(root: Path, records: Path) -> None:
    with pytest.raises(FaultsFound, match="this folder exists already"):
        make(root, records)


def test_too_few_people_are_refused(root: Path, tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="20 people are too few for practices' lists; ask for 500 or more"):
        make(root, tmp_path / "few", people=20)
    assert not (tmp_path / "few").exists()
