"""Each person in the right practice, place and group in each month. Window: January to June 2025."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from builders.places import build_small_areas, write_placed_shard
from builders.release import build_hierarchy
from placewise.config import data_folder
from placewise.floor.faults import FaultsFound
from placewise.floor.timeline.events import pick_people, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.floor.vocabulary.people import TITLES
from placewise.measures.build import CubeBuilder
from placewise.measures.checks import check_cube
from placewise.measures.contract import PersonFlags
from placewise.measures.cube import PEOPLE
from placewise.measures.rollup import get_cells, roll_up
from placewise.measures.splits import build_split
from placewise.population.build import Placing, build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.contract import ShardPopulation
from placewise.population.person_rows import get_person_rows
from placewise.population.segments import read_segments

WINDOW = Window(2025, 1, 6)
SMALL_AREAS = {"H0001": 1, "H0002": 6, "H0003": None}


@pytest.fixture(scope="module")
def code_lists() -> Any:
    return read_code_lists(data_folder("codelists"))


def place(folder: Path, code_lists: Any, **tables: str) -> tuple[ShardPopulation, Placing]:
    segments = read_segments(code_lists)
    shard = write_placed_shard(folder / "shard", code_lists, **tables)
    placing = build_placing(
        WINDOW, build_hierarchy(), build_small_areas(SMALL_AREAS), segments, declares_practices=True
    )
    placed = build_population(shard, Answers(read_events(shard, segments.code_lists, code_lists), WINDOW), placing)
    check_population(placed, placing.population)
    return placed, placing


def months_by_spell(placed: ShardPopulation, placing: Placing) -> set[str]:
    """ "1 A01 H0001 10 111000": person, practice, small area, decile, and a digit a month from January on."""
    spells, population = placed.spells, placing.population
    return {
        " ".join(
            (
                str(placed.person_id[person]),
                population.practices[practice],
                population.small_areas[area] if area >= 0 else "-",
                str(decile),
                "".join(str(int(word) >> month & 1) for month in range(WINDOW.months)),
            )
        )
        for person, practice, area, decile, word in zip(
            spells.person, spells.practice, spells.small_area, spells.decile, spells.word, strict=True
        )
    }


def test_somebody_who_moves_counts_once_a_month_and_in_the_right_practice_and_decile(
    tmp_path: Path, code_lists: Any
) -> None:
    placed, placing = place(
        tmp_path,
        code_lists,
        people="1 1980-02 female white",
        registered="""
            1 A01 2010-01-01 2025-03-15
            1 A02 2025-03-16
        """,
        lived="""
            1 H0001 2010-01-01 2025-04-30
            1 H0002 2025-05-01
        """,
    )
    assert months_by_spell(placed, placing) == {
        "1 A01 H0001 1 110000",
        "1 A02 H0001 1 001100",
        "1 A02 H0002 6 000011",
    }


def test_some_people_are_placed_as_among_all(tmp_path: Path, code_lists: Any) -> None:
    people = """
        1 1980-02 female white
        2 1990-02 male asian
        3 1950-02 female black
    """
    registered, lived = "1 A01 2010-01-01\n2 A02 2010-01-01\n3 A01 2010-01-01", "1 H0001 2010-01-01\n3 H0002 2010-01-01"
    everyone, placing = place(tmp_path, code_lists, people=people, registered=registered, lived=lived)
    events = pick_people(read_events(tmp_path / "shard", placing.segments.code_lists, code_lists), np.array([0, 2]))
    some = build_population(tmp_path / "shard", Answers(events, WINDOW), placing)
    assert months_by_spell(some, placing) == {"1 A01 H0001 1 111111", "3 A01 H0002 6 111111"}
    assert some.ethnicity.tolist() == everyone.ethnicity[[0, 2]].tolist()
    assert some.segment.tolist() == everyone.segment[:, [0, 2]].tolist()


def test_where_two_registrations_overlap_the_later_one_wins(tmp_path: Path, code_lists: Any) -> None:
    placed, placing = place(
        tmp_path,
        code_lists,
        people="1 1980-02 female white",
        registered="""
            1 A01 2010-01-01
            1 A02 2025-02-10 2025-04-10
        """,
        lived="1 H0001 2010-01-01",
    )
    assert months_by_spell(placed, placing) == {"1 A01 H0001 1 100111", "1 A02 H0001 1 011000"}


def test_people_count_from_birth_to_the_month_before_they_die(tmp_path: Path, code_lists: Any) -> None:
    placed, placing = place(
        tmp_path,
        code_lists,
        people="""
            1 1940-02 male asian
            2 2025-03 male asian
        """,
        registered="""
            1 A01 2010-01-01
            2 A01 2025-01-05
        """,
        died="1 2025-04-30",
    )
    assert months_by_spell(placed, placing) == {"1 A01 - 0 111000", "2 A01 - 0 001111"}


def test_somebody_who_joins_on_the_last_day_counts_and_who_left_before_it_does_not(
    tmp_path: Path, code_lists: Any
) -> None:
    placed, placing = place(
        tmp_path,
        code_lists,
        people="1 1940-02 male asian",
        registered="1 A01 2025-02-28 2025-05-30",
    )
    assert months_by_spell(placed, placing) == {"1 A01 - 0 011100"}


@pytest.mark.requirement("S003", "S004")
def test_the_person_row_names_the_edition_of_its_decile_and_leaves_the_unknown_unknown(
    tmp_path: Path, code_lists: Any
) -> None:
    placed, placing = place(
        tmp_path,
        code_lists,
        people="""
            1 1980-02 female white
            2 2024-07 male not_recorded
            3 1950-01 not_recorded black
        """,
        registered="""
            1 A01 2010-01-01
            2 A04 2024-07-15
            3 A05 2010-01-01 2025-06-29
        """,
        lived="""
            1 H0001 2010-01-01
            2 H0003 2024-07-15
        """,
    )
    rows = get_person_rows(placed, placing.population, build_hierarchy()).to_pylist()
    assert [row["person_id"] for row in rows] == [1, 2]
    assert rows[0] == {
        "person_id": 1,
        "practice": "A01",
        "network": "NW1",
        "place": "HVN",
        "small_area": "H0001",
        "deprivation_decile": 1,
        "deprivation_edition": "Invented deprivation 2025",
        "age": 45,
        "sex": "female",
        "ethnicity": "white",
        "segment": "healthy",
    }
    assert rows[1]["deprivation_decile"] is None
    assert rows[1]["ethnicity"] == "not_recorded"
    assert rows[1]["age"] == 0
    assert rows[1]["segment"] == "maternal_and_infant"


def test_deciles_of_two_editions_are_never_mixed(code_lists: Any) -> None:
    two = build_small_areas({"H0001": 1}, "Deprivation 2019")
    mixed = pa.concat_tables([two, build_small_areas({"H0002": 1}, "Deprivation 2025")])
    with pytest.raises(FaultsFound, match="several editions"):
        build_placing(WINDOW, build_hierarchy(), mixed, read_segments(code_lists), declares_practices=True)


def test_a_practice_that_the_deployment_does_not_know_is_refused(tmp_path: Path, code_lists: Any) -> None:
    with pytest.raises(FaultsFound, match='the practice "Z99"'):
        place(tmp_path, code_lists, people="1 1980-02 female white", registered="1 Z99 2010-01-01")


@pytest.mark.requirement("S094")
def test_everyone_is_in_exactly_one_segment_the_first_that_holds(tmp_path: Path, code_lists: Any) -> None:
    people = "\n".join(f"{person} 1960-05 female white" for person in range(1, 11))
    placed, placing = place(
        tmp_path,
        code_lists,
        people=people,
        registered="\n".join(f"{person} A01 2010-01-01" for person in range(1, 10)) + "\n10 A01 2010-01-01 2025-05-01",
        events="""
            1 end_of_life_codes 2025-01-01
            1 heart_failure_codes 2020-01-01
            2 heart_failure_codes 2020-01-01
            2 dementia_codes 2021-01-01
            3 dementia_codes 2021-01-01
            3 learning_disability_codes 1990-01-01
            4 learning_disability_codes 1990-01-01
            4 hypertension_codes 2015-01-01
            5 hypertension_codes 2015-01-01
            6 hypertension_codes 2015-01-01
            6 hypertension_resolved_codes 2018-01-01
            7 pregnancy_codes 2025-01-20
            8 acute_illness_codes 2025-06-03
            9 acute_illness_codes 2025-05-03
            10 hypertension_codes 2015-01-01
        """,
    )
    named = [placing.population.segments[index] if index >= 0 else None for index in placed.segment[0]]
    assert named == [
        "end_of_life",
        "limited_reserve",
        "frailty",
        "serious_disability",
        "chronic_conditions",
        "healthy",
        "maternal_and_infant",
        "acutely_ill",
        "healthy",
        None,  # no longer registered
    ]
    rows = get_person_rows(placed, placing.population, build_hierarchy())
    assert (
        rows.num_rows == np.sum(placed.segment >= 0) == pc.sum(pc.value_counts(rows["segment"]).field("counts")).as_py()
    )
    assert len(placing.population.segments) == 8
    assert placing.population.segments_version == "2026.1"


@pytest.mark.requirement("S002")
def test_children_and_young_people_are_0_to_24_as_the_stored_definition_says(tmp_path: Path, code_lists: Any) -> None:
    """People 1 and 2 turn 25 in February and July 2025, person 3 turns 65 in June."""
    placed, placing = place(
        tmp_path,
        code_lists,
        people="""
            1 2000-02 female white
            2 2000-07 female white
            3 1960-06 female white
        """,
        registered="""
            1 A01 2010-01-01
            2 A01 2010-01-01
            3 A01 2010-01-01
        """,
    )
    rows = build_split("life_course", placed, placing.population.segments, WINDOW, {})
    months = {
        (int(placed.person_id[person]), rows.groups[group]): f"{int(word):06b}"[::-1]
        for person, group, word in zip(placed.spells.person[rows.spell], rows.group, rows.word, strict=True)
    }
    assert months == {
        (1, "children_and_young_people"): "100000",
        (1, "working_age"): "011111",
        (2, "children_and_young_people"): "111111",
        (3, "working_age"): "111110",
        (3, "older_people"): "000001",
    }
    assert TITLES["children_and_young_people"] == "Children and young people (0 to 24)"


def test_a_source_without_practices_and_addresses_counts_in_the_system_alone(tmp_path: Path, code_lists: Any) -> None:
    segments = read_segments(code_lists)
    shard = write_placed_shard(
        tmp_path / "shard",
        code_lists,
        people="""
            1 1980-02 female white
            2 1990-02 male black
        """,
        registered="""
            1 practice_not_recorded 2010-01-01
            2 practice_not_recorded 2025-03-05
        """,
    )
    placing = build_placing(WINDOW, build_hierarchy(), build_small_areas({}), segments, declares_practices=False)
    placed = build_population(shard, Answers(read_events(shard, segments.code_lists, code_lists), WINDOW), placing)
    builder = CubeBuilder(placing.population, {}, [], [])
    builder.add(placed, PersonFlags(placed.person_id, {}, {}), {})
    cube = builder.write(tmp_path, build_hierarchy())
    check_cube(cube, build_hierarchy())
    cells = get_cells(cube.read(PEOPLE), cube.units(), ["all"])
    assert roll_up(cells, build_hierarchy(), "system").denominator[0, 0].tolist() == [1, 1, 2, 2, 2, 2]
    assert roll_up(cells, build_hierarchy(), "place").denominator.sum() == 0
    rows = get_person_rows(placed, placing.population, build_hierarchy()).to_pylist()
    assert {(row["practice"], row["place"], row["small_area"]) for row in rows} == {
        ("practice_not_recorded", None, None)
    }
