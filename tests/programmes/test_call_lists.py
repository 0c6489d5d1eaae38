"""A dozen invented people of two practices: who is called, why, in which order, and who may see it.

The list is of people with atrial fibrillation and a stroke risk score of 2 or more who have had no anticoagulant for
six months. Window: July 2025 to June 2026.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from nacl.public import PrivateKey

from builders.places import build_small_areas
from builders.release import build_hierarchy
from builders.warehouse import Rows, add_event, add_person, write_rows
from placewise.config import data_folder
from placewise.door.contract import SEALED_IDENTITY
from placewise.door.sealing import fingerprint, seal_numbers
from placewise.floor.access import AccessDenied, FileAccessLog, Reader
from placewise.floor.faults import FaultsFound
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import AllOf, Has, In, Latest, OnMedicine, Reading, Registered
from placewise.floor.language.period import Months
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.intake.contract import SHARD_TABLES
from placewise.measures.build import CubeBuilder
from placewise.measures.contract import PersonFlags
from placewise.measures.cube import open_cube
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.checks import check_lists
from placewise.plans.lists.contract import CallListCard
from placewise.plans.lists.listed import CountedPeople
from placewise.plans.lists.open import open_call_list
from placewise.plans.lists.plan import Column, ListPlan, OrderKey
from placewise.plans.lists.read import find_done_people, read_call_list, read_every_contact
from placewise.plans.lists.reasons import find_exclusion_lines, find_lines, iter_leaves
from placewise.population.build import build_placing, build_population
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers, read_programmes

WINDOW = Window(2025, 7, 12)

AF = Has("af_codes", not_resolved_by="af_resolved_codes")
AT_RISK = AllOf((In("af"), Latest((Reading((("cha2ds2vasc", Comparison(">=", 2)),)),))))
PROTECTED = OnMedicine("anticoagulants", Months(6))
CONTRAINDICATED = Has("anticoagulant_contraindicated")
REGISTERS = {"af": AF}

PLAN = ListPlan(
    slug="unprotected",
    measure="protected",
    lines=tuple(find_lines(AT_RISK, PROTECTED, REGISTERS)),
    exclude=CONTRAINDICATED,
    exclude_lines=tuple(find_exclusion_lines(CONTRAINDICATED, REGISTERS)),
    order=(OrderKey("cha2ds2vasc", descending=True), OrderKey("medication_review", descending=False)),
    columns=(Column("age", "age"), Column("last seen", "general_practice_visit")),
    card=CallListCard(
        title="At risk and unprotected",
        measure="protected",
        programme="hearts",
        next_action="Offer an appointment to talk about an anticoagulant.",
        order=("score, highest first", "review, longest ago first"),
        columns=("age", "last seen"),
    ),
)

PEOPLE = """
     1 1950-03  A01   af 2020-05-01, score 2025-01-10 3
     2 1950-03  A01   af 2020-05-01, score 2025-01-10 5, review 2025-09-01
     3 1950-03  A01   af 2020-05-01, score 2025-01-10 5, review 2025-08-01, visit 2026-02-03
     4 1950-03  A01   af 2020-05-01, score 2025-01-10 5
     5 1950-03  A01   af 2020-05-01, score 2025-01-10 6, medicine 2025-09-08 to 2025-11-03
     6 1950-03  A01   af 2020-05-01, score 2025-01-10 7, contraindicated 2024-02-02
     7 1950-03  A01   af 2020-05-01, score 2025-01-10 4, medicine 2026-04-01 to 2026-06-20
     8 1950-03  A01   af 2020-05-01, score 2025-01-10 1
     9 1950-03  A01   score 2025-01-10 4
    10 1950-03  A01   af 2020-05-01, score 2025-01-10 4, dies 2026-05-05
    11 1950-03  A01   af 2020-05-01, score 2025-01-10 4, moves 2026-06-15 A02
    12 1950-03  A02   af 2020-05-01, score 2025-01-10 4, score 2026-07-02 1
"""
CODE_LISTS = read_code_lists(data_folder("codelists"))
WORDS = {
    "af": "af_codes",
    "score": "cha2ds2vasc",
    "review": "medication_review",
    "visit": "general_practice_visit",
    "medicine": "anticoagulants",
    "contraindicated": "anticoagulant_contraindicated",
}

NURSE = Reader(name="A Nurse", role="practice", purpose="direct_care", place="A01")


@pytest.fixture(scope="module")
def keys() -> dict[str, PrivateKey]:
    return {practice: PrivateKey.generate() for practice in ("A01", "A02")}


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, keys: dict[str, PrivateKey]) -> Path:
    """A build with the list of both practices."""
    return write_lists(tmp_path_factory.mktemp("build"), keys)


@pytest.fixture
def log(tmp_path: Path) -> FileAccessLog:
    return FileAccessLog(tmp_path / "access.jsonl")


@pytest.fixture
def listed(build: Path, log: FileAccessLog) -> Callable[[str], list[dict[str, Any]]]:
    def read(practice: str) -> list[dict[str, Any]]:
        reader = Reader(name="A Nurse", role="practice", purpose="direct_care", place=practice)
        return read_call_list(build, "unprotected", practice, reader, log).to_pylist()

    return read


def write_lists(folder: Path, keys: dict[str, PrivateKey], opted_out: tuple[int, ...] = ()) -> Path:
    """Lists of everyone, as for direct care, and a cube without those who opted out of planning."""
    build = folder / "b-1"
    (build / "cube").mkdir(parents=True)
    planned, placed, flags, _, _ = answer(folder / "planning", keys, opted_out)
    counts = CubeBuilder(planned, {"protected": Registered()}, (), ())
    counts.add(placed, flags, {})
    cube = counts.write(build / "cube", build_hierarchy())
    population, placed, flags, answers, sealed = answer(folder / "care", keys)
    lists = ListBuilder(population, [PLAN], CODE_LISTS)
    lists.add(placed, flags, answers)
    lists.write(build, sealed)
    check_lists(build, [PLAN], cube, count_people(folder / "again", keys, opted_out))
    return build


def count_people(folder: Path, keys: dict[str, PrivateKey], opted_out: tuple[int, ...]) -> CountedPeople:
    planned, placed, flags, _, _ = answer(folder, keys, opted_out)
    counted = CountedPeople(planned, [PLAN])
    counted.add(placed, flags)
    return counted


def answer(folder: Path, keys: dict[str, PrivateKey], opted_out: tuple[int, ...] = ()) -> tuple[Any, ...]:
    """One load of PEOPLE: the population, where each is, who is protected, their events and sealed NHS numbers."""
    segments = read_segments(CODE_LISTS)
    shard, sealed = write_people(folder, keys, opted_out)
    events = read_events(shard, {*segments.code_lists, *WORDS.values(), "af_resolved_codes"}, CODE_LISTS)
    placing = build_placing(
        WINDOW, build_hierarchy(), build_small_areas({"H0001": 1}), segments, declares_practices=True
    )
    answers = Answers(events, WINDOW, REGISTERS)
    flags = PersonFlags(events.person_id, {"protected": answers.of(AT_RISK)}, {"protected": answers.of(PROTECTED)})
    return placing.population, build_population(shard, answers, placing), flags, answers, sealed


def write_people(folder: Path, keys: dict[str, PrivateKey], opted_out: tuple[int, ...]) -> tuple[Path, pa.Table]:
    """The shard of PEOPLE, and their invented NHS numbers (999, then the person) sealed to their last practice."""
    rows: Rows = {table: [] for table in SHARD_TABLES}
    sealed = []
    for line in PEOPLE.strip().splitlines():
        person, birth, practice, story = line.split(None, 3)
        if int(person) in opted_out:
            continue
        add_person(rows, int(person), birth, "female")
        started = date(2010, 1, 1)
        for word, day, *more in (part.split() for part in story.split(", ")):
            when = date.fromisoformat(day)
            if word == "dies":
                rows["death"].append({"person_id": int(person), "date": when})
            elif word == "moves":
                rows["registration"].append(registration(person, practice, started, when))
                practice, started = more[0], when
            else:
                until = date.fromisoformat(more[1]) if "to" in more else None
                value = float(more[0]) if len(more) == 1 else None
                add_event(rows, CODE_LISTS, int(person), WORDS[word], when, value=value, end=until)
        rows["registration"].append(registration(person, practice, started, None))
        public = bytes(keys[practice].public_key)
        (number,) = seal_numbers([f"999{int(person):07}"], [practice], {practice: public})
        sealed.append((int(person), practice, number, fingerprint(public)))
    columns = [list(column) for column in zip(*sealed, strict=True)]
    return write_rows(folder, rows), pa.table(columns, schema=SEALED_IDENTITY)


def registration(person: str, practice: str, start: date, end: date | None) -> dict[str, Any]:
    return {"person_id": int(person), "practice": practice, "start_date": start, "end_date": end}


def test_who_is_called_and_in_which_order(listed: Callable[[str], list[dict[str, Any]]]):
    """Highest score first, then the longest time since a review (never is longest), and the excluded last."""
    assert [(row["rank"], row["person_id"]) for row in listed("A01")] == [
        (1, 5),
        (2, 4),
        (3, 3),
        (4, 2),
        (5, 1),
        (6, 6),
    ]


def test_the_reasons_are_the_words_of_the_record(listed: Callable[[str], list[dict[str, Any]]]):
    reasons = {row["person_id"]: row["reason"] for row in listed("A01")}
    assert reasons[4] == [
        "Atrial fibrillation: recorded 1 May 2020",
        "CHA2DS2-VASc stroke risk score: 5, 10 Jan 2025",
        "Anticoagulants (warfarin and direct oral anticoagulants): none recorded",
    ]
    assert reasons[5][2] == "Anticoagulants (warfarin and direct oral anticoagulants): last issued 8 Sep 2025"


def test_somebody_excluded_stays_visible_with_the_reason(listed: Callable[[str], list[dict[str, Any]]]):
    excluded = {row["person_id"]: row["excluded"] for row in listed("A01")}
    assert excluded[6] == "Anticoagulant contraindicated or declined: recorded 2 Feb 2024"
    assert {reason for person, reason in excluded.items() if person != 6} == {None}


def test_the_columns_the_programme_declares(listed: Callable[[str], list[dict[str, Any]]]):
    shown = {row["person_id"]: dict(row["shown"]) for row in listed("A01")}
    assert shown[3] == {"age": "76", "last seen": "3 Feb 2026"}
    assert shown[4] == {"age": "76", "last seen": None}


def test_somebody_who_moved_is_on_the_new_practice_s_list_only(listed: Callable[[str], list[dict[str, Any]]]):
    assert 11 not in [row["person_id"] for row in listed("A01")]
    assert 11 in [row["person_id"] for row in listed("A02")]


def test_the_dead_the_treated_and_those_without_the_risk_are_on_no_list(listed: Callable[[str], list[dict[str, Any]]]):
    everyone = {row["person_id"] for practice in ("A01", "A02") for row in listed(practice)}
    assert everyone == {1, 2, 3, 4, 5, 6, 11, 12}


def test_what_happens_after_the_last_day_is_not_known_yet(listed: Callable[[str], list[dict[str, Any]]]):
    [twelve] = [row for row in listed("A02") if row["person_id"] == 12]
    assert "CHA2DS2-VASc stroke risk score: 4, 10 Jan 2025" in twelve["reason"]


def test_whom_the_record_shows_treated_is_told_apart_from_whoever_moved_or_died(build: Path):
    """Seven takes an anticoagulant; ten died and eleven moved, so what became of them nobody calls done."""
    assert find_done_people(build, "unprotected", "A01") == [7]
    assert find_done_people(build, "unprotected", "A02") == []


def test_each_person_is_on_the_list_of_every_contact_once(build: Path, log: FileAccessLog):
    rows = read_every_contact(build, "A01", NURSE, log).to_pylist()
    assert [row["person_id"] for row in rows] == [1, 4, 5, 3, 2, 6]
    assert rows[-1]["gaps"] == [
        {"list": "unprotected", "rank": 6, "excluded": "Anticoagulant contraindicated or declined: recorded 2 Feb 2024"}
    ]
    assert all(row["sealed"] for row in rows)
    with pytest.raises(AccessDenied):
        read_every_contact(build, "A02", NURSE, log)


def test_nobody_at_the_end_of_life_is_called_by_any_list():
    """Whatever a programme excludes, and where it excludes nobody; the reason is the words of the record."""
    programmes = read_programmes(data_folder("programmes"), CODE_LISTS)
    plans = build_list_plans(programmes, CODE_LISTS)
    assert len(plans) > 3
    for plan in plans:
        leaves = [node for node, wanted in iter_leaves(plan.exclude, get_registers(programmes)) if wanted]
        assert Has("end_of_life_codes") in leaves, plan.slug
        assert (Has("end_of_life_codes"), False) in plan.exclude_lines, plan.slug


def test_a_practice_with_nobody_to_call_has_an_empty_list(listed: Callable[[str], list[dict[str, Any]]]):
    assert listed("A05") == []


@pytest.mark.requirement("S087")
def test_a_list_is_for_the_treating_practice_only_and_a_denied_look_is_logged(build: Path, log: FileAccessLog):
    with pytest.raises(AccessDenied, match="A01 is another practice"):
        read_call_list(build, "unprotected", "A02", NURSE, log)
    analyst = Reader(name="An Analyst", role="analyst", purpose="direct_care", place="HVS")
    with pytest.raises(AccessDenied, match="sees no names"):
        read_call_list(build, "unprotected", "A01", analyst, log)
    assert read_call_list(build, "unprotected", "A01", NURSE, log).num_rows == 6
    lines = log.path.read_text(encoding="utf-8").splitlines()
    assert ['"denied": ""' in line for line in lines] == [False, False, True]
    assert '"rows": 6' in lines[2]
    assert log.verify() == []


@pytest.mark.parametrize(
    ("list_slug", "practice"), [("another", "A01"), ("unprotected", "A99"), ("unprotected", "../A01")]
)
def test_a_list_or_practice_that_is_not_there_is_one_sentence(
    build: Path, log: FileAccessLog, list_slug: str, practice: str
):
    reader = Reader(name="A Nurse", role="practice", purpose="direct_care", place=practice)
    with pytest.raises(FaultsFound, match=r"there is no such list|these lists have no practice"):
        read_call_list(build, list_slug, practice, reader, log)


OPTED_OUT = (2, 6, 8, 12)


@pytest.mark.requirement("S087")
def test_list_is_count_plus_opted_out(tmp_path: Path, keys: dict[str, PrivateKey]):
    """Of the four who opted out of planning, 2 and 6 are missed at A01, 12 at A02; 8 is not at risk anyway."""
    build = write_lists(tmp_path, keys, OPTED_OUT)
    cube = open_cube(build / "cube")
    counts = cube.read("protected")["all"].at_last_month()
    missed = dict(zip(cube.units(), (counts.denominator - counts.numerator)[:, 0, 0].tolist(), strict=True))
    for practice, count in missed.items():
        listed = pq.read_table(build / "unprotected" / f"{practice}.parquet")["person_id"].to_pylist()
        assert len(listed) == count + len(set(listed) & set(OPTED_OUT))
    assert (missed["A01"], missed["A02"]) == (4, 1)


@pytest.mark.parametrize("person", [1, 3, 4, 5])
def test_a_list_that_lacks_somebody_the_count_misses_stops_the_build(
    tmp_path: Path, keys: dict[str, PrivateKey], person: int
):
    """Also where it is long enough: at A01 four are counted, and two more on the list opted out of being counted."""
    build = write_lists(tmp_path, keys, OPTED_OUT)
    list_file = build / "unprotected" / "A01.parquet"
    everyone = pq.read_table(list_file)
    pq.write_table(everyone.filter(pc.not_equal(everyone["person_id"], person)), list_file)
    counted = count_people(tmp_path / "counted", keys, OPTED_OUT)
    with pytest.raises(FaultsFound, match="lacks somebody whom the count says is missed"):
        check_lists(build, [PLAN], open_cube(build / "cube"), counted)


def test_where_fewer_is_better_those_who_count_are_listed(tmp_path: Path, keys: dict[str, PrivateKey]):
    population, placed, flags, answers, sealed = answer(tmp_path, keys)
    lists = ListBuilder(population, [replace(PLAN, counted=True)], CODE_LISTS)
    lists.add(placed, flags, answers)
    lists.write(tmp_path, sealed)
    listed = pq.read_table(tmp_path / "unprotected" / "A01.parquet")
    assert listed["person_id"].to_pylist() == [7]


def test_only_the_practice_s_own_key_opens_the_names(build: Path, keys: dict[str, PrivateKey], tmp_path: Path):
    sealed = build / "unprotected" / "A01.parquet"
    assert not any(b"9990000004" in cell for cell in pq.read_table(sealed)["sealed"].to_pylist())
    for practice, key in keys.items():
        (tmp_path / f"{practice}.key").write_text(bytes(key).hex(), encoding="ascii")
    opened = open_call_list(sealed, tmp_path / "A01.key")
    assert opened["nhs_number"].to_pylist()[:2] == ["9990000005", "9990000004"]
    assert "person_id" not in opened.column_names
    with pytest.raises(FaultsFound, match=r"A02\.key does not open it; use the private key of the practice"):
        open_call_list(sealed, tmp_path / "A02.key")


@pytest.mark.parametrize("text", ["", "not a key", "ab" * 31])
def test_what_is_no_key_is_one_sentence(build: Path, tmp_path: Path, text: str):
    (tmp_path / "A01.key").write_text(text, encoding="ascii")
    with pytest.raises(FaultsFound, match="it is not a private key; give the file with its 64 hexadecimal digits"):
        open_call_list(build / "unprotected" / "A01.parquet", tmp_path / "A01.key")


def test_a_list_cut_short_is_one_sentence(build: Path, keys: dict[str, PrivateKey], tmp_path: Path):
    whole = (build / "unprotected" / "A01.parquet").read_bytes()
    (tmp_path / "list.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "A01.key").write_text(bytes(keys["A01"]).hex(), encoding="ascii")
    with pytest.raises(FaultsFound, match="it is not a call list, or it is cut short"):
        open_call_list(tmp_path / "list.parquet", tmp_path / "A01.key")
