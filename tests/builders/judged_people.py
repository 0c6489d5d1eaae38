"""People as the judge knows them, as the kernel reads and answers for them."""

import tempfile
from datetime import date
from pathlib import Path

from builders.questions import CODE_LISTS, REGISTERS
from builders.warehouse import Rows, add_event, add_person, add_registration, write_rows
from judge.judge import Person
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.events import Events, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.intake.contract import SHARD_TABLES


def read_people(people: list[Person]) -> Events:
    """Through Parquet files as intake writes them."""
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


def answer(people: list[Person], asked: tuple[Node, ...], window: Window) -> list[list[int]]:
    """Each question's words."""
    answers = Answers(read_people(people), window, REGISTERS)
    return [answers.of(node).tolist() for node in asked]


def answer_case(cases: list[tuple[list[Person], tuple[Node, ...], Window]], place: int) -> list[list[int]]:
    """The answers of the case at this place: work that an engine can share out."""
    return answer(*cases[place])


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
