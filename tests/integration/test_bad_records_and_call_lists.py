"""Records as they should not be, from practices' systems through door and intake to the call list of a practice.

Everybody is on the register of high blood pressure. The extract is of 1 April 2026, so yesterday is 31 March; the list
is of those above target or not measured for twelve months.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders.asked import code_lists
from builders.invented_people import programmes
from builders.omop import make_hierarchy
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
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import read_units
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import Warehouse, open_warehouse
from placewise.measures.build import build_flags
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.open import open_call_list
from placewise.population.build import build_placing, build_population
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers

PROGRAMME, LIST, MEASURE = "healthy_hearts", "blood_pressure_not_controlled", "blood_pressure_controlled"
WINDOW = Window(2025, 4, 12)
YESTERDAY, CODED, MEASURED = date(2026, 3, 31), date(2020, 1, 1), date(2026, 1, 10)
RETIRED = date(2022, 4, 1)
DIASTOLIC = code_lists()["diastolic"].concept_ids[0]
NAMES = ("retired code", "in kilopascals", "in moles", "moved yesterday", "died yesterday", "opted out", "controlled")


def pressure(systolic: float, diastolic: float, unit: str = "mm[Hg]") -> list[tuple[int, date, float, int]]:
    concept = read_units()[unit]
    return [(SYSTOLIC, MEASURED, systolic, concept), (DIASTOLIC, MEASURED, diastolic, concept)]


def people() -> Iterator[Someone]:
    """Somebody for each of NAMES, in their order."""
    ill = [(HYPERTENSION, CODED)]
    high = pressure(165, 95)
    for place, name in enumerate(NAMES):
        someone = Someone(make_number(place), conditions=ill, readings=high)
        match name:
            case "in kilopascals":  # 18 and 10.5 kPa are 135 and 79 mmHg
                yield replace(someone, readings=pressure(18, 10.5, "kPa"))
            case "in moles":
                yield replace(someone, readings=pressure(135, 79, "mmol/L"))
            case "moved yesterday":
                yield replace(someone, spells=[("P1", date(2015, 1, 1), YESTERDAY), ("P2", YESTERDAY, None)])
            case "died yesterday":
                yield replace(someone, died=YESTERDAY)
            case "controlled":
                yield replace(someone, readings=pressure(135, 79))
            case _:
                yield someone


@dataclass(frozen=True)
class Made:
    """The lists of both practices, the key files, and who is missed in the count made for planning."""

    lists: Path
    keys: Path
    missed: set[str]

    def listed(self, practice: str) -> Mapping[str, str]:
        """Name -> the number inside the seal, as the practice opens it."""
        table = open_call_list(self.lists / f"{practice}.parquet", self.keys / f"{practice}.key")
        names = {make_number(place): name for place, name in enumerate(NAMES)}
        return {names[number]: number for number in table["nhs_number"].to_pylist()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("yesterday")
    records = write_records(
        folder / "records", tuple(people()), [OptOut(make_number(NAMES.index("opted out")), "type_1", YESTERDAY)]
    )
    lists = with_retired_code(code_lists())
    for purpose in ("direct_care", "population_health_planning"):
        make_extract(
            records.folder,
            folder / purpose,
            declaration=make_declaration(purpose),
            practice_keys=records.practice_keys,
            linkage_key=LINKAGE_KEY,
            restricted_concepts=frozenset({RESTRICTED}),
            restricted_status="published",
        )
        load_warehouse(
            folder / purpose,
            folder / "store",
            declaration=None,
            hierarchy=make_hierarchy(),
            known_concepts=frozenset({HYPERTENSION, SYSTOLIC, DIASTOLIC}),
            real_people=True,
        )
    care = open_warehouse(folder / "store", "direct_care")
    plans = [each for each in build_list_plans([programmes()[PROGRAMME]], lists) if each.slug == LIST]
    population, placed, flags, answers = answer(care, lists)
    builder = ListBuilder(population, plans, lists)
    builder.add(placed, flags, answers)
    (folder / "lists").mkdir()
    builder.write(folder / "lists", care.sealed_identity)
    _, _, planned, _ = answer(open_warehouse(folder / "store", "population_health_planning"), lists)
    pseudonyms = make_pseudonyms([make_number(place) for place in range(len(NAMES))], LINKAGE_KEY)
    names = dict(zip(pseudonyms, NAMES, strict=True))
    missed = planned.denominator[MEASURE] & ~planned.numerator[MEASURE] & WINDOW.last_bit
    return Made(
        folder / "lists" / LIST,
        records.practice_keys,
        {names[person] for person, word in zip(planned.person_id, missed, strict=True) if word},
    )


def with_retired_code(lists: Mapping[str, CodeList]) -> Mapping[str, CodeList]:
    """The code everybody has is recorded no more since 2022."""
    hypertension = lists["hypertension_codes"]
    rows = tuple(replace(row, retired=RETIRED) if row.concept_id == HYPERTENSION else row for row in hypertension.rows)
    return {**lists, "hypertension_codes": replace(hypertension, rows=rows)}


def answer(warehouse: Warehouse, lists: Mapping[str, CodeList]) -> tuple[Any, ...]:
    """One load: the population, where each is, who counts in the measure, and the answers of its only shard."""
    programme, segments = programmes()[PROGRAMME], read_segments(lists)
    [shard] = [each for each in warehouse.shard_folders if warehouse.read(each, "person").num_rows]
    events = read_events(shard, programme.code_lists | segments.code_lists, lists)
    placing = build_placing(WINDOW, make_hierarchy(), warehouse.small_areas, segments, declares_practices=True)
    answers = Answers(events, WINDOW, get_registers([programme]))
    return (
        placing.population,
        build_population(shard, answers, placing),
        build_flags({MEASURE: programme.measures[MEASURE]}, answers),
        answers,
    )


def test_a_retired_code_recorded_while_it_was_in_use_still_counts(made: Made) -> None:
    assert "retired code" in made.listed("P1")


def test_a_reading_in_another_unit_is_converted_and_one_in_no_unit_of_pressure_is_no_reading(made: Made) -> None:
    """135 over 79 is at target; as moles it is nothing, so the person is not measured and is called."""
    assert "in kilopascals" not in made.listed("P1")
    assert "in moles" in made.listed("P1")


def test_whoever_moved_yesterday_is_on_the_new_practices_list_alone_and_sealed_to_it(made: Made) -> None:
    assert "moved yesterday" not in made.listed("P1")
    assert set(made.listed("P2")) == {"moved yesterday"}


def test_whoever_died_yesterday_is_on_no_list(made: Made) -> None:
    assert "died yesterday" not in {*made.listed("P1"), *made.listed("P2")}


def test_whoever_opted_out_is_cared_for_and_in_no_count(made: Made) -> None:
    assert "opted out" in made.listed("P1")
    assert made.missed == {*made.listed("P1"), *made.listed("P2")} - {"opted out"}


def test_the_lists_hold_nobody_else(made: Made) -> None:
    assert set(made.listed("P1")) == {"retired code", "in moles", "opted out"}
