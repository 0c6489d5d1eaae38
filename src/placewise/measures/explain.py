"""One person's answer, laid open: their events, and the months in which each part of a measure's definition holds.

So a clinician can check one case by eye. It shows a person's record: the caller asks for role, purpose and place first,
and logs it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from placewise.floor.faults import refuse
from placewise.floor.language.names import code_lists as named_code_lists
from placewise.floor.language.nodes import AllOf, Node, Registered
from placewise.floor.language.outline import outline
from placewise.floor.timeline.events import Dated, Events, pick_person, read_events
from placewise.floor.timeline.kernel import evaluate
from placewise.floor.timeline.months import month_name
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import spell_unit
from placewise.measures.definition import Measure

OF_WHOM, WHO_COUNTS = "Of whom it is asked", "Who counts"
NOTHING_MORE: Mapping[str, Node] = {}


@dataclass(frozen=True, slots=True)
class PersonEvent:
    """Something recorded. until: the last day of a medicine; value: in `unit`, "" for a plain number;
    each None where there is none."""

    day: date
    until: date | None
    title: str
    value: float | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part of a definition and the months it holds: bit m of the word is month m of the window."""

    depth: int
    told: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """questions: what is asked under its heading, each part with its months; asked, counts: the months in which the
    measure asks of this person, and in which they count. born: YYYY-MM."""

    measure: str
    title: str
    version: str
    person: int
    born: str
    window: Window
    registered: int
    events: tuple[PersonEvent, ...]
    questions: Mapping[str, tuple[HeldPart, ...]]
    asked: int
    counts: int


def explain(
    measure: Measure,
    registers: Mapping[str, Node],
    titles: Mapping[str, str],
    shard: Path,
    person_id: int,
    window: Window,
    code_lists: Mapping[str, CodeList],
    also: Mapping[str, Node] = NOTHING_MORE,
) -> Explanation:
    """Raises FaultsFound where the shard holds no such person.

    registers: all that the measure rests on; titles: of its code lists and registers; also: further questions to lay
    open, by their headings.
    """
    asked = {OF_WHOM: measure.of, WHO_COUNTS: measure.count, **also}
    parts = {heading: outline(node, titles, registers) for heading, node in asked.items()}
    names = {name for each in parts.values() for part in each for name in named_code_lists(part.node)}
    events = pick_person(read_events(shard, names, code_lists), person_id)
    if events is None:
        raise refuse(person_id, "there is no such person in these records", "check the number and the load")

    def holds(node: Node) -> int:
        return int(evaluate({"": node}, events, window, registers)[""][0])

    return Explanation(
        measure=measure.slug,
        title=measure.title,
        version=measure.version,
        person=person_id,
        born=month_name(int(events.birth[0])),
        window=window,
        registered=holds(Registered()),
        events=tuple(_list_events(events, code_lists)),
        questions={
            heading: tuple(HeldPart(part.depth, part.told, holds(part.node)) for part in each)
            for heading, each in parts.items()
        },
        asked=holds(AllOf((Registered(), measure.of))),
        counts=holds(AllOf((Registered(), measure.of, measure.count))),
    )


def _list_events(events: Events, code_lists: Mapping[str, CodeList]) -> list[PersonEvent]:
    """In order of days, then titles."""
    found = [event for name, dated in events.of.items() for event in _of_list(dated, code_lists[name])]
    return sorted(found, key=lambda event: (event.day, event.title, event.value or 0))


def _of_list(dated: Dated, codes: CodeList) -> list[PersonEvent]:
    days = [_date(day) for day in dated.day.tolist()]
    ends: list[date | None] = [None] * len(days) if dated.end is None else [_date(day) for day in dated.end.tolist()]
    if codes.domain == "visit":  # a visit of one day is told by that day
        ends = [end if end != day else None for day, end in zip(days, ends, strict=True)]
    values = [None] * len(days) if dated.value is None else [None if np.isnan(v) else v for v in dated.value.tolist()]
    unit = spell_unit(codes.unit)
    return [PersonEvent(day, end, codes.title, value, unit) for day, end, value in zip(days, ends, values, strict=True)]


def _date(day: int) -> date:
    return date.fromordinal(date(1970, 1, 1).toordinal() + day)
