"""Random people of whom more, or something else, is known month by month: adding differences counts what counting all
of them anew counts."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from builders.places import build_small_areas, write_placed_shard
from builders.questions import CODE_LISTS
from builders.release import build_hierarchy
from placewise import told_together
from placewise.counting import CASES, COUNTS, LISTED, PEOPLE_ROWS, Asked, count_months_ahead, count_shard, name_of_end
from placewise.differences import NO_MORE_LISTED, PLACED_ANEW, count_difference
from placewise.door.contract import REPLACED
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import Age, Has, In, Latest, Node, Reading, Registered
from placewise.floor.language.period import Days
from placewise.floor.language.units import Between, Each, EveryUnit, Lasted, LatestValue, Length, OfPerson
from placewise.floor.parts import Part
from placewise.floor.timeline.layers import REPLACED_FILE, name_layer
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.people import SEXES
from placewise.measures.definition import Measure
from placewise.measures.unit_measure import Asked as UnitAsked
from placewise.plans.lists.plan import ListPlan
from placewise.population.build import build_placing
from placewise.population.person_rows import lay_person_rows
from placewise.population.segments import Segments

FIRST = Window(2024, 8, 14)
DAY = st.dates(date(2024, 6, 1), date(2026, 2, 28))
ADULT = Age(Comparison(">=", 18))
REGISTERS: dict[str, Node] = {"ill": Has("diagnosis", not_resolved_by="resolved")}
SEGMENTS = Segments("1", "tests", {"sick": "Sick", "well": "Well"}, {"sick": Has("diagnosis", within=Days(200))})
PATHWAY = Between("diagnosis", "resolved", Days(90))


def share(slug: str, of: Node, count: Node) -> Measure:
    texts = {"title": slug, "unit": "person", "note": "", "completeness": "", "version": "1", "written": ""}
    return Measure(slug=slug, of=of, count=count, better="higher", sensitive=False, limits="wilson", ambition=None,
                   settles_after=0, **texts)  # type: ignore[arg-type] # fmt: skip


def ask(
    statistic: str, units: object, when: str, count: object, value: object = None, over: str = "month"
) -> UnitAsked:
    return UnitAsked(statistic=statistic, unit="unit" if units else "person", units=units, when=when, of=EveryUnit(),
                     count=count, people=ADULT if units is None else Registered(), weights=None, value=value,
                     over=over)  # type: ignore[arg-type] # fmt: skip


def plan_list(slug: str, measure: str, counted: bool = False) -> ListPlan:
    return ListPlan(slug=slug, measure=measure, lines=(), exclude=None, exclude_lines=(), order=(), columns=(),
                    card=None, counted=counted)  # type: ignore[arg-type] # fmt: skip


SHARES = {
    each.slug: each
    for each in (
        share("ill", Registered(), In("ill")),
        share("at_home", Registered(), Has("home", within=Days(60))),
        share("controlled", In("ill"), Latest((Reading((("pressure", Comparison("<", 140)),)),), within=Days(100))),
    )
}
UNITS = {
    "visits": ask("rate", Each("home"), "starts", EveryUnit(), over="12 months"),
    "soon": ask("proportion", PATHWAY, "ends", Lasted(Comparison("<=", 30)), over="financial year"),
    "visits_of_ill": ask("proportion", Each("home"), "starts", OfPerson(In("ill"))),
    "days": ask("median", PATHWAY, "ends", None, Length(Comparison("to", 0, 90))),
    "pressure": ask("mean", None, "open", None, LatestValue("pressure", Comparison("to", 60, 260), Days(60))),
}
PLANS = (plan_list("calls", "controlled"), plan_list("visited", "at_home", counted=True))


def build_asked(month: int, counted_for: int = 0) -> Asked:
    """As a build of a month after the first is asked that takes over what was counted for that month or one before."""
    ahead = count_months_ahead(FIRST)
    counted = FIRST.earlier(-counted_for).widened(1, ahead)
    areas = build_small_areas({"H0001": 1, "H0002": 7})
    placing = build_placing(counted, build_hierarchy(), areas, SEGMENTS, declares_practices=True, ends=1 + ahead)
    return Asked(
        window=counted,
        shown=FIRST.earlier(-month),
        hierarchy=build_hierarchy(),
        compare_by=("ill",),
        code_lists=CODE_LISTS,
        needed=frozenset(CODE_LISTS),
        registers=REGISTERS,
        measures=SHARES,
        unit_measures=UNITS,
        plans=PLANS,
        placing=placing,
    )


class Person(NamedTuple):
    birth: str
    sex: str
    registered: list[tuple[str, date, date | None]]
    lived: list[tuple[str, date, date | None]]
    died: date | None
    events: list[tuple[str, date, float | None]]


def stays(places: Sequence[str], least: int) -> st.SearchStrategy[list[tuple[str, date, date | None]]]:
    one = st.builds(
        lambda where, start, days: (where, start, None if days is None else start + timedelta(days)),
        st.sampled_from(places), DAY, st.none() | st.integers(0, 300),
    )  # fmt: skip
    return st.lists(one, min_size=least, max_size=3, unique_by=lambda stay: stay[1]).map(
        lambda stays: sorted(stays, key=lambda stay: stay[1])
    )


EVENTS = st.lists(
    st.tuples(st.sampled_from(["diagnosis", "resolved", "home"]), DAY, st.none())
    | st.tuples(st.just("pressure"), DAY, st.sampled_from([30.0, 120.0, 142.5, 160.0])),
    max_size=8,
)
REGISTERED = stays(("A01", "A02", "A04"), 1)
PERSON = st.builds(
    Person,
    birth=st.sampled_from(["1944-06", "1984-12", "2007-01", "2025-04"]),
    sex=st.sampled_from(SEXES),
    registered=REGISTERED,
    lived=stays(("H0001", "H0002"), 0),
    died=st.none() | DAY,
    events=EVENTS,
)
CHANGE = st.none() | st.tuples(st.sampled_from(["grown", "moved", "other", "gone"]), PERSON)
PEOPLE = st.lists(st.tuples(st.none() | PERSON, CHANGE, CHANGE), min_size=1, max_size=6)
"""Of each: who they are at first, if they are there, and what changes in the two months after."""

LONG_HERE = Person("1944-06", "female", [("A01", date(2024, 6, 1), None)], [], None, [])
VISITED, ILL = ("home", date(2024, 9, 2), None), ("diagnosis", date(2025, 1, 1), None)
ILL_EARLIER = ("diagnosis", date(2024, 6, 1), None)
ON_A_REGISTER_EARLIER = (
    LONG_HERE._replace(events=[ILL, VISITED]),
    None,
    ("grown", LONG_HERE._replace(events=[ILL_EARLIER])),
)
"""Their visit counts as it did, but among the ill."""


def write(folder: Path, people: dict[int, Person], events: dict[int, list[tuple[str, date, float | None]]]) -> Path:
    def lines(told: object) -> str:
        return "\n".join(told)  # type: ignore[call-overload, no-any-return]

    return write_placed_shard(
        folder,
        CODE_LISTS,
        people=lines(f"{i} {each.birth} {each.sex} white" for i, each in people.items()),
        registered=lines(f"{i} {w} {a} {b or ''}" for i, each in people.items() for w, a, b in each.registered),
        lived=lines(f"{i} {w} {a} {b or ''}" for i, each in people.items() for w, a, b in each.lived),
        died=lines(f"{i} {each.died}" for i, each in people.items() if each.died),
        events=lines(
            f"{i} {name} {day} {'' if value is None else value}" for i in people for name, day, value in events[i]
        ),
    )


def write_whole(folder: Path, people: dict[int, Person]) -> Path:
    return write(folder, people, {i: each.events for i, each in people.items()})


def lay(
    shard: Path, number: int, people: dict[int, Person], changes: dict[int, tuple[str, Person]]
) -> dict[int, Person]:
    """Write what has changed as a layer; the people as they are then."""
    now, named, new = dict(people), {}, {}
    replaced = []
    for i, (kind, other) in changes.items():
        before = people.get(i)
        if before is None or kind in ("other", "gone"):
            replaced.append(i)
            now.pop(i, None)
            if kind != "gone":
                now[i] = named[i] = other
                new[i] = other.events
        else:
            stays = before._replace(events=before.events + other.events)
            now[i] = stays._replace(registered=other.registered) if kind == "moved" else stays
            named[i] = now[i] if kind == "moved" else stays._replace(registered=[], lived=[])
            new[i] = other.events
    layer = write(shard / name_layer(number), named, new)
    pq.write_table(pa.table([sorted(replaced)], schema=REPLACED), layer / REPLACED_FILE)
    return now


def hash_cube(folder: Path, asked: Asked, parts: list[Part]) -> tuple[str, pa.Table]:
    """The content hash of the cube, and its case mix."""
    builder, case_mix = asked.cube_builder(), asked.case_mix_builder(asked.end)
    for part in parts:
        builder.add_packed(part[COUNTS])
        case_mix.add_packed(part[name_of_end(CASES, asked.end)])
    folder.mkdir()
    case_mix.write(folder)
    cube = builder.write(folder, asked.hierarchy)
    return str(cube.manifest["content_hash"]), pq.read_table(folder / "case_mix.parquet")


def find_listed(asked: Asked, added: list[Part], gone: Sequence[Part] = ()) -> dict[str, dict[str, list[int]]]:
    """List -> practice -> who is on it."""
    people = asked.counted_people(asked.end)
    for part in added:
        people.add_packed(part[name_of_end(LISTED, asked.end)])
    for part in gone:
        people.add_packed(part[name_of_end(NO_MORE_LISTED, asked.end)], -1)
    return {
        plan.slug: {practice: those.tolist() for practice, those in people.by_practice(plan.slug).items()}
        for plan in PLANS
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(PEOPLE, st.booleans())
@example([ON_A_REGISTER_EARLIER], False)
@example([ON_A_REGISTER_EARLIER], True)
def test_differences_add_up_to_what_counting_anew_counts(
    drawn: list[tuple[Person | None, tuple[str, Person] | None, tuple[str, Person] | None]], each_by_itself: bool
) -> None:
    """each_by_itself: no measures are asked together, as if there were too many people for it."""
    with TemporaryDirectory() as scratch, pytest.MonkeyPatch.context() as patched:
        if each_by_itself:
            patched.setattr(told_together, "_AT_ONCE", 0)
        folder = Path(scratch)
        people = {i: each for i, (each, _, _) in enumerate(drawn, 1) if each}
        shard = write_whole(folder / "shard=000", people)
        kept = [count_shard(build_asked(0), shard)]
        for month in (1, 2):
            changes = {i: told for i, each in enumerate(drawn, 1) if (told := each[month])}
            people = lay(shard, month, people, changes)
            asked = build_asked(month)
            kept.append(count_difference(asked, shard / name_layer(month)))
            whole = write_whole(folder / f"whole-{month}" / "shard=000", people)
            own = build_asked(month, counted_for=month)
            anew = count_shard(own, whole)
            assert hash_cube(folder / f"a{month}", asked, kept) == hash_cube(folder / f"b{month}", own, [anew])
            name = name_of_end(PEOPLE_ROWS, asked.end)
            told = lay_person_rows(kept[0][name], [(each[PLACED_ANEW], each[name]) for each in kept[1:]])
            assert told.to_pylist() == anew[name_of_end(PEOPLE_ROWS, own.end)].to_pylist()
            assert find_listed(asked, kept, kept[1:]) == find_listed(own, [anew])
            assert count_shard(own, shard)[COUNTS] == anew[COUNTS], "a shard in layers is read as one"
