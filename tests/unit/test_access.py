"""Names are for the treating team: everyone else is refused, and every look, refused or not, leaves a trace."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from placewise.floor.access import (
    START,
    AccessDenied,
    FileAccessLog,
    Reader,
    chain,
    check_may_read,
    gated,
    record_of,
)
from placewise.floor.access_notes import note_end, read_noted
from placewise.floor.faults import FaultsFound, refuse

NURSE = Reader(name="A Nurse", role="practice", purpose="direct_care", place="A")
PHARMACIST = Reader(name="A Pharmacist", role="pcn_staff", purpose="direct_care", place="N")
ANALYST = Reader(name="An Analyst", role="analyst", purpose="population_health_planning", place="S")


def test_a_practice_opens_its_own_list_and_no_other():
    check_may_read(NURSE, "A")
    with pytest.raises(AccessDenied, match="Lists of B: A is another practice; open the list of your own practice"):
        check_may_read(NURSE, "B")


def test_a_network_opens_a_list_only_under_a_recorded_agreement_with_that_practice():
    agreements = {("N", "A")}
    check_may_read(PHARMACIST, "A", agreements)
    with pytest.raises(AccessDenied, match="no recorded agreement with N"):
        check_may_read(PHARMACIST, "B", agreements)
    with pytest.raises(AccessDenied, match="no recorded agreement with N"):
        check_may_read(PHARMACIST, "A")


@pytest.mark.parametrize("purpose", ["population_health_planning", "", "Direct_care"])
def test_only_direct_care_opens_a_list(purpose: str):
    with pytest.raises(AccessDenied, match="is not direct care"):
        check_may_read(Reader(name="A Nurse", role="practice", purpose=purpose, place="A"), "A")


@pytest.mark.parametrize("role", ["analyst", "director", "place_lead", "caldicott_guardian", "public", "superuser", ""])
def test_every_other_role_is_refused(role: str):
    with pytest.raises(AccessDenied, match="sees no names"):
        check_may_read(Reader(name="Somebody", role=role, purpose="direct_care", place="A"), "A", {("A", "A")})


@pytest.fixture
def log(tmp_path: Path) -> FileAccessLog:
    """A log of three looks: two lists opened and one refused."""
    log = FileAccessLog(tmp_path / "access.jsonl")
    log.add(record_of(NURSE, "list_1", "A", rows=12))
    log.add(record_of(ANALYST, "list_1", "A", rows=0, denied="the role analyst sees no names"))
    log.add(record_of(NURSE, "list_2", "A", rows=3))
    return log


def test_each_record_carries_the_hash_of_the_one_before(log: FileAccessLog):
    lines = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3]
    assert [line["previous"] for line in lines] == [START, lines[0]["hash"], lines[1]["hash"]]
    assert log.verify() == []


def test_the_same_words_after_another_record_have_another_hash():
    record = record_of(NURSE, "list_1", "A", rows=12)
    assert chain(START, record) != chain("1" * 64, record)


def alter(lines: list[str]) -> list[str]:
    return [lines[0], lines[1].replace("An Analyst", "Nobody"), lines[2]]


def alter_and_hash_again(lines: list[str]) -> list[str]:
    said = json.loads(lines[1])
    record = record_of(NURSE, "list_1", "A", rows=0)
    said |= {"at": record.at, "reader": {"name": "A Nurse", "role": "practice", "purpose": "direct_care", "place": "A"}}
    said |= {"denied": "", "hash": chain(said["previous"], record)}
    return [lines[0], json.dumps(said), lines[2]]


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (alter, "the record was altered"),
        (alter_and_hash_again, "the record does not follow the one before it"),
        (lambda lines: [lines[0], lines[2]], "record 2 is missing or out of order"),
        (lambda lines: [lines[1], lines[0], lines[2]], "record 1 is missing or out of order"),
        (lambda lines: [lines[0], "{}", lines[2]], "this line is not a record"),
        (lambda lines: lines[:2], "it does not end where its head says"),
        (lambda lines: [], "it does not end where its head says"),
    ],
)
def test_tampering_is_found(log: FileAccessLog, tamper, fault: str):
    lines = log.path.read_text(encoding="utf-8").splitlines()
    log.path.write_text("".join(f"{line}\n" for line in tamper(lines)), encoding="utf-8")
    assert fault in [each.fault for each in log.verify()]


def test_a_log_rewritten_whole_is_found_by_what_was_noted_elsewhere(log: FileAccessLog, tmp_path: Path):
    note_end(tmp_path / "notes.jsonl", "store", log.end)
    noted = read_noted(tmp_path / "notes.jsonl", "store")
    assert log.verify(noted) == []
    for path in (log.path, log.head):
        path.unlink()
    for what in ("list_1", "list_3", "list_2"):
        log.add(record_of(NURSE, what, "A", rows=3))
    assert log.verify() == []
    assert [each.fault for each in log.verify(noted)] == ["it is not the record that was noted elsewhere"]
    for path in (log.path, log.head):
        path.unlink()
    told = ["it ends before record 3, which was noted elsewhere"]
    assert [each.fault for each in log.verify(noted)] == told
    assert read_noted(tmp_path / "notes.jsonl", "another log") == {}


def test_writers_at_the_same_time_do_not_break_the_chain(tmp_path: Path):
    path = tmp_path / "access.jsonl"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda turn: FileAccessLog(path).add(record_of(NURSE, f"list_{turn}", "A", rows=1)), range(40)))
    assert FileAccessLog(path).verify() == []
    assert len(path.read_text(encoding="utf-8").splitlines()) == 40


def test_a_look_is_logged_with_its_rows_before_they_are_given(log: FileAccessLog):
    with gated(NURSE, "A", "list_3", log) as look:
        look.rows = 7
    last = json.loads(log.path.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["what"], last["rows"], last["denied"]) == ("list_3", 7, "")


def test_a_look_refused_at_the_gate_or_behind_it_is_logged_as_denied(log: FileAccessLog):
    with pytest.raises(AccessDenied), gated(ANALYST, "A", "list_3", log):
        pytest.fail("the gate stayed open")
    with pytest.raises(FaultsFound), gated(NURSE, "A", "list_4", log):
        raise refuse("list_4", "there is no such list", "open another")
    lines = [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()[-2:]]
    assert [(line["what"], line["rows"], bool(line["denied"])) for line in lines] == [
        ("list_3", 0, True),
        ("list_4", 0, True),
    ]
