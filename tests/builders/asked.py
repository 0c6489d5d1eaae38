"""Ask one question, written as in a programme, of a person in small text tables; every engine must answer alike."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from yaml import load

from judge.judge import Event, Person, judge_months
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.nodes import Node
from placewise.floor.language.notation import QuestionReader
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.floor.yaml_values import Values

from .warehouse import write_shard

YEAR_2024 = Window(2024, 1, 12)
ROOT = Path(__file__).resolve().parents[2]


@cache
def code_lists() -> Mapping[str, CodeList]:
    """The project's own."""
    return read_code_lists(ROOT / "codelists")


def read_question(written: str, registers: Collection[str] = (), lists: Mapping[str, CodeList] | None = None) -> Node:
    reader = QuestionReader(lists or code_lists(), registers)
    node = reader.read(load(written, Values))
    assert node is not None, reader.mistakes
    return node


def held(
    question: str,
    events: str = "",
    *,
    person: str = "1950-03 female",
    registered: str = "",
    died: str = "",
    registers: Mapping[str, str] | None = None,
    window: Window = YEAR_2024,
    lists: Mapping[str, CodeList] | None = None,
) -> str:
    """The months in which it is true of one person, as "2024-03 to 2024-08, 2024-11", or "never".

    The tables are those of builders/warehouse.py without the person's number. lists: the project's, or others.
    """
    registers, lists = registers or {}, lists or code_lists()
    known = {slug: read_question(each, registers, lists) for slug, each in registers.items()}
    node = read_question(question, known, lists)
    tables = {"people": person, "events": events, "registered": registered, "died": died}
    numbered = {name: "\n".join(f"1 {line}" for line in _lines(text)) for name, text in tables.items()}
    names = named_code_lists(node).union(*(named_code_lists(each) for each in known.values()))
    with TemporaryDirectory() as folder:
        shard = read_events(write_shard(Path(folder), lists, **numbered), names, lists)
    answered = Answers(shard, window, known).of(node).tolist()
    judged = judge_months(node, _person(**numbered), window, known)
    assert answered == [judged], "the kernel and the judge differ"
    return months(judged, window)


def months(word: int, window: Window) -> str:
    """A word as runs of months."""
    names = [f"{day:%Y-%m}" for day in window.month_ends]
    bits = "".join("1" if word >> month & 1 else "0" for month in range(window.months)) + "0"
    runs, first = [], None
    for month, bit in enumerate(bits):
        if bit == "1" and first is None:
            first = month
        elif bit == "0" and first is not None:
            runs.append(names[first] if first == month - 1 else f"{names[first]} to {names[month - 1]}")
            first = None
    return ", ".join(runs) or "never"


def _person(people: str, events: str, registered: str, died: str) -> Person:
    _, birth, *sex = people.split()
    happened = []
    for _, codes, day, *rest in map(str.split, _lines(events)):
        end = date.fromisoformat(rest[1]) if rest[:1] == ["to"] else None
        value = float(rest[0]) if len(rest) == 1 else None
        happened.append(Event(codes, date.fromisoformat(day), value, end))
    spells = [[date.fromisoformat(each) for each in line.split()[1:]] for line in _lines(registered)]
    return Person(
        person_id=1,
        birth=date.fromisoformat(f"{birth}-01"),
        sex=sex[0] if sex else "female",
        events=happened,
        registrations=[(start, end[0] if end else None) for start, *end in spells] or [(date(1900, 1, 1), None)],
        died=date.fromisoformat(died.split()[1]) if died else None,
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
