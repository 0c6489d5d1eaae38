"""Random questions and random histories, drawn to land on edges: month ends, leap days, the same day, before birth."""

from datetime import date, timedelta

from hypothesis import strategies as st

from judge.judge import Event, Person
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import (
    Age,
    Alive,
    AllOf,
    Anchor,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Registered,
    Resolved,
    Sex,
    Value,
)
from placewise.floor.language.period import Days, FinancialYear, Months
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import Code, CodeList
from placewise.floor.vocabulary.people import SEXES

FIRST, LAST = date(2019, 6, 1), date(2022, 6, 30)
DOMAINS = {
    "diagnosis": "condition",
    "resolved": "condition",
    "medicine": "drug",
    "score": "measurement",
    "pressure": "measurement",
    "home": "observation",
}
CODE_LISTS = {
    name: CodeList(
        name=name,
        title=name,
        domain=domain,
        owner="tests",
        version="1",
        source="invented",
        review_date=date(2030, 1, 1),
        status="preview",
        rows=(Code(100 + place, "local", name, name),),
    )
    for place, (name, domain) in enumerate(DOMAINS.items())
}
VALUED = ("score", "pressure", "home")
REGISTERS: dict[str, Node] = {
    "patients": Has("diagnosis", not_resolved_by="resolved"),
    "scored": AllOf((In("patients"), Latest((Reading((("score", Comparison(">=", 2)),)),)))),
}

windows = st.builds(Window, st.integers(2019, 2021), st.integers(1, 12), st.sampled_from([36, 13, 1, 60, 64]))
month_ends = st.builds(
    lambda year, month: date(year, month, 1) - timedelta(days=1), st.integers(2019, 2022), st.integers(1, 12)
)
days = st.one_of(
    st.dates(FIRST, LAST),
    month_ends,
    month_ends.map(lambda day: day + timedelta(days=1)),
    st.sampled_from([date(2020, 2, 29), date(2024, 2, 29), date(2021, 3, 31), date(2021, 4, 1)]),
    st.sampled_from([date(1850, 1, 1), date(1900, 2, 28), date(1950, 1, 1), date(1969, 12, 31), date(2099, 12, 31)]),
)
"""Of anything that happens: around the windows, on edges of the calendar, long before birth and far in the future."""

some_months = st.builds(Months, st.one_of(st.integers(1, 40), st.sampled_from([1, 12, 120, 1200])))
some_days = st.builds(Days, st.sampled_from([1, 2, 7, 28, 30, 31, 90, 365, 366, 36525]))
periods = st.one_of(st.none(), some_months, some_days, st.just(FinancialYear()))
small = st.integers(1, 4)
numbers = st.integers(0, 4)
some_codes = st.sampled_from(list(DOMAINS))
comparisons = st.one_of(
    st.builds(Comparison, st.sampled_from(["<", "<=", "=", ">=", ">"]), numbers),
    st.builds(lambda a, b: Comparison("to", min(a, b), max(a, b)), numbers, numbers),
    st.just(Comparison("recorded")),
)
ages = st.builds(
    Age, st.builds(Comparison, st.sampled_from(["<", "<=", "=", ">=", ">"]), st.sampled_from([0, 1, 14, 44, 45, 80]))
)
readings = st.lists(
    st.tuples(st.sampled_from(VALUED), comparisons), min_size=1, max_size=3, unique_by=lambda p: p[0]
).map(lambda parts: Reading(tuple(parts)))
anchors = st.builds(Anchor, some_codes, st.one_of(st.none(), small))
fixed_anchors = st.builds(Anchor, some_codes, small)
ordered: st.SearchStrategy[Node] = st.one_of(
    st.builds(Ordered, some_codes, anchors, st.none(), periods, periods),
    st.builds(Ordered, some_codes, st.none(), anchors, periods, periods),
    st.builds(Ordered, some_codes, fixed_anchors, fixed_anchors, periods, periods),
)
kinds: tuple[st.SearchStrategy[Node], ...] = (
    st.builds(Has, some_codes, periods, st.one_of(st.none(), some_codes)),
    st.builds(Latest, st.lists(readings, min_size=1, max_size=2).map(tuple), periods),
    st.lists(some_codes, min_size=2, max_size=4, unique=True).map(lambda among: Earliest(among[-1], tuple(among))),
    st.builds(OnMedicine, st.just("medicine"), periods),
    st.builds(OnMedicine, st.just("medicine"), st.none(), st.one_of(st.none(), some_days), st.booleans()),
    st.builds(Resolved, some_codes, some_codes),
    ordered,
    st.builds(Value, st.sampled_from(VALUED), comparisons, periods),
    st.builds(Nth, some_codes, small, st.none(), periods),
    st.builds(Nth, st.sampled_from(VALUED), small, comparisons, periods),
    st.builds(Count, some_codes, st.integers(1, 4), periods),
    ages,
    st.builds(In, st.sampled_from(list(REGISTERS))),
    st.builds(Sex, st.sampled_from(SEXES)),
    st.just(Registered()),
    st.just(Alive()),
)
leaves: st.SearchStrategy[Node] = st.one_of(*kinds)
questions: st.SearchStrategy[Node] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(Not, inner),
        st.builds(Began, inner, some_months),
        st.builds(Ended, inner, some_months),
    ),
    max_leaves=5,
)
one_of_each_kind = st.tuples(
    *kinds, st.builds(Began, questions, some_months), st.builds(Ended, questions, some_months), questions, questions
)


@st.composite
def histories(draw: st.DrawFn) -> list[Person]:
    """Some people to whom things happen on a few days only, so that the same day and the next are common."""
    pool = draw(st.lists(days, min_size=2, max_size=4))
    pool.append(pool[0] + timedelta(days=1))
    return [draw(people(person_id, st.sampled_from(pool))) for person_id in range(1, 7)]


@st.composite
def people(draw: st.DrawFn, person_id: int, some_day: st.SearchStrategy[date]) -> Person:
    spells = draw(st.lists(st.tuples(some_day, st.one_of(some_day, st.none())), max_size=2))
    happened = draw(st.lists(events(some_day), min_size=person_id, max_size=16))
    twice = draw(st.lists(st.sampled_from(happened), max_size=3))
    return Person(
        person_id=person_id,
        birth=date(draw(st.sampled_from([1900, 1940, 1975, 2006, 2020, 2023])), draw(st.integers(1, 12)), 1),
        sex=draw(st.sampled_from(SEXES)),
        events=[*happened, *twice],
        registrations=[(start, end) for start, end in spells if end is None or end >= start],
        died=draw(st.one_of(st.none(), some_day)),
    )


@st.composite
def events(draw: st.DrawFn, some_day: st.SearchStrategy[date]) -> Event:
    codes, day = draw(some_codes), draw(some_day)
    value = draw(st.one_of(numbers.map(float), st.none())) if codes in VALUED else None
    days_supplied = st.one_of(st.sampled_from([0, 1, 27, 60]), st.integers(-3, 400))
    return Event(codes, day, value, day + timedelta(days=draw(days_supplied)) if codes == "medicine" else None)
