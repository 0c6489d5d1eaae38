"""From extract to Warehouse: whole people in shards, every row accounted for, nobody named."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.omop import PURPOSE, make_hierarchy, make_plain_declaration, make_tables, write_tables
from builders.records import (
    HYPERTENSION,
    LINKAGE_KEY,
    RESTRICTED,
    SYSTOLIC,
    OptOut,
    Someone,
    make_declaration,
    make_number,
    write_records,
)
from placewise.door.build import make_extract
from placewise.door.identity import make_pseudonyms
from placewise.floor.faults import FaultsFound
from placewise.intake.checks import check_warehouse
from placewise.intake.contract import NO_CONCEPT, PRACTICE_NOT_RECORDED, SHARD_TABLES, LoadReport
from placewise.intake.omop import shards
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import Warehouse, open_warehouse

KNOWN = frozenset({HYPERTENSION, SYSTOLIC})


def load(source: Path, store: Path, **changes: object) -> LoadReport:
    plain = None if (source / "extract.json").exists() else make_plain_declaration(**changes)
    return load_warehouse(
        source, store, declaration=plain, hierarchy=make_hierarchy(), known_concepts=KNOWN, real_people=True
    )


def read(warehouse: Warehouse, table: str) -> list[dict]:
    return pa.concat_tables(warehouse.read(shard, table) for shard in warehouse.shard_folders).to_pylist()


def open_planning(store: Path) -> Warehouse:
    return open_warehouse(store, PURPOSE)


def pass_door(tmp_path: Path, people: list[Someone], purpose: str, opt_outs: tuple[OptOut, ...] = ()) -> Path:
    records = write_records(tmp_path / "records", people, opt_outs)
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


def test_every_table_of_every_shard_has_the_types_of_the_contract(tmp_path: Path) -> None:
    load(write_tables(tmp_path / "omop", make_tables()), tmp_path / "store")
    (shard,) = open_planning(tmp_path / "store").shard_folders
    for table, schema in SHARD_TABLES.items():
        assert pq.read_schema(shard / f"{table}.parquet").equals(schema), table


def test_no_nhs_number_stands_anywhere_in_the_warehouse(tmp_path: Path) -> None:
    numbers = [make_number(position) for position in range(20)]
    people = [Someone(number, conditions=[(HYPERTENSION, date(2020, 1, 1))]) for number in numbers]
    extract = pass_door(tmp_path, people, "direct_care")
    load(extract, tmp_path / "store")
    held = b"".join(path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    for number in numbers:
        assert number.encode() not in held
        assert int(number).to_bytes(8, "little") not in held
    assert open_warehouse(tmp_path / "store", "direct_care").sealed_identity.num_rows == 20


def test_a_person_who_moves_is_one_person_with_two_spells(tmp_path: Path) -> None:
    number = make_number(0)
    spells = [("P1", date(2015, 1, 1), date(2021, 6, 30)), ("P2", date(2021, 6, 30), None)]
    events = [(HYPERTENSION, date(2018, 1, 1)), (HYPERTENSION, date(2024, 1, 1))]
    load(pass_door(tmp_path, [Someone(number, spells=spells, conditions=events)], PURPOSE), tmp_path / "store")
    warehouse = open_planning(tmp_path / "store")
    (pseudonym,) = make_pseudonyms([number], LINKAGE_KEY).tolist()
    assert [row["practice"] for row in read(warehouse, "registration")] == ["P1", "P2"]
    for table in ("person", "registration", "condition"):
        assert {row["person_id"] for row in read(warehouse, table)} == {pseudonym}


def test_the_list_of_direct_care_is_the_count_of_planning_and_the_opted_out(tmp_path: Path) -> None:
    people = [Someone(make_number(position)) for position in range(5)]
    opt_outs = (OptOut(make_number(1), "type_1"), OptOut(make_number(3), "national"))
    counts = {}
    for purpose in ("direct_care", PURPOSE):
        extract = pass_door(tmp_path / purpose, people, purpose, opt_outs)
        counts[purpose] = load(extract, tmp_path / "store").people
    assert counts == {"direct_care": 5, PURPOSE: 3}


def test_csv_and_parquet_give_the_same_warehouse(tmp_path: Path) -> None:
    held = []
    for suffix in (".parquet", ".csv", ".csv.gz"):
        folder = tmp_path / suffix.strip(".")
        load(write_tables(folder / "omop", make_tables(), suffix), folder / "store")
        warehouse = open_planning(folder / "store")
        held.append({table: read(warehouse, table) for table in SHARD_TABLES})
    assert held[0] == held[1] == held[2]
    assert held[0]["measurement"][0] == {
        "person_id": 1, "concept_id": SYSTOLIC, "date": date(2020, 5, 1), "value": 140.5, "unit_concept_id": 8876,
    }  # fmt: skip


@pytest.mark.parametrize(("sent", "kept"), [({"unit_concept_id": 9529}, 9529), ({"unit_concept_id": None}, 0), ({}, 0)])
def test_a_value_keeps_its_unit_and_none_is_unit_0(tmp_path: Path, sent: dict[str, object], kept: int) -> None:
    observed = {"observation_id": 1, "person_id": 1, "observation_concept_id": SYSTOLIC,
                "observation_date": date(2020, 5, 1), "value_as_number": 81.5}  # fmt: skip
    load(write_tables(tmp_path / "omop", make_tables() | {"observation": [observed | sent]}), tmp_path / "store")
    [row] = read(open_planning(tmp_path / "store"), "observation")
    assert (row["value"], row["unit_concept_id"]) == (81.5, kept)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"visit_end_date": date(2020, 5, 9)}, date(2020, 5, 9)),
        ({"visit_end_date": None}, date(2020, 5, 1)),
        ({}, date(2020, 5, 1)),
    ],
)
def test_a_stay_keeps_its_last_day_and_a_visit_without_one_is_of_one_day(
    tmp_path: Path, sent: dict[str, object], kept: date
) -> None:
    visited = {"visit_occurrence_id": 1, "person_id": 1, "visit_concept_id": 9202, "visit_start_date": date(2020, 5, 1)}
    load(write_tables(tmp_path / "omop", make_tables() | {"visit_occurrence": [visited | sent]}), tmp_path / "store")
    [row] = read(open_planning(tmp_path / "store"), "visit")
    assert (row["date"], row["end_date"]) == (date(2020, 5, 1), kept)


def test_the_same_extract_is_the_same_load_and_loading_it_again_does_nothing(tmp_path: Path) -> None:
    source = write_tables(tmp_path / "omop", make_tables())
    first = load(source, tmp_path / "store")
    other = make_tables()
    other["measurement"].pop()
    second = load(write_tables(tmp_path / "other", other), tmp_path / "store")
    assert first.load != second.load
    told: list[str] = []
    again = load_warehouse(
        source,
        tmp_path / "store",
        declaration=make_plain_declaration(),
        hierarchy=make_hierarchy(),
        known_concepts=KNOWN,
        real_people=True,
        progress=lambda doing, share: told.append(doing),
    )
    assert again == first
    assert told[-1] == f"This extract is loaded already, as {first.load}: nothing to do"
    assert open_planning(tmp_path / "store").report == first


def test_shards_hold_whole_people_sorted_and_change_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = make_tables()
    rng = np.random.default_rng(1)
    for name in ("person", "observation_period", "registration"):
        tables[name] = [tables[name][0] | {"person_id": key} for key in range(1, 41)]
    tables["measurement"] = [
        {"measurement_id": number, "person_id": int(person), "measurement_concept_id": int(concept),
         "measurement_date": date(2020, 1, int(day)), "value_as_number": float(number), "unit_concept_id": 0}
        for number, (person, concept, day) in enumerate(
            zip(rng.integers(1, 41, 500), rng.choice([SYSTOLIC, 3012888], 500), rng.integers(1, 29, 500), strict=True)
        )
    ]  # fmt: skip
    tables.pop("condition_occurrence")
    source = write_tables(tmp_path / "omop", tables)
    load(source, tmp_path / "one")
    monkeypatch.setattr(shards, "PEOPLE_IN_A_SHARD", 10)
    assert load(source, tmp_path / "four").shards == 4
    one, four = open_planning(tmp_path / "one"), open_planning(tmp_path / "four")
    places: dict[int, Path] = {}
    for shard in four.shard_folders:
        rows = four.read(shard, "measurement", ["person_id", "date", "concept_id"]).to_pylist()
        keys = [(row["person_id"], row["date"], row["concept_id"]) for row in rows]
        assert keys == sorted(keys)
        for row in rows:
            assert places.setdefault(row["person_id"], shard) == shard
    by_value = sorted(read(four, "measurement"), key=lambda row: row["value"])
    assert by_value == sorted(read(one, "measurement"), key=lambda row: row["value"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"measurement_date": date(1879, 12, 31)}, "the date lies before 1880"),
        ({"measurement_date": date(1951, 12, 31)}, "the date lies before birth"),
        ({"measurement_date": date(2026, 4, 2)}, "the date lies after the extract"),
        ({"measurement_date": None}, "measurement_date is empty"),
        ({"measurement_concept_id": 2**40}, "measurement_concept_id is not a whole number"),
        ({"value_as_number": float("inf")}, "value_as_number is not a number"),
        ({"person_id": 99}, "the person is not in the table person, or was set aside there"),
    ],
)
def test_each_row_set_aside_has_its_reason(tmp_path: Path, change: dict, reason: str) -> None:
    tables = make_tables()
    tables["measurement"][1].update(change)
    report = {table.table: table for table in load(write_tables(tmp_path / "omop", tables), tmp_path / "store").tables}
    assert report["measurement"].rejected == {reason: 1}
    assert report["measurement"].rows_kept == 2


def test_an_event_after_death_and_an_exact_repeat_are_set_aside(tmp_path: Path) -> None:
    tables = make_tables()
    tables["death"] = [{"person_id": 2, "death_date": date(2019, 1, 1)}]
    tables["condition_occurrence"].append(dict(tables["condition_occurrence"][2]))
    report = {table.table: table for table in load(write_tables(tmp_path / "omop", tables), tmp_path / "store").tables}
    assert report["measurement"].rejected == {"the date lies after death": 1}
    assert report["condition"].rejected == {"the row repeats an earlier one exactly": 1}


def test_codes_that_nothing_knows_are_kept_and_told(tmp_path: Path) -> None:
    tables = make_tables()
    tables["condition_occurrence"][0]["condition_concept_id"] = 0
    tables["condition_occurrence"][1]["condition_concept_id"] = 4711
    report = load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    assert report.unmapped_concepts == {"condition": {"4711": 1, NO_CONCEPT: 1}}
    assert len(read(open_planning(tmp_path / "store"), "condition")) == 3


def test_what_a_source_wrote_beside_a_code_that_is_no_concept_is_never_kept(tmp_path: Path) -> None:
    tables = make_tables()
    for row, written in zip(tables["condition_occurrence"], ("Fell at Oak House", "Asked for Dr Ames"), strict=False):
        row |= {"condition_concept_id": 0, "condition_source_value": written}
    report = load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    assert report.unmapped_concepts == {"condition": {NO_CONCEPT: 2}}
    kept = (path.read_bytes() for path in (tmp_path / "store").rglob("*") if path.is_file())
    assert not any(b"Oak House" in content or b"Dr Ames" in content for content in kept)


def test_sex_and_ethnicity_that_are_not_recorded_stay_so(tmp_path: Path) -> None:
    tables = make_tables()
    for row, (sex, race, category) in zip(
        tables["person"], [(8532, 8515, "M"), (8507, 8515, "Z"), (0, 8515, None)], strict=True
    ):
        row.update(gender_concept_id=sex, race_concept_id=race, race_source_value=category)
    load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    people = read(open_planning(tmp_path / "store"), "person")
    assert [(row["sex"], row["ethnicity"]) for row in people] == [
        ("female", "black"),
        ("male", "not_recorded"),
        ("not_recorded", "asian"),
    ]


@pytest.mark.parametrize(
    ("recorded", "end"),
    [
        ({"drug_exposure_end_date": date(2020, 1, 20), "days_supply": 28}, date(2020, 1, 20)),
        ({"drug_exposure_end_date": None, "days_supply": 28}, date(2020, 1, 29)),
        ({"days_supply": 28}, date(2020, 1, 29)),
        ({"days_supply": 2_000_000_000}, date(2021, 1, 1)),
        ({"days_supply": None}, date(2020, 1, 1)),
        ({}, date(2020, 1, 1)),
    ],
)
def test_a_medicine_ends_when_recorded_or_when_the_supply_runs_out(tmp_path: Path, recorded: dict, end: date) -> None:
    tables = make_tables()
    tables["drug_exposure"] = [
        {
            "drug_exposure_id": 1,
            "person_id": 1,
            "drug_concept_id": 1310149,
            "drug_exposure_start_date": date(2020, 1, 1),
        }
        | recorded
    ]
    load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    assert [row["end_date"] for row in read(open_planning(tmp_path / "store"), "drug")] == [end]


def test_history_is_assumed_where_the_source_has_none(tmp_path: Path) -> None:
    tables = make_tables()
    tables.pop("registration")
    tables["care_site"] = [{"care_site_id": 7, "care_site_source_value": "P2"}]
    tables["location"] = [{"location_id": 8, "location_source_value": "E1"}]
    tables["small_areas"] = [
        {"small_area": "E1", "place": "PLACE", "deprivation_decile": 1, "deprivation_edition": "IMD 2019",
         "geography_edition": "invented"}
    ]  # fmt: skip
    for row in tables["person"]:
        row.update(care_site_id=7, location_id=8)
    tables["observation_period"][0]["observation_period_end_date"] = date(2020, 3, 1)
    report = load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    warehouse = open_planning(tmp_path / "store")
    assert report.history_assumed
    assert [(row["practice"], row["end_date"]) for row in read(warehouse, "registration")] == [
        ("P2", date(2020, 3, 1)),
        ("P2", None),
        ("P2", None),
    ]
    assert {row["small_area"] for row in read(warehouse, "residence")} == {"E1"}
    assert [check.check for check in check_warehouse(warehouse) if not check.passed] == ["history is declared"]


def test_a_source_without_practices_loads_under_practice_not_recorded(tmp_path: Path) -> None:
    tables = make_tables()
    tables.pop("registration")
    source = write_tables(tmp_path / "omop", tables)
    load_warehouse(
        source,
        tmp_path / "store",
        declaration=replace(make_plain_declaration(), declares_practices=False, cdm_version="5.3"),
        hierarchy=None,
        known_concepts=KNOWN,
        real_people=True,
    )
    warehouse = open_planning(tmp_path / "store")
    assert {row["practice"] for row in read(warehouse, "registration")} == {PRACTICE_NOT_RECORDED}
    assert warehouse.report.people == 3


def test_a_spell_that_ends_after_the_extract_is_still_running(tmp_path: Path) -> None:
    tables = make_tables()
    tables["registration"][0]["end_date"] = date(2099, 12, 31)
    tables["registration"][1]["end_date"] = date(2020, 1, 1)
    load(write_tables(tmp_path / "omop", tables), tmp_path / "store")
    ends = [row["end_date"] for row in read(open_planning(tmp_path / "store"), "registration")]
    assert ends == [None, date(2020, 1, 1), None]


def test_tables_that_no_room_asks_for_are_counted(tmp_path: Path) -> None:
    tables = make_tables()
    tables["drug_era"] = [{"drug_era_id": 1, "person_id": 1}]
    assert load(write_tables(tmp_path / "omop", tables), tmp_path / "store").not_loaded == {"drug_era.parquet": 1}


def test_a_load_of_another_version_is_to_be_taken_in_again(tmp_path: Path) -> None:
    load(write_tables(tmp_path / "omop", make_tables()), tmp_path / "store")
    [written] = (tmp_path / "store" / "warehouse").glob("*/*/load.json")
    said = json.loads(written.read_text(encoding="utf-8"))
    del said["layout"]
    written.write_text(json.dumps(said), encoding="utf-8")
    with pytest.raises(FaultsFound, match="another version of Placewise; run `placewise intake`"):
        open_warehouse(tmp_path / "store", PURPOSE)
