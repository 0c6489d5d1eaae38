"""OMOP GiBleed through every core room: prevalence in the release's cube equals a count written by hand in SQL."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from builders.release import build_hierarchy
from placewise.config import data_folder
from placewise.door.contract import Declaration
from placewise.floor.language.nodes import Has, In, Registered
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import Code, CodeList, read_code_lists
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import open_warehouse
from placewise.measures.build import CubeBuilder, build_flags
from placewise.measures.checks import check_cube
from placewise.measures.cube import Cube
from placewise.measures.definition import Measure
from placewise.measures.rollup import get_cells, roll_up
from placewise.population.build import build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.segments import read_segments
from placewise.registers.build import build_registers

SET = "synthetic/eunomia_gibleed_omop53"
WINDOW = Window(2014, 7, 60)
CONDITIONS = {"osteoarthritis": 80180, "gastrointestinal_haemorrhage": 192671}


def name_code_list(name: str, concept: int) -> CodeList:
    return CodeList(
        name=name,
        title=name,
        domain="condition",
        owner="this test",
        version="1",
        source="OHDSI standardised vocabularies",
        review_date=date(2030, 1, 1),
        status="preview",
        rows=(Code(concept, "SNOMED", str(concept), name),),
    )


def ask_prevalence(register: str) -> Measure:
    return Measure(
        slug=f"{register}_prevalence", title=register, of=Registered(), count=In(register), better="neither",
        unit="person", note="", sensitive=False, completeness="", settles_after=0, ambition=None, limits="wilson",
        version="1", written="",
    )  # fmt: skip


@pytest.fixture(scope="module")
def cube(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Cube:
    store = tmp_path_factory.mktemp("gibleed")
    load_warehouse(
        realdata / SET,
        store,
        declaration=Declaration(
            source="gibleed",
            purpose="population_health_planning",
            legal_basis="invented people",
            controller="OHDSI",
            retention_until=date(2030, 1, 1),
            cdm_version="5.3",
            extracted_on=date(2019, 12, 31),
            declares_practices=False,
            synthetic=True,
            opt_outs_applied=("type_1", "national"),
        ),
        hierarchy=None,
        known_concepts=frozenset(),
    )
    warehouse = open_warehouse(store, "population_health_planning")
    code_lists = {**read_code_lists(data_folder("codelists"))}
    code_lists |= {name: name_code_list(name, concept) for name, concept in CONDITIONS.items()}
    segments = read_segments(code_lists)
    placing = build_placing(WINDOW, build_hierarchy(), warehouse.small_areas, segments, declares_practices=False)
    registers = {name: Has(name) for name in CONDITIONS}
    measures = {f"{name}_prevalence": ask_prevalence(name) for name in CONDITIONS}
    builder = CubeBuilder(placing.population, {slug: each.of for slug, each in measures.items()}, [], registers)
    for shard in warehouse.shard_folders:
        events = read_events(shard, segments.code_lists | CONDITIONS.keys(), code_lists)
        answers = Answers(events, WINDOW, registers)
        placed = build_population(shard, answers, placing)
        check_population(placed, placing.population)
        builder.add(placed, build_flags(measures, answers), build_registers(registers, answers))
    cube = builder.write(store, build_hierarchy())
    check_cube(cube, build_hierarchy())
    return cube


@pytest.mark.realdata
@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("month", [0, 14, 29, 44, 57])
def test_prevalence_is_what_sql_counts(cube: Cube, realdata: Path, condition: str, month: int) -> None:
    counts = cube.read(f"{condition}_prevalence")
    system = roll_up(get_cells(counts, cube.units(), ["all"]), build_hierarchy(), "system")
    found = (int(system.numerator[0, 0, month]), int(system.denominator[0, 0, month]))

    day, folder = WINDOW.month_ends[month], realdata / SET
    by_hand = duckdb.execute(
        f"""
        SELECT count(*) FILTER (person_id IN (
                   SELECT person_id FROM '{folder}/condition_occurrence.parquet'
                   WHERE condition_concept_id = {CONDITIONS[condition]} AND condition_start_date <= DATE '{day}')),
               count(*)
        FROM '{folder}/person.parquet' JOIN '{folder}/observation_period.parquet' USING (person_id)
        WHERE DATE '{day}' BETWEEN observation_period_start_date AND observation_period_end_date
        """
    ).fetchone()
    assert found == by_hand
    assert found[0] > 0
