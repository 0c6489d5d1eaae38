"""What changed between two versions of a definition, told in sentences."""

from dataclasses import replace
from pathlib import Path

import pytest

from builders.asked import ROOT, code_lists, read_question
from placewise.definitions import Definitions
from placewise.floor.language.changes import record_question, tell_changes
from placewise.floor.vocabulary.code_lists import Code, CodeList
from placewise.history import describe_versions, find_previous, read_versions, record_definitions
from placewise.programme import read_programmes

TITLES = {name: each.title for name, each in code_lists().items()} | {"af": "Atrial fibrillation"}
REGISTERS = {"af": read_question("registered"), "stroke": read_question("registered")}


def told(before: str, after: str) -> list[str]:
    was, now = (record_question(read_question(each, REGISTERS), TITLES) for each in (before, after))
    return tell_changes(was, now)


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        (
            "{on_medicine: anticoagulants, within: 12 months}",
            "{on_medicine: anticoagulants, within: 6 months}",
            [
                "the period of “Anticoagulants (warfarin and direct oral anticoagulants)” changed"
                " from 12 months to 6 months"
            ],
        ),
        (
            "{has: af_codes}",
            "{has: af_codes, within: 5 years}",
            ["the period of “Atrial fibrillation” is now 60 months; none was set before"],
        ),
        (
            "{count: af_codes, at_least: 2, within: 12 months}",
            "{count: af_codes, at_least: 3}",
            [
                "the number of days needed of “Atrial fibrillation” changed from 2 to 3",
                "the period of “Atrial fibrillation” is no longer set; it was 12 months",
            ],
        ),
        (
            '{latest: {systolic: "<= 140", diastolic: "<= 90"}, within: 12 months}',
            '{latest: {systolic: "<= 130", diastolic: "<= 90"}, within: 12 months}',
            ["the value of “Systolic blood pressure, taken at a clinic” changed from 140 or less to 130 or less"],
        ),
        ('{age: "45 to 64"}', '{age: "40 to 64"}', ["the age changed from 45–64 to 40–64"]),
        ("{sex: female}", "{sex: male}", ["was: is recorded as female; is now: is recorded as male"]),
        ("registered", "{all: [registered, {in: af}]}", ["added: is on the register “Atrial fibrillation”"]),
        (
            "{any: [{in: af}, {in: stroke}]}",
            "{any: [{in: af}, registered]}",
            ["left out: is on the register “stroke”", "added: is alive and registered with a practice"],
        ),
        ("{all: [{in: af}, registered]}", "{all: [registered, {in: af}]}", []),
        ("{not: {has: af_codes}}", "{not: {has: af_codes}}", []),
    ],
)
def test_a_change_of_a_question_is_told(before: str, after: str, sentences: list[str]) -> None:
    assert told(before, after) == sentences


def write_definitions(folder: Path, was: str = "", now: str = "", **lists: CodeList) -> Definitions:
    """The project's own programme of hearts with one phrase changed, and code lists of it exchanged."""
    text = (ROOT / "programmes" / "healthy_hearts.yaml").read_text(encoding="utf-8")
    assert was in text
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "healthy_hearts.yaml").write_text(text.replace(was, now) if was else text, encoding="utf-8")
    exchanged = {**code_lists(), **lists}
    return Definitions(exchanged, read_programmes(folder, exchanged))


def changes_after(store: Path, first: Definitions, then: Definitions) -> tuple[str, ...]:
    """What a store that built the first tells of the measure once the files say the other."""
    record_definitions(store, first)
    previous = find_previous(store, describe_versions(then)["af_anticoagulated"])
    assert previous is not None
    return previous.changes


def test_a_changed_period_is_told_under_who_counts(tmp_path: Path) -> None:
    first = write_definitions(tmp_path / "first")
    then = write_definitions(tmp_path / "then", "anticoagulants, within: 6 months", "anticoagulants, within: 12 months")
    assert changes_after(tmp_path / "store", first, then) == (
        "what counts: the period of “Anticoagulants (warfarin and direct oral anticoagulants)” changed"
        " from 6 months to 12 months",
    )


def test_a_change_of_a_register_it_rests_on_is_told(tmp_path: Path) -> None:
    first = write_definitions(tmp_path / "first")
    then = write_definitions(tmp_path / "then", 'cha2ds2vasc, value: ">= 2"', 'cha2ds2vasc, value: ">= 1"')
    assert changes_after(tmp_path / "store", first, then) == (
        "register “Atrial fibrillation at risk of stroke”: the value of “CHA2DS2-VASc stroke risk score” changed"
        " from 2 or more to 1 or more",
    )


def test_codes_that_came_and_went_are_named(tmp_path: Path) -> None:
    held = code_lists()["anticoagulants"]
    *kept, gone = held.rows
    changed = replace(held, version="2026.2", rows=(*kept, Code(2_000_009_999, "local", "NEW1", "A new anticoagulant")))
    first = write_definitions(tmp_path / "first")
    assert changes_after(tmp_path / "store", first, write_definitions(tmp_path / "then", anticoagulants=changed)) == (
        f"the code list “{held.title}” went from version {held.version} to 2026.2",
        f"1 code was added to the code list “{held.title}”: local NEW1 (A new anticoagulant)",
        f"1 code was removed from the code list “{held.title}”: {gone.vocabulary} {gone.code} ({gone.term})",
    )


def test_a_code_list_used_no_more_is_told(tmp_path: Path) -> None:
    first = write_definitions(tmp_path / "first")
    then = write_definitions(tmp_path / "then", "\n      - not: {has: mechanical_valve_or_mitral_stenosis_codes}", "")
    title = "Mechanical heart valve, or moderate to severe mitral stenosis"
    assert changes_after(tmp_path / "store", first, then) == (
        f"register “Atrial fibrillation at risk of stroke”: left out: has no record of “{title}”",
        f"the code list “{title}” is used no more (version 2026.1, 2 codes)",
    )


def test_the_store_keeps_every_version_it_built_and_never_writes_one_again(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = write_definitions(tmp_path / "first")
    then = write_definitions(tmp_path / "then", "anticoagulants, within: 6 months", "anticoagulants, within: 12 months")
    record_definitions(store, first)
    (kept,) = read_versions(store, "af_anticoagulated")
    record_definitions(store, then)
    record_definitions(store, first)
    newer, older = read_versions(store, "af_anticoagulated")
    assert older == kept
    assert newer.version == describe_versions(then)["af_anticoagulated"].version
    assert newer.first_built > older.first_built


def test_a_measure_of_other_units_is_told_in_words(tmp_path: Path) -> None:
    visits = """
measures:
  visits_of_the_known: {title: Visits, unit: af_to_anticoagulant, when: ends, show: rate, of: {people: {in: af}},
                        count: each, per: 1000, better: neither}
"""
    first = write_definitions(tmp_path / "first", "\nmeasures:\n", visits)
    then = write_definitions(tmp_path / "then", "\nmeasures:\n", visits.replace("{in: af}", "{in: hypertension}"))
    record_definitions(tmp_path / "store", first)
    previous = find_previous(tmp_path / "store", describe_versions(then)["visits_of_the_known"])
    assert previous is not None
    assert previous.changes[0] == (
        "of whom or what: was: people registered here of whom this holds: is on the register “Atrial fibrillation”;"
        " is now: people registered here of whom this holds: is on the register “High blood pressure”"
    )


def test_nothing_is_before_the_first_version(tmp_path: Path) -> None:
    first = write_definitions(tmp_path / "first")
    assert find_previous(tmp_path, describe_versions(first)["af_anticoagulated"]) is None
    record_definitions(tmp_path, first)
    assert find_previous(tmp_path, describe_versions(first)["af_anticoagulated"]) is None
