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
from placewise.floor.language.names import registers_under
from placewise.floor.language.nodes import AllOf, Node, Registered
from placewise.floor.language.outline import outline
from placewise.floor.timeline.events import Dated, Events, pick_person, read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.months import month_name
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import spell_unit
from placewise.measures.definition import Measure
from placewise.measures.explain_units import OF_WHOM, HeldPart, explain_units, find_asked_and_counted
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.unit_words import get_value_unit

WHO_COUNTS = "Who counts"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """questions: what is asked under its heading, each part with its months; asked, counts: the months in which the
    measure asks of this person or of something of theirs, and in which they count. born: YYYY-MM."""

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
    measure: Measure | UnitMeasure,
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
    people = [*measure.people_questions, *also.values()]
    people += [registers[slug] for slug in registers_under(people, registers)]
    names = {name for node in people for name in named_code_lists(node)}
    names |= measure.asked.code_lists if isinstance(measure, UnitMeasure) else set()
    events = pick_person(read_events(shard, names, code_lists), person_id)
    if events is None:
        raise refuse(person_id, "there is no such person in these records", "check the number and the load")
    answers = Answers(events, window, registers)

    def lay_out(node: Node) -> tuple[HeldPart, ...]:
        parts = outline(node, titles, registers)
        return tuple(HeldPart(part.depth, part.told, int(answers.of(part.node)[0])) for part in parts)

    if isinstance(measure, UnitMeasure):
        value_unit = get_value_unit(measure.asked, code_lists)
        questions = explain_units(measure, answers, registers, titles, value_unit)
        asked, counts = find_asked_and_counted(measure, answers)
    else:
        questions = {OF_WHOM: lay_out(measure.of), WHO_COUNTS: lay_out(measure.count)}
        asked = int(answers.of(AllOf((Registered(), measure.of)))[0])
        counts = int(answers.of(AllOf((Registered(), measure.of, measure.count)))[0])
    return Explanation(
        measure=measure.slug,
        title=measure.title,
        version=measure.version,
        person=person_id,
        born=month_name(int(events.birth[0])),
        window=window,
        registered=int(answers.of(Registered())[0]),
        events=tuple(_list_events(events, code_lists)),
        questions=questions | {heading: lay_out(node) for heading, node in also.items()},
        asked=asked,
        counts=counts,
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
