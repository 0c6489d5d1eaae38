"""What one person adds to a measure that is no share of people: each unit or reading of theirs, and when it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from placewise.floor.language.describe_units import WHEN
from placewise.floor.language.nodes import Node, Registered
from placewise.floor.language.outline import outline
from placewise.floor.language.unit_outline import outline_unit_question
from placewise.floor.language.units import LatestValue, Unit, UnitNode, When
from placewise.floor.timeline.dated import STILL
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.runs import Calendar
from placewise.floor.timeline.units import UnitAnswers, UnitMonths, Units, find_months, find_units
from placewise.floor.timeline.values import find_values
from placewise.measures.entries import Entries, EntryBuilder
from placewise.measures.unit_definition import UnitMeasure

OF_WHOM, READINGS = "Of whom it is asked", "The latest reading"


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part of a definition and the months it holds: bit m of the word is month m of the window."""

    depth: int
    told: str
    months: int


def explain_units(
    measure: UnitMeasure,
    answers: Answers,
    registers: Mapping[str, Node],
    titles: Mapping[str, str],
    value_unit: str,
) -> dict[str, tuple[HeldPart, ...]]:
    """Heading -> parts with their months, of the one person whom `answers` knows.

    A heading is the question about people where there is one, and then each unit that counts in the window, or the
    readings. value_unit: of a reading, as it is read.
    """
    asked, told = measure.asked, {}
    if asked.people != Registered():
        parts = outline(asked.people, titles, registers)
        told[OF_WHOM] = tuple(HeldPart(each.depth, each.told, int(answers.of(each.node)[0])) for each in parts)
    if isinstance(asked.value, LatestValue):
        ranges = find_values(asked.value, answers.events, Calendar(answers.window))
        read = zip(ranges.value.tolist(), ranges.word.tolist(), strict=True)
        told[READINGS] = tuple(HeldPart(0, f"{value:g} {value_unit}".rstrip(), word) for value, word in read)
    if asked.units is not None:
        told |= _lay_out(measure.unit_title, asked.units, asked.when, (asked.of, asked.count), answers, titles)
    if asked.per_units is not None:
        told |= _lay_out(measure.of_units, asked.per_units.units, asked.per_units.when, (), answers, titles)
    return told


def find_asked_and_counted(measure: UnitMeasure, answers: Answers) -> tuple[int, int]:
    """The months in which one person, or something of theirs, is asked about; and in which something counts."""
    entries = EntryBuilder(answers).build(measure.asked)
    counts_values = measure.asked.value is not None
    return _months_of(entries, part=0), _months_of(entries, part=0 if counts_values else 1)


def _months_of(entries: list[Entries], part: int) -> int:
    words = [each.word[each.amounts[:, part] > 0] for each in entries]
    return int(np.bitwise_or.reduce(np.concatenate(words), initial=np.uint64(0)))


def _lay_out(
    title: str,
    unit: Unit,
    when: When,
    questions: tuple[UnitNode | None, ...],
    answers: Answers,
    titles: Mapping[str, str],
) -> dict[str, tuple[HeldPart, ...]]:
    """Each unit by itself, those of one day told apart by a number."""
    told: dict[str, tuple[HeldPart, ...]] = {}
    units = find_units(unit, answers.events)
    for place in range(len(units.row)):
        one = Units(*(each[place : place + 1] for each in (units.row, units.start, units.end, units.lost)))
        months = find_months(one, when, Calendar(answers.window))
        if len(months.row):
            heading = f"{title}: {_day(one.start[0])}{_until(int(one.start[0]), int(one.end[0]))}"
            same = sum(each == heading or each.startswith(f"{heading} (") for each in told)
            told[f"{heading} ({same + 1})" if same else heading] = _hold(months, when, questions, answers, titles)
    return told


def _hold(
    months: UnitMonths,
    when: When,
    questions: tuple[UnitNode | None, ...],
    answers: Answers,
    titles: Mapping[str, str],
) -> tuple[HeldPart, ...]:
    truths = UnitAnswers(months, answers)
    bits = np.uint64(1) << months.month.astype(np.uint64)
    asked = [part for node in questions if node is not None for part in outline_unit_question(node, titles)]
    return (
        HeldPart(0, WHEN[when].removeprefix("that "), int(np.bitwise_or.reduce(bits))),
        *(
            HeldPart(part.depth, part.told, int(np.bitwise_or.reduce(bits[truths.of(part.node)], initial=np.uint64(0))))
            for part in asked
        ),
    )


def _until(start: int, end: int) -> str:
    if end == start:
        return ""
    return ", no end known" if end >= STILL else f" to {_day(end)}"


def _day(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=int(day))
