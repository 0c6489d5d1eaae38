"""Random people who move, join, leave and die: parts sum to the whole, shards do not matter, everyone counts once."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders.places import build_small_areas, write_placed_shard
from builders.release import build_hierarchy
from placewise.floor.language.nodes import Registered
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.people import AGE_BAND_STARTS, AGE_BANDS, ETHNIC_GROUPS, SEXES
from placewise.floor.vocabulary.residence import SMALL_AREA
from placewise.measures.build import CubeBuilder
from placewise.measures.checks import check_cube
from placewise.measures.contract import PersonFlags
from placewise.measures.cube import PEOPLE, Cube
from placewise.population.build import build_placing, build_population
from placewise.population.checks import check_population
from placewise.population.segments import Segments

WINDOW = Window(2024, 11, 8)
FIRST_DAY, LAST_DAY = date(2024, 8, 1), date(2025, 9, 30)
SMALL_AREAS = {"H0001": 1, "H0002": 4, "H0003": 10, "H0004": None}
NO_SEGMENTS = Segments("test", "test", {"everyone": "Everyone"}, {})
WORD = st.integers(0, 2**WINDOW.months - 1)
DAY = st.dates(FIRST_DAY, LAST_DAY)


class Stay(NamedTuple):
    where: str
    start: date
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Person(NamedTuple):
    birth: str
    sex: str
    ethnicity: str
    registered: list[Stay]
    lived: list[Stay]
    died: date | None
    denominator: int
    numerator: int
    register: int


def stays(places: tuple[str, ...], least: int) -> st.SearchStrategy[list[Stay]]:
    one = st.builds(
        lambda where, start, days: Stay(where, start, None if days is None else start + timedelta(days)),
        st.sampled_from(places),
        DAY,
        st.none() | st.integers(0, 300),
    )
    return st.lists(one, min_size=least, max_size=4, unique_by=lambda stay: stay.start)


PEOPLE_STRATEGY = st.lists(
    st.builds(
        Person,
        birth=st.sampled_from(["1944-06", "1960-02", "1984-12", "2000-03", "2007-01", "2024-12", "2025-04"]),
        sex=st.sampled_from(SEXES),
        ethnicity=st.sampled_from(ETHNIC_GROUPS),
        registered=stays(("A01", "A02", "A03", "A04"), 1),
        lived=stays(tuple(SMALL_AREAS), 0),
        died=st.none() | DAY,
        denominator=WORD,
        numerator=WORD,
        register=WORD,
    ),
    min_size=1,
    max_size=12,
)


def build_cube(folder: Path, people: list[Person], shards: int) -> Cube:
    placing = build_placing(
        WINDOW, build_hierarchy(), build_small_areas(SMALL_AREAS), NO_SEGMENTS, declares_practices=True
    )
    builder = CubeBuilder(
        placing.population, {"measure": Registered()}, ["deprivation_decile", "on_register"], ["on_register"]
    )
    for shard in range(shards):
        ids = [number for number in range(len(people)) if number % shards == shard]
        path = write_placed_shard(
            folder / f"shard={shard}",
            {},
            people=lines(f"{i} {people[i].birth} {people[i].sex} {people[i].ethnicity}" for i in ids),
            registered=lines(told(i, stay) for i in ids for stay in people[i].registered),
            lived=lines(told(i, stay) for i in ids for stay in people[i].lived),
            died=lines(f"{i} {people[i].died}" for i in ids if people[i].died),
        )
        placed = build_population(path, Answers(read_events(path, (), {}), WINDOW), placing)
        check_population(placed, placing.population)
        builder.add(
            placed,
            PersonFlags(
                placed.person_id,
                {"measure": np.array([people[i].denominator for i in ids], np.uint64)},
                {"measure": np.array([people[i].numerator for i in ids], np.uint64)},
            ),
            {"on_register": np.array([people[i].register for i in ids], np.uint64)},
        )
    (folder / "cube").mkdir()
    return builder.write(folder / "cube", build_hierarchy())


def lines(rows: Any) -> str:
    return "\n".join(rows)


def told(person: int, stay: Stay) -> str:
    return f"{person} {stay.where} {stay.start} {stay.end or ''}"


def judge(people: list[Person]) -> Counter[tuple[str, ...]]:
    """A slow, obvious count: one person and one month end at a time."""
    counts: Counter[tuple[str, ...]] = Counter()
    for person in people:
        for month, day in enumerate(WINDOW.month_ends):
            born = date.fromisoformat(f"{person.birth}-01")
            at = [stay for stay in person.registered if stay.covers(day)]
            if not at or day < born or (person.died and person.died <= day):
                continue
            practice = max(at, key=lambda stay: stay.start).where
            home = [stay for stay in person.lived if stay.covers(day)]
            area = max(home, key=lambda stay: stay.start).where if home else None
            decile = SMALL_AREAS[area] if area else None
            age = (day.year - born.year) - (day.month < born.month)
            band = AGE_BANDS[sum(start <= age for start in AGE_BAND_STARTS) - 1]
            groups = {
                "all": "all",
                "age_band": band,
                "sex": person.sex,
                "ethnicity": person.ethnicity,
                "deprivation_decile": str(decile or "not_recorded"),
                "deprivation_fifth": str((decile + 1) // 2) if decile else "not_recorded",
                "on_register": "yes" if person.register >> month & 1 else "no",
            }
            met = person.denominator & person.numerator
            facts = {PEOPLE: (1, 1), "measure": (person.denominator >> month & 1, met >> month & 1)}
            for measure, (denominator, numerator) in facts.items():
                for unit, splits in ((practice, groups), (area, {"all": "all"})):
                    for split, group in splits.items():
                        if unit:
                            key = (measure, split, group, unit, day.isoformat())
                            counts[(*key, "denominator")] += denominator
                            counts[(*key, "numerator")] += numerator
    return counts


def counted(cube: Cube) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for kind in ("practice", SMALL_AREA):
        for measure in cube.measures:
            for split, of in cube.read(measure, kind).items():
                if split in ("life_course", "segment"):
                    continue
                for part, values in (("denominator", of.denominator), ("numerator", of.numerator)):
                    for unit, group, month in zip(*np.nonzero(values), strict=True):
                        day = WINDOW.month_ends[month].isoformat()
                        key = (measure, split, of.groups[group], cube.units(kind)[unit], day, part)
                        counts[key] = int(values[unit, group, month])
    return counts


def test_the_window_of_these_tests_ends_months_as_the_calendar_does() -> None:
    assert [day.day for day in WINDOW.month_ends] == [monthrange(day.year, day.month)[1] for day in WINDOW.month_ends]


@pytest.mark.requirement("S014", "S085")
@settings(max_examples=40, deadline=None)
@given(PEOPLE_STRATEGY)
def test_the_cube_is_what_a_slow_count_gives_and_parts_sum_to_the_whole_at_every_level(people: list[Person]) -> None:
    with TemporaryDirectory() as folder:
        cube = build_cube(Path(folder), people, shards=1)
        check_cube(cube, build_hierarchy())
        assert counted(cube) == +judge(people)


@settings(max_examples=20, deadline=None)
@given(PEOPLE_STRATEGY, st.integers(2, 4))
def test_any_number_of_shards_gives_the_same_cube(people: list[Person], shards: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as several:
        whole = build_cube(Path(one), people, shards=1)
        parts = build_cube(Path(several), people, shards=shards)
        assert parts.manifest["content_hash"] == whole.manifest["content_hash"]
        for file in ("by_practice/people.parquet", "by_small_area/measure.parquet", "manifest.json"):
            assert (parts.folder / file).read_bytes() == (whole.folder / file).read_bytes()


@settings(max_examples=25, deadline=None)
@given(PEOPLE_STRATEGY.filter(lambda people: len(people) > 1))
def test_somebody_who_moves_between_practices_is_counted_once(people: list[Person]) -> None:
    moving = people[0]._replace(
        registered=[
            Stay("A01", date(2024, 8, 1), date(2025, 2, 10)),
            Stay("A04", date(2025, 2, 11), None),
        ],
        birth="1960-02",
        died=None,
    )
    staying = moving._replace(registered=[Stay("A01", date(2024, 8, 1), None)])
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        moved = build_cube(Path(one), [moving, *people[1:]], shards=1).read(PEOPLE)["all"].denominator
        stayed = build_cube(Path(other), [staying, *people[1:]], shards=1).read(PEOPLE)["all"].denominator
        np.testing.assert_array_equal(moved.sum(axis=0), stayed.sum(axis=0))
        difference = (moved - stayed)[:, 0]
        assert difference[0].tolist() == [0, 0, 0, -1, -1, -1, -1, -1]
        assert difference[3].tolist() == [0, 0, 0, 1, 1, 1, 1, 1]
