"""Random questions of random histories: the kernel answers exactly as the judge, and never looks into the future."""

import os
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.questions import CODE_LISTS, REGISTERS, histories, one_of_each_kind, windows
from builders.warehouse import Rows, add_event, add_person, add_registration, write_rows
from judge.judge import Person, judge_months
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.intake.contract import SHARD_TABLES

EXAMPLES = int(os.environ.get("PLACEWISE_GENERATIVE_EXAMPLES", "30"))
"""Each asks twenty questions of six people: 30 examples are 600 questions; for 10,000 set 500."""
short_and_fixed = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows)
def test_the_kernel_answers_as_the_judge(people: list[Person], asked: tuple[Node, ...], window: Window) -> None:
    words = answer(people, asked, window)
    for node, answered in zip(asked, words, strict=True):
        expected = [judge_months(node, person, window, REGISTERS) for person in people]
        assert answered == expected, f"{node} over {window}"


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows, data=st.data())
def test_deleting_the_future_changes_no_earlier_answer(
    people: list[Person], asked: tuple[Node, ...], window: Window, data: st.DataObject
) -> None:
    month = data.draw(st.integers(0, window.months - 1), "month")
    known = (1 << (month + 1)) - 1
    before = answer(people, asked, window)
    after = answer([until(person, window.month_ends[month]) for person in people], asked, window)
    assert [[word & known for word in words] for words in before] == [
        [word & known for word in words] for words in after
    ]


def until(person: Person, day: date) -> Person:
    """The person as known on that day."""
    return Person(
        person_id=person.person_id,
        birth=person.birth,
        sex=person.sex,
        events=[event for event in person.events if event.day <= day],
        registrations=[
            (start, end if end is not None and end <= day else None)
            for start, end in person.registrations
            if start <= day
        ],
        died=person.died if person.died is not None and person.died <= day else None,
    )


def answer(people: list[Person], asked: tuple[Node, ...], window: Window) -> list[list[int]]:
    """Each question's words, through Parquet files as intake writes them."""
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
        shard = write_rows(Path(folder), rows)
        events = read_events(shard, CODE_LISTS, CODE_LISTS)
    answers = Answers(events, window, REGISTERS)
    return [answers.of(node).tolist() for node in asked]
