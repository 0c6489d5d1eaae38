"""One person's answer, laid open: their events, and the months in which each part of a measure's definition holds.

So a clinician can check one case by eye. It shows a person's record: the caller asks for role, purpose and place first,
and logs it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import numpy as np

from placewise.floor.faults import refuse
from placewise.floor.language.describe import describe
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.nodes import AllOf, AnyOf, In, Node, Not, Registered
from placewise.floor.timeline.events import Events, pick_person, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.measures.definition import Measure

INDENT = "  "


def explain(
    measure: Measure,
    registers: Mapping[str, Node],
    titles: Mapping[str, str],
    shard: Path,
    person_id: int,
    window: Window,
    code_lists: Mapping[str, CodeList],
) -> list[str]:
    """Lines of plain text. Raises FaultsFound where the shard holds no such person.

    registers: all that the measure rests on; titles: of its code lists and registers.
    """
    parts = [[(0, asked), *_parts(asked, registers, 1)] for asked in (measure.of, measure.count)]
    names = frozenset[str]().union(*(named_code_lists(node) for part in parts for _, node in part))
    events = pick_person(read_events(shard, names, code_lists), person_id)
    if events is None:
        raise refuse(person_id, "there is no such person in these records", "check the number and the load")
    used = {slug: registers[slug] for slug in _registers_in(node for part in parts for _, node in part)}
    answers = Answers(events, window, used)

    def holds(node: Node) -> str:
        return _months(answers.of(node), window)

    counted = AllOf((Registered(), measure.of, measure.count))
    return [
        f"{measure.title} ({measure.slug}, version {measure.version})",
        f"Person {person_id}, born {_month(int(events.birth[0]))}, registered: {holds(Registered())}",
        "",
        "Events",
        *(_tell_events(events, titles) or [f"{INDENT}none recorded"]),
        "",
        "Of whom it is asked",
        *(f"{INDENT * (depth + 1)}{_told(node, titles)}: {holds(node)}" for depth, node in parts[0]),
        "",
        "Who counts",
        *(f"{INDENT * (depth + 1)}{_told(node, titles)}: {holds(node)}" for depth, node in parts[1]),
        "",
        f"So asked of this person: {holds(AllOf((Registered(), measure.of)))}; counts: {holds(counted)}",
    ]


def _parts(node: Node, registers: Mapping[str, Node], depth: int) -> list[tuple[int, Node]]:
    """Every question inside a question, registers opened, with how deep it stands."""
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            inside = nodes
        case Not(inner):
            inside = (inner,)
        case In(register):
            inside = (registers[register],)
        case _:
            inside = ()
    return [part for each in inside for part in [(depth, each), *_parts(each, registers, depth + 1)]]


def _told(node: Node, titles: Mapping[str, str]) -> str:
    """A question by itself: what is inside it stands on the lines below."""
    match node:
        case AllOf():
            return "all of these"
        case AnyOf():
            return "any of these"
        case Not():
            return "not this"
    return describe(node, titles)


def _registers_in(nodes: Iterable[Node]) -> set[str]:
    return {node.register for node in nodes if isinstance(node, In)}


def _tell_events(events: Events, titles: Mapping[str, str]) -> list[str]:
    told = []
    for name, dated in events.of.items():
        for place, day in enumerate(dated.day.tolist()):
            value = "" if dated.value is None or np.isnan(dated.value[place]) else f" {dated.value[place]:g}"
            until = "" if dated.end is None else f" to {_day(int(dated.end[place]))}"
            told.append((day, f"{INDENT}{_day(day)}{until}  {titles[name]}{value}"))
    return [line for _, line in sorted(told)]


def _months(words: Words, window: Window) -> str:
    """The months set, as runs: "2024-03 to 2025-02, 2025-06"; "never" where there is none."""
    word, runs, month = int(words[0]), [], 0
    while month < window.months:
        if word >> month & 1:
            first = month
            while month + 1 < window.months and word >> (month + 1) & 1:
                month += 1
            names = [_month(window.first_month + each) for each in (first, month)]
            runs.append(names[0] if first == month else " to ".join(names))
        month += 1
    return ", ".join(runs) or "never"


def _month(months: int) -> str:
    """Months since January 1970 as YYYY-MM."""
    return f"{1970 + months // 12:04}-{months % 12 + 1:02}"


def _day(days: int) -> str:
    return date.fromordinal(date(1970, 1, 1).toordinal() + days).isoformat()
