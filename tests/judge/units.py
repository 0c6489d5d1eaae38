"""The judge of units other than people: one unit and one day at a time, straight from floor/language/units.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from judge.judge import Person, compare, counts_on, is_true
from placewise.floor.language.nodes import Node
from placewise.floor.language.period import Days, Months
from placewise.floor.language.units import (
    AllOfUnit,
    AnyOfUnit,
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


@dataclass
class JudgedUnit:
    start: date
    end: date | None
    longest: Days | Months | None
    """None: it is never lost from sight."""


def units_of(unit: Unit, person: Person) -> list[JudgedUnit]:
    if isinstance(unit, Each):
        events = sorted((e for e in person.events if e.codes == unit.codes), key=lambda e: e.day)
        return [JudgedUnit(e.day, max(e.day, e.end or e.day), None) for e in events]
    found: list[JudgedUnit] = []
    for start in sorted({e.day for e in person.events if e.codes == unit.start}):
        if found and (unit.first_ever or belongs_to(found[-1], start)):
            continue
        ends = [e.day for e in person.events if e.codes == unit.end and start <= e.day]
        ends = [day for day in ends if counts_on(day, start, unit.longest)]
        found.append(JudgedUnit(start, min(ends) if ends else None, unit.longest))
    return found


def belongs_to(one: JudgedUnit, day: date) -> bool:
    """Whether a start on this day belongs to a unit that started before."""
    if one.end is not None:
        return day <= one.end
    return counts_on(day, one.start, one.longest)


def counts_in_month(one: JudgedUnit, when: When, month_end: date) -> bool:
    first = month_end.replace(day=1)
    if when == "starts":
        return first <= one.start <= month_end
    if when == "ends":
        return one.end is not None and first <= one.end <= month_end
    ended = one.end is not None and one.end <= month_end
    return one.start <= month_end and not ended and counts_on(month_end, one.start, one.longest)


def is_true_of_unit(
    node: UnitNode, one: JudgedUnit, person: Person, month_end: date, registers: Mapping[str, Node]
) -> bool:
    ended = one.end is not None and one.end <= month_end
    last = one.end if ended and one.end is not None else month_end

    def again(inner: UnitNode) -> bool:
        return is_true_of_unit(inner, one, person, month_end, registers)

    match node:
        case EveryUnit():
            return True
        case Lasted(days):
            return compare((last - one.start).days, days)
        case During(codes):
            return any(e.codes == codes and one.start <= e.day <= last for e in person.events)
        case EndedBy(codes):
            return ended and any(e.codes == codes and e.day == last for e in person.events)
        case OfPerson(inner):
            return is_true(inner, person, month_end, registers)
        case AllOfUnit(nodes):
            return all(again(each) for each in nodes)
        case AnyOfUnit(nodes):
            return any(again(each) for each in nodes)
        case NotOfUnit(inner):
            return not again(inner)
    raise AssertionError(node)


def place_of(person: Person, month_end: date) -> date | None:
    """The day at which it is asked where the person of a unit of this month is counted: the month's last day, or the
    last day of the month before for somebody who died or left during the month."""
    before = month_end.replace(day=1) - timedelta(days=1)
    for day in (month_end, before):
        if is_registered(person, day):
            return day
    return None


def is_registered(person: Person, day: date) -> bool:
    alive = person.birth <= day and (person.died is None or day < person.died)
    return alive and any(start <= day and (end is None or day <= end) for start, end in person.registrations)


def value_on(question: LatestValue, person: Person, day: date) -> float | None:
    """The person's latest plausible reading on this day, the lowest of its own day."""
    readings = [
        (e.day, e.value)
        for e in person.events
        if e.codes == question.codes and e.day <= day and e.value is not None and compare(e.value, question.plausible)
    ]
    if not readings:
        return None
    latest = max(on for on, _ in readings)
    if not counts_on(day, latest, question.within):
        return None
    return min(value for on, value in readings if on == latest)
