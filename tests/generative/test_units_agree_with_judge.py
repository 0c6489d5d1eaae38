"""Random units of random histories: the kernel finds, places and answers exactly as the judge."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.judged_people import read_people, until
from builders.questions import REGISTERS, comparisons, histories, questions, some_codes, windows
from judge.judge import Person
from judge.units import counts_in_month, is_true_of_unit, units_of, value_on
from placewise.floor.language.comparison import Comparison
from placewise.floor.language.period import Days, Months
from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
    Between,
    During,
    Each,
    EndedBy,
    EveryUnit,
    Lasted,
    LatestValue,
    NotOfUnit,
    OfPerson,
    Unit,
    UnitNode,
    When,
)
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.units import UnitAnswers, find_months, find_units
from placewise.floor.timeline.values import find_values
from placewise.floor.timeline.window import Window

EXAMPLES = int(os.environ.get("PLACEWISE_GENERATIVE_EXAMPLES", "30"))
short_and_fixed = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)

longest = st.one_of(st.builds(Days, st.sampled_from([1, 2, 30, 300])), st.builds(Months, st.integers(1, 14)))
units: st.SearchStrategy[Unit] = st.one_of(
    st.builds(Each, some_codes),
    st.lists(some_codes, min_size=2, max_size=2, unique=True).flatmap(
        lambda pair: st.builds(Between, st.just(pair[0]), st.just(pair[1]), longest, st.booleans())
    ),
)
lengths = st.builds(
    Comparison, st.sampled_from(["<", "<=", "=", ">=", ">"]), st.sampled_from([0, 1, 27, 28, 29, 30, 31, 62, 126])
)
leaves: st.SearchStrategy[UnitNode] = st.one_of(
    st.just(EveryUnit()),
    st.builds(Lasted, lengths),
    st.builds(During, some_codes),
    st.builds(EndedBy, some_codes),
    st.builds(OfPerson, questions),
)
unit_questions: st.SearchStrategy[UnitNode] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOfUnit, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOfUnit, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(NotOfUnit, inner),
    ),
    max_leaves=4,
)


@short_and_fixed
@given(
    people=histories(),
    asked=st.lists(units, min_size=3, max_size=3),
    when=st.sampled_from(["starts", "ends", "open"]),
    nodes=st.lists(unit_questions, min_size=3, max_size=3),
    window=windows,
)
def test_units_are_found_and_asked_as_the_judge_does(
    people: list[Person], asked: list[Unit], when: When, nodes: list[UnitNode], window: Window
) -> None:
    events = read_people(people)
    answers = Answers(events, window, REGISTERS)
    for unit in asked:
        months = find_months(find_units(unit, events), when, Calendar(window))
        answered = UnitAnswers(months, answers)
        assert sorted(months.row.tolist()) == months.row.tolist()
        for node in nodes:
            held = answered.of(node).tolist()
            found = sorted(zip(months.row.tolist(), months.month.tolist(), months.days.tolist(), held, strict=True))
            expected = sorted(
                (row, month, ((one.end if ended and one.end else day) - one.start).days, truth)
                for row, person in enumerate(people)
                for one in units_of(unit, person)
                for month, day in enumerate(window.month_ends)
                if counts_in_month(one, when, day)
                for ended in [one.end is not None and one.end <= day]
                for truth in [is_true_of_unit(node, one, person, day, REGISTERS)]
            )
            assert found == expected, f"{unit} {when} {node} over {window}"


@short_and_fixed
@given(
    people=histories(),
    asked=st.lists(units, min_size=3, max_size=3),
    when=st.sampled_from(["starts", "ends", "open"]),
    node=unit_questions,
    window=windows,
    data=st.data(),
)
def test_deleting_the_future_changes_no_unit_of_an_earlier_month(
    people: list[Person], asked: list[Unit], when: When, node: UnitNode, window: Window, data: st.DataObject
) -> None:
    last = data.draw(st.integers(0, window.months - 1), "month")
    known = [until(person, window.month_ends[last]) for person in people]

    def answered(unit: Unit, people: list[Person]) -> list[tuple[int, int, int, bool]]:
        """Of each unit up to the last month: row, month, days it lasted and whether the question holds."""
        events = read_people(people)
        months = find_months(find_units(unit, events), when, Calendar(window))
        held = UnitAnswers(months, Answers(events, window, REGISTERS)).of(node)
        found = zip(months.row.tolist(), months.month.tolist(), months.days.tolist(), held.tolist(), strict=True)
        return sorted(one for one in found if one[1] <= last)

    for unit in asked:
        assert answered(unit, known) == answered(unit, people), f"{unit} {when} {node} over {window}"


@short_and_fixed
@given(
    people=histories(),
    codes=st.sampled_from(["score", "pressure", "home"]),
    plausible=comparisons.filter(lambda each: each.symbol == "to"),
    within=st.one_of(st.none(), longest),
    window=windows,
)
def test_values_are_the_latest_as_the_judge_reads_them(
    people: list[Person], codes: str, plausible: Comparison, within: Days | Months | None, window: Window
) -> None:
    question = LatestValue(codes, plausible, within)
    ranges = find_values(question, read_people(people), Calendar(window))
    found = sorted(
        (row, month, value)
        for row, word, value in zip(ranges.row.tolist(), ranges.word.tolist(), ranges.value.tolist(), strict=True)
        for month in range(window.months)
        if word >> month & 1
    )
    expected = sorted(
        (row, month, value)
        for row, person in enumerate(people)
        for month, day in enumerate(window.month_ends)
        for value in [value_on(question, person, day)]
        if value is not None
    )
    assert found == expected
