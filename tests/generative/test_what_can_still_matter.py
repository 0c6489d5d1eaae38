"""What of a history can still matter: no answer of a month or later one rests on events that were let go before it."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.questions import CODE_LISTS, REGISTERS, histories, one_of_each_kind, windows
from builders.warehouse import Rows, add_event, add_person, add_registration, write_rows
from judge.judge import Person
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.events import Dated, Events, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.live import keep_live
from placewise.floor.timeline.window import Window
from placewise.intake.contract import SHARD_TABLES

EXAMPLES = int(os.environ.get("PLACEWISE_GENERATIVE_EXAMPLES", "30"))
short_and_fixed = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows, data=st.data())
def test_each_question_is_answered_from_what_it_keeps(
    people: list[Person], asked: tuple[Node, ...], window: Window, data: st.DataObject
) -> None:
    month = data.draw(st.integers(0, window.months - 1), "month")
    events = read_history(people)
    for node in asked:
        kept = after_month(events, (node,), window, month)
        assert later(events, node, window, month) == later(kept, node, window, month), f"{node} over {window}"


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows, data=st.data())
def test_many_questions_are_answered_from_what_they_keep_month_after_month(
    people: list[Person], asked: tuple[Node, ...], window: Window, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, window.months - 1), "first month")
    second = data.draw(st.integers(first, window.months - 1), "second month")
    events = read_history(people)
    kept = after_month(after_month(events, asked, window, first), asked, window, second)
    for node in asked:
        assert later(events, node, window, second) == later(kept, node, window, second), f"{node} over {window}"


def later(events: Events, node: Node, window: Window, month: int) -> list[int]:
    """The answer from a month of the window on."""
    return [word >> month for word in Answers(events, window, REGISTERS).of(node).tolist()]


def after_month(events: Events, asked: tuple[Node, ...], window: Window, month: int) -> Events:
    """What is kept of the events before the month, with those that come from its first day on."""
    first_day = window.month_starts[month].astype(np.int64)
    before = pick(events, lambda dated: dated.day < first_day)
    since = pick(events, lambda dated: dated.day >= first_day)
    kept = keep_live(before, asked, REGISTERS, window.first_month + month)
    return replace(events, of={name: put_together(kept.of[name], since.of[name]) for name in events.of})


def pick(events: Events, choose: Callable[[Dated], npt.NDArray[np.bool_]]) -> Events:
    return replace(events, of={name: take(dated, np.flatnonzero(choose(dated))) for name, dated in events.of.items()})


def put_together(one: Dated, other: Dated) -> Dated:
    both = Dated(
        row=np.concatenate([one.row, other.row]),
        day=np.concatenate([one.day, other.day]),
        end=None if one.end is None or other.end is None else np.concatenate([one.end, other.end]),
        value=None if one.value is None or other.value is None else np.concatenate([one.value, other.value]),
    )
    return take(both, np.lexsort((both.day, both.row)))


def take(dated: Dated, rows: npt.NDArray[np.int64]) -> Dated:
    return Dated(
        row=dated.row[rows],
        day=dated.day[rows],
        end=None if dated.end is None else dated.end[rows],
        value=None if dated.value is None else dated.value[rows],
    )


def read_history(people: list[Person]) -> Events:
    rows: Rows = {table: [] for table in SHARD_TABLES}
    for person in people:
        add_person(rows, person.person_id, f"{person.birth:%Y-%m}", person.sex)
        for start, end in person.registrations:
            add_registration(rows, person.person_id, start, end)
        if person.died:
            rows["death"].append({"person_id": person.person_id, "date": person.died})
        for event in person.events:
            add_event(rows, CODE_LISTS, person.person_id, event.codes, event.day, value=event.value, end=event.end)
    with tempfile.TemporaryDirectory() as folder:
        return read_events(write_rows(Path(folder), rows), CODE_LISTS, CODE_LISTS)
