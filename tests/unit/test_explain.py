"""`explain`: one person's events and the months each part of a definition holds, for a clinician to check by eye."""

from pathlib import Path

import pytest

from builders.asked import code_lists, read_question
from builders.invented_people import programmes
from builders.warehouse import write_shard
from placewise.floor.faults import FaultsFound
from placewise.floor.language.nodes import Node, Registered
from placewise.floor.timeline.window import Window
from placewise.measures.explain import Explanation, explain
from placewise.measures.explain_text import tell_explanation
from placewise.programme import find_measure, get_registers, get_titles, read_programmes

WINDOW = Window(2025, 7, 12)


@pytest.fixture
def shard(tmp_path: Path) -> Path:
    return write_shard(
        tmp_path,
        code_lists(),
        people="7 1950-03\n8 1950-03",
        registered="7 2019-01-01 2026-05-31",
        events="""
            7 af_codes        2020-05-01
            7 cha2ds2vasc     2025-09-10 4
            7 anticoagulants  2025-10-02 to 2025-10-29
            7 antiplatelets   2025-10-02 to 2025-10-29
            8 af_codes        2020-05-01
        """,
    )


def explained(measure: str, shard: Path, person: int, **also: Node) -> Explanation:
    asked, lists = list(programmes().values()), code_lists()
    found, titles = find_measure(measure, asked), get_titles(asked, lists)
    return explain(found, get_registers(asked), titles, shard, person, WINDOW, lists, also)


def test_it_shows_the_events_and_when_each_part_holds(shard: Path) -> None:
    version = programmes()["healthy_hearts"].measures["af_anticoagulated"].version
    title = "People with atrial fibrillation at risk of stroke who take an anticoagulant"
    assert tell_explanation(explained("af_anticoagulated", shard, 7)) == [
        f"{title} (af_anticoagulated, version {version})",
        "Person 7, born 1950-03",
        "",
        "Events",
        "  2020-05-01  Atrial fibrillation",
        "  2025-09-10  CHA2DS2-VASc stroke risk score 4",
        "  2025-10-02 to 2025-10-29  Anticoagulants (warfarin and direct oral anticoagulants)",
        "",
        "Month by month (■ it holds on the month's last day, · it does not)",
        "2025   2026",
        "JASOND JFMAMJ",
        "■■■■■■ ■■■■■·  registered: 2025-07 to 2026-05",
        "",
        "Of whom it is asked",
        "··■■■■ ■■■■■■  is on the register “Atrial fibrillation at risk of stroke”: 2025-09 to 2026-06",
        "··■■■■ ■■■■■■    all of these: 2025-09 to 2026-06",
        "■■■■■■ ■■■■■■      is on the register “Atrial fibrillation”: 2025-07 to 2026-06",
        "■■■■■■ ■■■■■■        has a record of “Atrial fibrillation”, no later “Atrial fibrillation resolved”:"
        " 2025-07 to 2026-06",
        "··■■■■ ■■■■■■      has as latest reading “CHA2DS2-VASc stroke risk score” 2 or more: 2025-09 to 2026-06",
        "■■■■■■ ■■■■■■      has no record of “Mechanical heart valve, or moderate to severe mitral stenosis”:"
        " 2025-07 to 2026-06",
        "",
        "Who counts",
        "···■■■ ■■■···  was issued “Anticoagulants (warfarin and direct oral anticoagulants)” in the last 6 months:"
        " 2025-10 to 2026-03",
        "",
        "So",
        "··■■■■ ■■■■■·  asked of this person: 2025-09 to 2026-05",
        "···■■■ ■■■···  counts: 2025-10 to 2026-03",
    ]


def test_only_events_that_the_definition_asks_about_are_shown(shard: Path) -> None:
    titles = {event.title for event in explained("af_anticoagulated", shard, 7).events}
    assert not any("ntiplatelet" in title for title in titles)


def test_plain_text_is_ascii_and_says_the_same(shard: Path) -> None:
    told = tell_explanation(explained("af_anticoagulated", shard, 7), plain=True)
    assert all(line.isascii() for line in told)
    assert '..#### ######  is on the register "Atrial fibrillation at risk of stroke": 2025-09 to 2026-06' in told


def test_on_a_screen_long_lines_are_folded_beside_the_months(shard: Path) -> None:
    told = tell_explanation(explained("af_anticoagulated", shard, 7), width=70)
    place = told.index("Who counts") + 1
    assert told[place : place + 3] == [
        "···■■■ ■■■···  was issued “Anticoagulants (warfarin and direct oral",
        "                 anticoagulants)” in the last 6 months: 2025-10 to",
        "                 2026-03",
    ]


def test_a_value_is_told_with_its_unit(tmp_path: Path) -> None:
    shard = write_shard(
        tmp_path, code_lists(), people="7 1950-03", events="7 systolic 2025-09-10 142\n7 cha2ds2vasc 2025-09-10 3"
    )
    told = tell_explanation(explained("blood_pressure_controlled", shard, 7))
    assert "  2025-09-10  Systolic blood pressure, taken at a clinic 142 mmHg" in told


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("{has: af_codes, within: 12 months}", [(0, "has a record of “Atrial fibrillation” in the last 12 months")]),
        (
            "{not: {any: [registered, {sex: male}]}}",
            [(0, "not this"), (1, "any of these"), (2, "is alive and registered"), (2, "is recorded as male")],
        ),
        ("{not: {in: af}}", [(0, "is not on the register “Atrial fibrillation”"), (1, "has a record of")]),
    ],
)
def test_any_further_question_is_laid_open_under_its_heading(
    shard: Path, question: str, parts: list[tuple[int, str]]
) -> None:
    found = explained("af_anticoagulated", shard, 7, Further=read_question(question, {"af": Registered()}))
    for told, (depth, beginning) in zip(found.questions["Further"], parts, strict=True):
        assert told.depth == depth
        assert told.told.startswith(beginning)


CARE = """
programme: care
title: Care
why_it_matters: It does.
owner: Network
status: preview
reviewed: 2026-01-15
next_review: 2027-01-15
units:
  visit: {title: Visits, kind: item, each: general_practice_visit}
  to_medicine: {title: Pathways, kind: pathway, from: af_codes, to: anticoagulants, longest: 5 years}
measures:
  visits: {title: Visits, unit: visit, when: starts, show: rate, of: {people: {age: ">= 65"}}, count: each,
           better: neither}
  in_time: {title: In time, unit: to_medicine, when: ends, count: {all: [{lasted: "<= 9 weeks"},
            {not: {during: cha2ds2vasc}}]}, better: higher}
  visits_a_pathway: {title: Visits for each, unit: visit, when: starts, show: rate,
                     of: {unit: to_medicine, when: open}, count: each, better: neither}
  score: {title: Score, of: registered, show: mean, value: {latest: cha2ds2vasc, plausible: 0 to 9}, better: lower}
page: {lead: visits}
"""


@pytest.fixture
def cared(tmp_path: Path) -> Path:
    return write_shard(
        tmp_path / "shard",
        code_lists(),
        people="7 1960-09",
        registered="7 2019-01-01 2026-02-28",
        events="""
            7 general_practice_visit 2025-08-04
            7 general_practice_visit 2025-11-10
            7 general_practice_visit 2025-11-10
            7 af_codes        2025-07-20
            7 cha2ds2vasc     2025-09-10 4
            7 cha2ds2vasc     2025-12-10 3
            7 anticoagulants  2025-10-02 to 2025-10-29
        """,
    )


def explain_care(measure: str, shard: Path, folder: Path) -> list[str]:
    """The strips alone: what is asked and of what, and what follows."""
    folder.mkdir()
    (folder / "care.yaml").write_text(CARE, encoding="utf-8")
    asked, lists = read_programmes(folder, code_lists()), code_lists()
    found, titles = find_measure(measure, asked), get_titles(asked, lists)
    told = tell_explanation(explain(found, get_registers(asked), titles, shard, 7, WINDOW, lists), plain=True)
    return [line for line in told[told.index("JASOND JFMAMJ") + 1 :] if line]


def test_a_rate_tells_of_whom_it_is_and_when_each_unit_counts(cared: Path, tmp_path: Path) -> None:
    assert explain_care("visits", cared, tmp_path / "care") == [
        "###### ##....  registered: 2025-07 to 2026-02",
        "Of whom it is asked",
        "..#### ######  is aged 65 or more: 2025-09 to 2026-06",
        "Visits: 2025-08-04",
        ".#.... ......  began in the month: 2025-08",
        "Visits: 2025-11-10",
        "....#. ......  began in the month: 2025-11",
        "Visits: 2025-11-10 (2)",
        "....#. ......  began in the month: 2025-11",
        "So",
        "..#### ##....  asked of this person: 2025-09 to 2026-02",
        ".#..#. ......  counts: 2025-08, 2025-11",
    ]


def test_a_share_of_units_tells_what_is_true_of_each(cared: Path, tmp_path: Path) -> None:
    assert explain_care("in_time", cared, tmp_path / "care")[1:] == [
        "Pathways: 2025-07-20 to 2025-10-02",
        "...#.. ......  ended in the month: 2025-10",
        "...... ......  all of these: never",
        "...... ......    it lasted 63 days or less: never",
        '...... ......    not ("CHA2DS2-VASc stroke risk score" was recorded while it lasted): never',
        "So",
        "...#.. ......  asked of this person: 2025-10",
        "...... ......  counts: never",
    ]


def test_a_rate_of_other_units_lays_both_open(cared: Path, tmp_path: Path) -> None:
    told = explain_care("visits_a_pathway", cared, tmp_path / "care")
    assert "###... ......  open at the end of the month: 2025-07 to 2025-09" in told
    assert told[-2:] == [
        "###... ......  asked of this person: 2025-07 to 2025-09",
        ".#..#. ......  counts: 2025-08, 2025-11",
    ]


def test_a_mean_tells_which_reading_counts_when(cared: Path, tmp_path: Path) -> None:
    assert explain_care("score", cared, tmp_path / "care")[1:] == [
        "The latest reading",
        "..###. ......  4: 2025-09 to 2025-11",
        ".....# ######  3: 2025-12 to 2026-06",
        "So",
        "..#### ##....  asked of this person: 2025-09 to 2026-02",
        "..#### ##....  counts: 2025-09 to 2026-02",
    ]


def test_an_unknown_measure_or_person_is_one_sentence(shard: Path) -> None:
    with pytest.raises(FaultsFound, match="there is no measure of this name"):
        explained("af_protected", shard, 7)
    with pytest.raises(FaultsFound, match="there is no such person in these records"):
        explained("af_anticoagulated", shard, 9)
