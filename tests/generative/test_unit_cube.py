"""Random people who move, leave and die: the cube holds what a slow count of units and values gives, in any shards."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.places import build_small_areas, write_placed_shard
from builders.questions import CODE_LISTS
from builders.release import build_hierarchy
from judge import judge
from judge.units import counts_in_month, is_true_of_unit, place_of, units_of, value_on
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import Age, Registered
from placewise.floor.language.period import Days
from placewise.floor.language.units import Between, Each, EveryUnit, Lasted, LatestValue, Length, Unit, UnitNode, When
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.people import AGE_BAND_STARTS, AGE_BANDS, SEXES
from placewise.measures.build import CubeBuilder
from placewise.measures.checks import check_cube
from placewise.measures.contract import ALL, PersonFlags
from placewise.measures.cube import Cube
from placewise.measures.entries import build_entries
from placewise.measures.unit_measure import Asked, OtherUnits, Statistic
from placewise.measures.weights import Weights
from placewise.population.build import build_placing, build_population
from placewise.population.segments import Segments

WINDOW = Window(2024, 11, 8)
NO_SEGMENTS = Segments("test", "test", {"everyone": "Everyone"}, {})
DAY = st.dates(date(2024, 8, 1), date(2025, 8, 31))
WEIGHTS = Weights("w", "w", "1", "tests", (((0, 1000), (40, 1500)), ((0, 700),), ((0, 1000),)))
PATHWAY = Between("diagnosis", "resolved", Days(90))
PRESSURE = LatestValue("pressure", Comparison("to", 60, 260), Days(60))


def ask(
    statistic: Statistic,
    units: Unit | None,
    when: When,
    count: UnitNode | None,
    value: LatestValue | Length | None = None,
    weights: Weights | None = None,
    per_units: OtherUnits | None = None,
) -> Asked:
    return Asked(
        statistic=statistic,
        unit="unit" if units else "person",
        units=units,
        when=when,
        of=EveryUnit(),
        count=count,
        people=Age(Comparison(">=", 18)) if units is None else Registered(),
        weights=weights,
        value=value,
        per_units=per_units,
    )


SHORT = Lasted(Comparison("<=", 30))
MEASURES = {
    "visits": ask("rate", Each("home"), "starts", EveryUnit(), weights=WEIGHTS),
    "ended_soon": ask("proportion", PATHWAY, "ends", SHORT),
    "open_long": ask("proportion", PATHWAY, "open", SHORT),
    "days": ask("median", PATHWAY, "ends", None, Length(Comparison("to", 0, 90))),
    "visits_a_pathway": ask(
        "rate", Each("home"), "starts", EveryUnit(), per_units=OtherUnits("pathway", PATHWAY, "ends")
    ),
    "pressure": ask("mean", None, "open", None, PRESSURE),
}


class Person(NamedTuple):
    birth: str
    sex: str
    registered: list[tuple[str, date, date | None]]
    died: date | None
    events: list[tuple[str, date, float | None]]


PEOPLE = st.lists(
    st.builds(
        Person,
        birth=st.sampled_from(["1944-06", "1984-12", "2007-01", "2025-04"]),
        sex=st.sampled_from(SEXES),
        registered=st.lists(
            st.builds(
                lambda where, start, days: (where, start, None if days is None else start + timedelta(days)),
                st.sampled_from(["A01", "A02", "A04"]),
                DAY,
                st.none() | st.integers(0, 300),
            ),
            min_size=1,
            max_size=3,
            unique_by=lambda stay: stay[1],
        ),
        died=st.none() | DAY,
        events=st.lists(
            st.tuples(st.sampled_from(["diagnosis", "resolved"]), DAY, st.none())
            | st.tuples(st.just("home"), DAY, st.none())
            | st.tuples(st.just("pressure"), DAY, st.sampled_from([30.0, 120.0, 142.5, 160.0])),
            max_size=10,
        ),
    ),
    min_size=1,
    max_size=8,
)


def build_cube(folder: Path, people: list[Person], shards: int) -> Cube:
    placing = build_placing(
        WINDOW, build_hierarchy(), build_small_areas({"H0001": 1}), NO_SEGMENTS, declares_practices=True
    )
    whole = CubeBuilder(placing.population, {}, [], [], MEASURES)
    for shard in range(shards):
        ids = [number for number in range(len(people)) if number % shards == shard]
        path = write_placed_shard(
            folder / f"shard={shard}",
            CODE_LISTS,
            people=lines(f"{i} {people[i].birth} {people[i].sex} white" for i in ids),
            registered=lines(f"{i} {w} {start} {end or ''}" for i in ids for w, start, end in people[i].registered),
            died=lines(f"{i} {people[i].died}" for i in ids if people[i].died),
            events=lines(
                f"{i} {name} {day} {'' if v is None else v}" for i in ids for name, day, v in people[i].events
            ),
        )
        answers = Answers(read_events(path, CODE_LISTS, CODE_LISTS), WINDOW)
        placed = build_population(path, answers, placing)
        whole.add(placed, PersonFlags(placed.person_id, {}, {}), {}, build_entries(MEASURES, answers))
    (folder / "cube").mkdir()
    return whole.write(folder / "cube", build_hierarchy())


def lines(rows: object) -> str:
    return "\n".join(rows)  # type: ignore[call-overload, no-any-return]


def slow_count(people: list[Person]) -> tuple[Counter[tuple[object, ...]], dict[tuple[object, ...], list[int]]]:
    """Sums by measure, part, practice, split, group and month; and the days of each pathway that ended, by practice."""
    sums: Counter[tuple[object, ...]] = Counter()
    lengths: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for each in people:
        person = as_judged(each)
        for month, day in enumerate(WINDOW.month_ends):

            def add(measure: str, at: date, part: str, amount: int, each: Person = each, month: int = month) -> None:
                practice, groups = where(each, at)
                for split, group in groups.items():
                    sums[measure, part, practice, split, group, month] += amount

            if place_of(person, day) == day:
                weight = {"female": 1500 if age(each, day) >= 40 else 1000, "male": 700, "not_recorded": 1000}[each.sex]
                add("visits", day, "denominator", weight)
                add("visits", day, "people", 1)
                value = value_on(PRESSURE, person, day)
                if value is not None and age(each, day) >= 18:
                    hundredths = round(value * 100)
                    for part, amount in (("denominator", 1), ("numerator", hundredths), ("squares", hundredths**2)):
                        add("pressure", day, part, amount)
            for measure, asked in MEASURES.items():
                behind: dict[str, date] = {}
                for one in units_of(asked.units, person) if asked.units else []:
                    at = place_of(person, day)
                    late = at is not None and at < WINDOW.month_ends[0]
                    if not counts_in_month(one, asked.when, day) or at is None or late:
                        continue
                    if asked.when == "open" and at < day:
                        continue
                    if asked.statistic == "median":
                        assert one.end is not None
                        spent = (one.end - one.start).days
                        add(measure, at, "denominator", 1)
                        add(measure, at, "numerator", spent * 100)
                        lengths[where(each, at)[0], month].append(spent)
                        behind["people_behind"] = max(at, behind.get("people_behind", at))
                        continue
                    assert asked.count is not None
                    counts = is_true_of_unit(asked.count, one, person, day, {})
                    add(measure, at, "numerator", int(counts))
                    if asked.statistic == "proportion":
                        add(measure, at, "denominator", 1)
                    if counts or asked.statistic == "proportion":
                        part = "people_behind" if counts else "people_behind_missed"
                        behind[part] = max(at, behind.get(part, at))
                for part, at in behind.items():
                    add(measure, at, part, 1)
                if asked.per_units:
                    for one in units_of(asked.per_units.units, person):
                        at = place_of(person, day)
                        known = at is not None and at >= WINDOW.month_ends[0]
                        if known and counts_in_month(one, asked.per_units.when, day):
                            assert at is not None
                            add(measure, at, "denominator", 1)
    return sums, lengths


def as_judged(person: Person) -> judge.Person:
    return judge.Person(
        person_id=0,
        birth=date.fromisoformat(f"{person.birth}-01"),
        sex=person.sex,
        events=[judge.Event(name, day, value) for name, day, value in person.events],
        registrations=[(start, end) for _, start, end in person.registered],
        died=person.died,
    )


def where(person: Person, day: date) -> tuple[str, dict[str, str]]:
    at = [(start, name) for name, start, end in person.registered if start <= day and (end is None or day <= end)]
    band = AGE_BANDS[sum(start <= age(person, day) for start in AGE_BAND_STARTS) - 1]
    return max(at)[1], {"all": "all", "sex": person.sex, "age_band": band}


def age(person: Person, day: date) -> int:
    born = date.fromisoformat(f"{person.birth}-01")
    return (day.year - born.year) - (day.month < born.month)


def counted(cube: Cube) -> Counter[tuple[object, ...]]:
    sums: Counter[tuple[object, ...]] = Counter()
    for measure in MEASURES:
        for split, of in cube.read(measure).items():
            if split in ("all", "sex", "age_band"):
                for part, values in {"denominator": of.denominator, "numerator": of.numerator, **of.more}.items():
                    for unit, group, month in zip(*np.nonzero(values), strict=True):
                        key = (measure, part, cube.units()[unit], split, of.groups[group], int(month))
                        sums[key] = int(values[unit, group, month])
    return sums


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(PEOPLE)
def test_units_and_values_in_the_cube_are_what_a_slow_count_gives(people: list[Person]) -> None:
    with TemporaryDirectory() as folder:
        cube = build_cube(Path(folder), people, shards=1)
        check_cube(cube, build_hierarchy())
        sums, lengths = slow_count(people)
        assert counted(cube) == +sums
        values = cube.read_value_counts("days")
        for place, practice in enumerate(cube.units()):
            held = values.get_counts(ALL, np.array([place]), WINDOW.months)
            for month in range(WINDOW.months):
                spent = np.repeat(values.values // 100, held[:, month]).tolist()
                assert spent == sorted(lengths[practice, month])


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(PEOPLE, st.integers(2, 4))
def test_any_number_of_shards_gives_the_same_sums_of_units(people: list[Person], shards: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as several:
        whole = build_cube(Path(one), people, shards=1)
        parts = build_cube(Path(several), people, shards=shards)
        assert parts.manifest["content_hash"] == whole.manifest["content_hash"]
