"""The annual health check for people with a learning disability: offered and completed differ, and the list is of those
who have not had it. Window: up to December 2025; the financial year began on 1 April 2025.
"""

from typing import Any

import pyarrow.parquet as pq
import pytest

from builders.places import build_small_areas, write_placed_shard
from builders.release import build_hierarchy
from placewise.config import data_folder
from placewise.door.contract import SEALED_IDENTITY
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.measures.build import build_flags
from placewise.plans.lists.build import ListBuilder
from placewise.population.build import build_placing, build_population
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers, read_programmes

WINDOW = Window(2025, 1, 12)
LIST = "learning_disability_check_due"

PEOPLE = """
    1 1980-03 female white
    2 1980-03 female white
    3 1980-03 female white
    4 1980-03 female white
    5 2015-03 female white
    6 1980-03 female white
    7 1980-03 female white
"""
EVENTS = """
    1 learning_disability_codes 2000-01-01
    1 learning_disability_check_offered 2025-06-01
    1 learning_disability_check_done 2024-06-01
    2 learning_disability_codes 2000-01-01
    2 learning_disability_check_done 2025-05-05
    3 learning_disability_codes 2000-01-01
    3 learning_disability_check_declined 2025-07-07
    4 learning_disability_codes 2000-01-01
    4 learning_disability_check_offered 2025-03-20
    5 learning_disability_codes 2020-01-01
    6 specific_learning_difficulty_codes 2000-01-01
    7 learning_disability_check_offered 2025-06-01
"""


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, set[int]], list[dict[str, Any]]]:
    """Who counts in each measure in December 2025, and the list of the practice."""
    folder = tmp_path_factory.mktemp("check")
    code_lists = read_code_lists(data_folder("codelists"))
    programmes = [each for each in read_programmes(data_folder("programmes"), code_lists) if LIST in each.call_lists]
    [programme] = programmes
    segments = read_segments(code_lists)
    registered = "\n".join(f"{person} A01 2010-01-01" for person in range(1, 8))
    shard = write_placed_shard(folder / "shard", code_lists, people=PEOPLE, registered=registered, events=EVENTS)
    events = read_events(shard, programme.code_lists | segments.code_lists, code_lists)
    small_areas = build_small_areas({"H0001": 1})
    placing = build_placing(WINDOW, build_hierarchy(), small_areas, segments, declares_practices=True)
    answers = Answers(events, WINDOW, get_registers(programmes))
    flags = build_flags(programme.measures, answers)
    plans = build_list_plans(programmes, code_lists)
    lists = ListBuilder(placing.population, plans, code_lists)
    lists.add(build_population(shard, answers, placing), flags, answers)
    lists.write(folder, SEALED_IDENTITY.empty_table())
    counted = {
        measure: {int(person) for person, word in zip(flags.person_id, words, strict=True) if int(word) >> 11 & 1}
        for measure, words in flags.numerator.items()
    }
    return counted, pq.read_table(folder / LIST / "A01.parquet").to_pylist()


@pytest.mark.requirement("S087")
def test_offered_and_completed_are_different_measures(answered: tuple[dict[str, set[int]], list[dict[str, Any]]]):
    counted, _ = answered
    assert counted["learning_disability_check_offered"] == {1, 2, 3}
    assert counted["learning_disability_check_done"] == {2}


@pytest.mark.requirement("S087")
def test_those_still_to_be_checked_are_listed_and_whoever_declined_ranks_last(
    answered: tuple[dict[str, set[int]], list[dict[str, Any]]],
):
    """5 is under 14, 6 has a difficulty and not a disability, 7 is on no register, and 2 has had the check."""
    _, rows = answered
    assert [row["person_id"] for row in rows] == [4, 1, 3]
    assert [row["excluded"] for row in rows] == [
        None,
        None,
        "Learning disability annual health check declined: recorded 7 Jul 2025",
    ]


def test_the_reasons_tell_the_last_check(answered: tuple[dict[str, set[int]], list[dict[str, Any]]]):
    reasons = {row["person_id"]: row["reason"] for row in answered[1]}
    assert reasons[1] == [
        "Learning disability: recorded 1 Jan 2000",
        "Learning disability annual health check completed: recorded 1 Jun 2024",
    ]
    assert reasons[4][1] == "Learning disability annual health check completed: none recorded"
