"""One person's answer, laid open: their events, and the months in which each part of a measure's definition holds.

So a clinician can check one case by eye. It shows a person's record: the caller asks for role, purpose and place first,
and logs it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np

from placewise.floor.faults import refuse
from placewise.floor.language.describe import describe
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.nodes import AllOf, AnyOf, In, Node, Not, Registered
from placewise.floor.timeline.events import Events, pick_person, read_events
from placewise.floor.timeline.kernel import evaluate
from placewise.floor.timeline.window import Window, Words
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.measures.definition import Measure
from placewise.registers.build import build_registers
from placewise.registers.definition import Register

INDENT = "  "


class HasMeasures(Protocol):
    """What is needed of a programme."""

    @property
    def measures(self) -> Mapping[str, Measure]: ...
    @property
    def registers(self) -> Mapping[str, Register]: ...
    @property
    def borrowed(self) -> Mapping[str, Node]: ...


def explain(
    measure: str,
    programmes: Iterable[HasMeasures],
    shard: Path,
    person_id: int,
    window: Window,
    code_lists: Mapping[str, CodeList],
) -> list[str]:
    """Lines of plain text. Raises FaultsFound where there is no such measure or the shard holds no such person."""
    programmes = tuple(programmes)
    asked = next((each.measures[measure] for each in programmes if measure in each.measures), None)
    if asked is None:
        known = sorted(slug for each in programmes for slug in each.measures)
        raise refuse(measure, "there is no measure of this name", f"give one of {', '.join(known)}")
    registers: dict[str, Node] = {}
    titles = {name: each.title for name, each in code_lists.items()}
    for programme in programmes:
        registers |= dict(programme.borrowed)
        registers |= {slug: each.definition for slug, each in programme.registers.items()}
        titles |= {slug: each.title for slug, each in programme.registers.items()}
    parts = [(0, asked.of), *_parts(asked.of, registers, 1)], [(0, asked.count), *_parts(asked.count, registers, 1)]
    names = frozenset[str]().union(*(named_code_lists(node) for part in parts for _, node in part))
    events = pick_person(read_events(shard, names, code_lists), person_id)
    if events is None:
        raise refuse(person_id, "there is no such person in these records", "check the number and the load")
    used = {slug: registers[slug] for slug in _registers_in(node for part in parts for _, node in part)}
    answered = build_registers(used, events, window)

    def holds(node: Node) -> str:
        return _months(evaluate({"": node}, events, window, answered)[""], window)

    counted = AllOf((Registered(), asked.of, asked.count))
    return [
        f"{asked.title} ({asked.slug}, version {asked.version})",
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
        f"So asked of this person: {holds(AllOf((Registered(), asked.of)))}; counts: {holds(counted)}",
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
