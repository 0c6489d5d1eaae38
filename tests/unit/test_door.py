"""The door: who passes, under which purpose, and what never does."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from builders.records import (
    HYPERTENSION,
    LINKAGE_KEY,
    RESTRICTED,
    OptOut,
    Records,
    Someone,
    make_declaration,
    make_number,
    write_records,
)
from placewise.door.build import make_extract
from placewise.door.contract import DoorReport
from placewise.door.definition import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from placewise.door.identity import make_pseudonyms, read_linkage_key
from placewise.door.sealing import open_numbers
from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.cdm import TABLES

ANN, BOB, CAT = (make_number(position) for position in range(3))


def open_door(records: Records, extract: Path, purpose: str = "direct_care", **changes: object) -> DoorReport:
    return make_extract(
        records.folder,
        extract,
        declaration=make_declaration(purpose, **changes),
        practice_keys=records.practice_keys,
        linkage_key=LINKAGE_KEY,
        restricted_concepts=frozenset({RESTRICTED}),
        restricted_status="published",
    )


def rows(extract: Path, table: str) -> list[dict]:
    return pq.read_table(extract / f"{table}.parquet").to_pylist()


@pytest.mark.parametrize(
    ("purpose", "kept_back"),
    [
        ("direct_care", set()),  # neither opt-out touches a patient's own care
        ("risk_stratification", {ANN}),  # the record leaves the practice before care is decided: Type 1 applies
        ("population_health_planning", {ANN, BOB}),
    ],
)
def test_opt_outs_follow_from_the_declared_purpose(tmp_path: Path, purpose: str, kept_back: set[str]) -> None:
    people = [Someone(number) for number in (ANN, BOB, CAT)]
    records = write_records(tmp_path / "records", people, [OptOut(ANN, "type_1"), OptOut(BOB, "national")])
    report = open_door(records, tmp_path / "extract", purpose)
    expected = make_pseudonyms([each for each in (ANN, BOB, CAT) if each not in kept_back], LINKAGE_KEY)
    assert {row["person_id"] for row in rows(tmp_path / "extract", "person")} == set(expected)
    assert report.opted_out == len(kept_back)
    assert "opted_out" not in (tmp_path / "extract" / "extract.json").read_text()


def test_an_opt_out_counts_from_its_date_and_also_after_the_day_of_the_data(tmp_path: Path) -> None:
    since_the_data = OptOut(ANN, "type_1", since=date(2026, 4, 2))  # the data are of 1 April 2026
    to_come = OptOut(BOB, "type_1", since=date(2999, 1, 1))
    records = write_records(tmp_path / "records", [Someone(ANN), Someone(BOB)], [since_the_data, to_come])
    assert open_door(records, tmp_path / "extract", "population_health_planning").opted_out == 1


def test_an_opt_out_that_cannot_be_read_stops_everything(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)], [OptOut("999000000X", "type_1")])
    with pytest.raises(FaultsFound, match="line 1: the NHS number is not valid, so this opt-out cannot be honoured"):
        open_door(records, tmp_path / "extract", "population_health_planning")
    assert not (tmp_path / "extract").exists()


def test_restricted_codes_are_removed_and_counted_over_everybody(tmp_path: Path) -> None:
    events = [(HYPERTENSION, date(2020, 1, 1)), (RESTRICTED, date(2020, 1, 2))]
    people = [Someone(ANN, conditions=events), Someone(BOB, conditions=events)]
    records = write_records(tmp_path / "records", people, [OptOut(BOB, "type_1")])
    report = open_door(records, tmp_path / "extract", "population_health_planning")
    assert report.restricted_removed["condition_occurrence"] == 2
    assert [row["condition_concept_id"] for row in rows(tmp_path / "extract", "condition_occurrence")] == [HYPERTENSION]
    manifest = json.loads((tmp_path / "extract" / "extract.json").read_text())
    assert manifest["restricted_codes_removed"]["condition_occurrence"] == 2
    assert len(manifest["restricted_list_version"]) == 8
    assert manifest["opt_outs_applied"] == ["type_1", "national"]


def test_a_person_who_moves_keeps_one_pseudonym_and_is_sealed_to_the_current_practice(tmp_path: Path) -> None:
    moved = Someone(ANN, spells=[("P1", date(2015, 1, 1), date(2021, 6, 30)), ("P2", date(2021, 6, 30), None)])
    left = Someone(BOB, spells=[("P1", date(2015, 1, 1), date(2021, 6, 30))])
    records = write_records(tmp_path / "records", [moved, left])
    open_door(records, tmp_path / "extract")
    ann = int(make_pseudonyms([ANN], LINKAGE_KEY)[0])
    spells = [row for row in rows(tmp_path / "extract", "registration") if row["person_id"] == ann]
    assert [spell["practice"] for spell in spells] == ["P1", "P2"]
    (sealed,) = rows(tmp_path / "extract", "sealed_identity")
    assert (sealed["person_id"], sealed["practice"]) == (ann, "P2")
    assert open_numbers([sealed["sealed"]], records.keys["P2"]) == [ANN]


def test_planning_needs_nobody_named_again_so_nothing_is_sealed(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)])
    assert open_door(records, tmp_path / "extract", "population_health_planning").sealed == 0


def test_nothing_that_identifies_a_person_leaves(tmp_path: Path) -> None:
    people = [Someone(ANN, died=date(2022, 3, 3), conditions=[(HYPERTENSION, date(2020, 1, 1))])]
    records = write_records(tmp_path / "records", people)
    open_door(records, tmp_path / "extract")
    assert not (tmp_path / "extract" / "note.parquet").exists()
    columns = {name for path in (tmp_path / "extract").glob("*.parquet") for name in pq.read_schema(path).names}
    assert not columns & {"day_of_birth", "birth_datetime", "zip", "person_source_value", "cause_source_value"}
    for path in (tmp_path / "extract").iterdir():
        held = path.read_bytes()
        assert not any(secret in held for secret in (ANN.encode(), b"LS1 4AP", b"nurse", LINKAGE_KEY.hex().encode()))


def test_an_ethnic_category_passes_only_if_it_is_one(tmp_path: Path) -> None:
    people = [Someone(ANN, ethnicity="a "), Someone(BOB, ethnicity="Mother is French"), Someone(CAT, ethnicity=None)]
    records = write_records(tmp_path / "records", people)
    open_door(records, tmp_path / "extract")
    assert sorted(row["race_source_value"] or "" for row in rows(tmp_path / "extract", "person")) == ["", "", "A"]


def test_an_invalid_nhs_number_is_a_refused_row(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN), Someone("9990000000")])
    report = open_door(records, tmp_path / "extract")
    assert (report.people_in, report.people_out, report.refused_rows) == (2, 1, (2,))


def test_a_duplicate_nhs_number_names_the_rows_and_never_the_number(tmp_path: Path) -> None:
    records = write_records(
        tmp_path / "records", [Someone(ANN), Someone(BOB), Someone(ANN[:3] + " " + ANN[3:6] + " " + ANN[6:])]
    )
    with pytest.raises(FaultsFound) as refused:
        open_door(records, tmp_path / "extract")
    (fault,) = refused.value.faults
    assert "rows 1 and 3 have the same NHS number" in fault.fault
    assert ANN not in str(fault)
    assert list(tmp_path.iterdir()) == [tmp_path / "records"]


def test_a_table_that_did_not_come_is_missed(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)])
    (records.folder / "visit_occurrence.parquet").unlink()
    with pytest.raises(FaultsFound, match=r"visit_occurrence\.parquet: it is missing"):
        open_door(records, tmp_path / "extract")
    assert list(tmp_path.iterdir()) == [tmp_path / "records"]


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)])
    whole = bytearray((records.folder / "registration.parquet").read_bytes())
    whole[4:60] = bytes(56)
    (records.folder / "registration.parquet").write_bytes(whole)
    with pytest.raises(FaultsFound, match=r"registration\.parquet: it is damaged"):
        open_door(records, tmp_path / "extract")
    assert list(tmp_path.iterdir()) == [tmp_path / "records"]


def test_a_practice_without_a_key_is_named(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)])
    (records.practice_keys / "P1.pub").unlink()
    with pytest.raises(FaultsFound, match="there is no public key of P1"):
        open_door(records, tmp_path / "extract")


@pytest.mark.parametrize(
    ("concepts", "status", "told"),
    [
        ({RESTRICTED}, "preview", "the list of restricted codes is preview, and these records are of real people"),
        ({2_000_000_043}, "published", "the list of restricted codes holds no code of a public vocabulary"),
        (set(), "published", "the list of restricted codes holds no code of a public vocabulary"),
    ],
)
def test_no_real_record_passes_until_the_restricted_codes_are_known(
    tmp_path: Path, concepts: set[int], status: str, told: str
) -> None:
    """Until somebody has checked the list against the NHS list, only invented records pass."""
    records = write_records(tmp_path / "records", [Someone(ANN)])
    given = {
        "practice_keys": records.practice_keys,
        "linkage_key": LINKAGE_KEY,
        "restricted_concepts": frozenset(concepts),
        "restricted_status": status,
    }
    with pytest.raises(FaultsFound, match=told):
        make_extract(records.folder, tmp_path / "extract", declaration=make_declaration(), **given)
    assert not (tmp_path / "extract").exists()


def test_a_declaration_says_all_that_it_lacks(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN)])
    with pytest.raises(FaultsFound, match="lacks legal basis and controller; state it"):
        open_door(records, tmp_path / "extract", legal_basis=" ", controller="")
    with pytest.raises(FaultsFound, match="the purpose `curiosity` is not known; declare one of direct_care"):
        open_door(records, tmp_path / "extract", "curiosity")


def test_the_linkage_key_comes_from_the_environment_and_is_long_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEWISE_LINKAGE_KEY", LINKAGE_KEY.hex())
    assert read_linkage_key() == LINKAGE_KEY
    for bad in ("", "abcd", "not hexadecimal"):
        monkeypatch.setenv("PLACEWISE_LINKAGE_KEY", bad)
        with pytest.raises(FaultsFound):
            read_linkage_key()


def test_one_person_has_one_pseudonym_in_every_extract_under_one_key_only() -> None:
    assert make_pseudonyms([ANN, BOB], LINKAGE_KEY)[0] == make_pseudonyms([ANN], LINKAGE_KEY)[0]
    assert make_pseudonyms([ANN], LINKAGE_KEY)[0] != make_pseudonyms([ANN], bytes(32))[0]
    assert (make_pseudonyms([make_number(n) for n in range(500)], LINKAGE_KEY) > 0).all()


def test_what_was_kept_back_lies_beside_the_extract(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone(ANN), Someone(BOB)], [OptOut(ANN, "national")])
    report = open_door(records, tmp_path / "extract", "population_health_planning")
    beside = json.loads((tmp_path / "extract.door.json").read_text())
    assert beside["opted_out"] == report.opted_out == 1
    assert [each["check"] for each in beside["checks"]] == [each.check for each in report.checks]
    assert len(report.checks) == 3 and all(each.passed for each in report.checks)


def test_records_declared_synthetic_hold_no_number_a_real_person_could_have(tmp_path: Path) -> None:
    records = write_records(tmp_path / "records", [Someone("4010232137")])  # a valid number outside the test ranges
    with pytest.raises(FaultsFound, match="it is declared synthetic and holds an NHS number that a real person could"):
        open_door(records, tmp_path / "extract", synthetic=True)
    assert not (tmp_path / "extract").exists()


def test_whatever_passes_is_a_column_of_the_common_data_model() -> None:
    for table, required in REQUIRED_COLUMNS.items():
        assert {*required, *OPTIONAL_COLUMNS[table]} <= set(TABLES[table].names)
