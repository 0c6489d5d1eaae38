"""What one shard is asked and what comes of it: pure functions of a shard's tables, run by whatever engine there is.

A part is small beside its shard: packed sums, a row a person of the last month, the rows of the lists. It rests on
nothing but the shard's content, what is asked and this code, so it may be kept for as long as those stay.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

import pyarrow as pa

import placewise
from placewise.config import Deployment
from placewise.definitions import Definitions
from placewise.floor.checking import Check
from placewise.floor.language.nodes import Node
from placewise.floor.parts import Part
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import LARGEST, Window
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.intake.warehouse import Warehouse
from placewise.measures.build import CubeBuilder, build_flags
from placewise.measures.case_mix import CaseMixBuilder, count_case_mix
from placewise.measures.contract import PersonFlags
from placewise.measures.definition import Measure
from placewise.measures.entries import build_entries
from placewise.measures.unit_measure import Asked as UnitAsked
from placewise.plans.lists.build import ListBuilder
from placewise.plans.lists.listed import CountedPeople
from placewise.plans.lists.plan import ListPlan
from placewise.population.build import Placing, build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.contract import Population, ShardPopulation
from placewise.population.person_rows import get_person_rows
from placewise.population.segments import read_segments
from placewise.programme import build_list_plans, get_registers
from placewise.registers.build import build_registers
from placewise.registers.checks import check_registers

CHECKS, PEOPLE_ROWS, COUNTS, CASES, LISTED = "checks", "people", "counts", "cases", "listed"
"""The tables of a part that count_shard makes; those of list_shard are named by their lists. There are people, cases
and listed of each month that a build may end with (name_of_end)."""


def name_of_end(table: str, end: int) -> str:
    return f"{table}-{end}"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What every shard of a load is asked, the same for all: it goes wherever the work is done."""

    window: Window
    """The months that are counted: those shown, one before, and some ahead (counted_window)."""
    shown: Window
    hierarchy: Hierarchy
    compare_by: tuple[str, ...]
    code_lists: Mapping[str, CodeList]
    needed: frozenset[str]
    """The code lists whose events are asked about."""
    registers: Mapping[str, Node]
    measures: Mapping[str, Measure]
    unit_measures: Mapping[str, UnitAsked]
    plans: tuple[ListPlan, ...]
    placing: Placing

    @property
    def population(self) -> Population:
        return self.placing.population

    @property
    def lists(self) -> list[CodeList]:
        """The code lists that are needed."""
        return [self.code_lists[name] for name in sorted(self.needed)]

    @property
    def judged(self) -> list[str]:
        """The shares of people with a better direction, whose last month is settled."""
        return [slug for slug, each in self.measures.items() if each.better != "neither" and not each.settles_after]

    @property
    def end(self) -> int:
        """Which of the months that a build may end with is the last one shown."""
        last = self.shown.first_month + self.shown.months - 1 - self.window.first_month
        return last - self.population.last_month(0)

    def for_lists(self) -> "Asked":
        """What call lists look at: the last month, and the measures that have a list."""
        window = self.shown.last
        listed = {plan.measure for plan in self.plans}
        return replace(
            self,
            window=window,
            shown=window,
            measures={slug: each for slug, each in self.measures.items() if slug in listed},
            unit_measures={},
            placing=replace(self.placing, population=replace(self.population, window=window, ends=1)),
        )

    def fingerprint(self) -> str:
        """SHA-256 of all of it but the months shown, the same in every process."""
        told = [
            self.window,
            self.hierarchy.levels,
            sorted(self.hierarchy.organisations.items()),
            self.compare_by,
            self.lists,
            sorted(self.registers.items(), key=lambda each: each[0]),
            sorted(self.measures.items(), key=lambda each: each[0]),
            sorted(self.unit_measures.items(), key=lambda each: each[0]),
            self.plans,
            self.population,
            self.placing.deciles.tobytes(),
            self.placing.segments,
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def cube_builder(self) -> CubeBuilder:
        about = {slug: each.of for slug, each in self.measures.items()}
        return CubeBuilder(self.population, about, self.compare_by, self.registers, self.unit_measures, self.shown)

    def case_mix_builder(self, end: int) -> CaseMixBuilder:
        """end: as of Population."""
        return CaseMixBuilder(self.population, self.judged, end)

    def list_builder(self) -> ListBuilder:
        return ListBuilder(self.population, self.plans, self.code_lists)

    def counted_people(self, end: int) -> CountedPeople:
        return CountedPeople(self.population, self.plans, end)


Work = Callable[[Asked, Path], Part]

MONTHS_BEFORE, MONTHS_AHEAD = 1, 3


def count_months_ahead(shown: Window) -> int:
    """How many months after those shown are counted with them: a word has 64 bits."""
    return max(0, min(MONTHS_AHEAD, LARGEST - MONTHS_BEFORE - shown.months))


def build_asked(deployment: Deployment, definitions: Definitions, warehouse: Warehouse, months_ago: int = 0) -> Asked:
    """months_ago: so many months before the deployment's, the build may have been whose counts are to be taken over.

    The month before those shown is counted so that whoever left in the first of them is known to have been there; the
    months after, so that a build of them need count no more than what is new.
    """
    segments = read_segments(definitions.code_lists)
    ahead = count_months_ahead(deployment.window)
    before = min(MONTHS_BEFORE, LARGEST - deployment.window.months)
    counted = deployment.window.earlier(months_ago).widened(before, ahead)
    return Asked(
        window=counted,
        shown=deployment.window,
        hierarchy=deployment.hierarchy,
        compare_by=deployment.compare_by,
        code_lists=definitions.code_lists,
        needed=segments.code_lists.union(*(each.code_lists for each in definitions.programmes)),
        registers=get_registers(definitions.programmes),
        measures={slug: each for programme in definitions.programmes for slug, each in programme.measures.items()},
        unit_measures={
            slug: each.asked for programme in definitions.programmes for slug, each in programme.unit_measures.items()
        },
        plans=build_list_plans(definitions.programmes, definitions.code_lists, deployment.recipients),
        placing=build_placing(
            counted,
            deployment.hierarchy,
            warehouse.small_areas,
            segments,
            declares_practices=warehouse.report.declares_practices,
            ends=1 + ahead,
        ),
    )


def count_shard(asked: Asked, shard: Path) -> Part:
    """A shard of the load for planning, counted: CHECKS, COUNTS, PEOPLE_ROWS, CASES and LISTED.

    shard: its folder (intake/contract.py). Raises FaultsFound where a check of the shard fails.
    """
    answers, placed, flags = _answer(asked, shard)
    registers, entries = build_registers(asked.registers, answers), build_entries(asked.unit_measures, answers)
    del answers  # the events and every question's words: as much memory as counting takes
    checks = [
        *check_population(placed, asked.population),
        *check_registers(registers, len(placed.person_id), asked.window),
    ]
    return {
        CHECKS: pa.Table.from_pylist([asdict(each) for each in checks]),
        COUNTS: asked.cube_builder().count(placed, flags, registers, entries),
        **count_ends(asked, placed, placed, flags),
    }


def count_ends(asked: Asked, placed: ShardPopulation, told: ShardPopulation, flags: PersonFlags) -> Part:
    """PEOPLE_ROWS, CASES and LISTED of each month that a build may end with. told: those who have a row."""
    part: Part = {}
    for end, cases in enumerate(count_case_mix(asked.population, asked.judged, placed, flags)):
        counted = asked.counted_people(end)
        counted.add(placed, flags)
        part |= {
            name_of_end(PEOPLE_ROWS, end): get_person_rows(told, asked.population, asked.hierarchy, end),
            name_of_end(CASES, end): cases,
            name_of_end(LISTED, end): counted.pack(),
        }
    return part


def list_shard(asked: Asked, shard: Path) -> Part:
    """A shard of the load for direct care: of each list, the rows of its people."""
    answers, placed, flags = _answer(asked, shard)
    lists = asked.list_builder()
    lists.add(placed, flags, answers)
    return lists.pack()


def read_part_checks(part: Part) -> list[Check]:
    return [Check(**row) for row in part[CHECKS].to_pylist()]


@cache
def hash_code() -> str:
    """SHA-256 of this package's own files: what other code worked out is never taken for what this code would."""
    folder = Path(placewise.__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".yaml", ".csv") and path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(folder)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _answer(asked: Asked, shard: Path) -> tuple[Answers, ShardPopulation, PersonFlags]:
    """The people of a shard placed, every measure answered, each table read once."""
    events = read_events(shard, asked.needed, asked.code_lists)
    answers = Answers(events, asked.window, asked.registers)
    return answers, build_population(shard, answers, asked.placing), build_flags(asked.measures, answers)
