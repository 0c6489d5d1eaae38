"""Is it true of this person on this day? One person and one day at a time, straight from the definition of each node.

Nothing here is shared with the kernel but the nodes themselves: no arrays, no bits, no months but the calendar's own.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import (
    Age,
    AllOf,
    AnyOf,
    Count,
    Earliest,
    Has,
    In,
    Latest,
    Node,
    Not,
    OnMedicine,
    Reading,
    Registered,
    Sex,
)
from placewise.floor.language.period import Days, FinancialYear, Months, Period
from placewise.floor.timeline.window import Window


@dataclass
class Event:
    codes: str
    day: date
    value: float | None = None
    end: date | None = None


@dataclass
class Person:
    person_id: int
    birth: date
    """The first of the birth month."""
    sex: str
    events: list[Event] = field(default_factory=list)
    registrations: list[tuple[date, date | None]] = field(default_factory=list)
    died: date | None = None


def judge_months(node: Node, person: Person, window: Window, registers: Mapping[str, Node]) -> int:
    """The person's word: bit m set if it is true on the last day of month m."""
    return sum(1 << month for month, day in enumerate(window.month_ends) if is_true(node, person, day, registers))


def is_true(node: Node, person: Person, day: date, registers: Mapping[str, Node]) -> bool:
    match node:
        case AllOf(nodes):
            return all(is_true(each, person, day, registers) for each in nodes)
        case AnyOf(nodes):
            return any(is_true(each, person, day, registers) for each in nodes)
        case Not(inner):
            return not is_true(inner, person, day, registers)
        case In(register):
            return is_true(registers[register], person, day, registers)
        case Has(codes, within, resolving):
            for event in person.events:
                if event.codes == codes and event.day <= day and counts_on(day, event.day, within):
                    resolved = [e for e in person.events if e.codes == resolving and event.day < e.day <= day]
                    if not resolved:
                        return True
            return False
        case Latest(readings, within):
            return latest_meets(readings, within, person, day)
        case Earliest(codes, among):
            firsts = {name: [e.day for e in person.events if e.codes == name and e.day <= day] for name in among}
            found = [(min(seen), among.index(name), name) for name, seen in firsts.items() if seen]
            return bool(found) and min(found)[2] == codes
        case OnMedicine(codes, within):
            for event in person.events:
                if event.codes != codes or event.day > day:
                    continue
                issued_lately = within is not None and counts_on(day, event.day, within)
                covers = within is None and day <= max(event.day, event.end or event.day)
                if issued_lately or covers:
                    return True
            return False
        case Count(codes, at_least, within):
            days = {e.day for e in person.events if e.codes == codes and e.day <= day}
            return len([each for each in days if counts_on(day, each, within)]) >= at_least
        case Age(years):
            age = full_years(person.birth, day)
            return age >= 0 and compare(age, years)
        case Sex(sex):
            return person.sex == sex
        case Registered():
            alive = person.birth <= day and (person.died is None or day < person.died)
            return alive and any(start <= day and (end is None or day <= end) for start, end in person.registrations)
    raise AssertionError(node)


def latest_meets(readings: tuple[Reading, ...], within: Period | None, person: Person, day: date) -> bool:
    def values(codes: str, on: date) -> list[float]:
        return [e.value for e in person.events if e.codes == codes and e.day == on and e.value is not None]

    def is_whole(reading: Reading, on: date) -> bool:
        return all(values(codes, on) for codes, _ in reading.parts)

    days = {e.day for e in person.events if e.day <= day}
    days_with_a_reading = [on for on in days if any(is_whole(reading, on) for reading in readings)]
    if not days_with_a_reading:
        return False
    latest = max(days_with_a_reading)
    if not counts_on(day, latest, within):
        return False
    for reading in readings:
        if is_whole(reading, latest) and all(
            any(compare(value, comparison) for value in values(codes, latest)) for codes, comparison in reading.parts
        ):
            return True
    return False


def counts_on(day: date, event: date, within: Period | None) -> bool:
    """Whether an event of an earlier or the same day still counts."""
    match within:
        case None:
            return True
        case Days(count):
            return (day - event).days < count
        case Months(count):
            return day < months_later(event, count)
        case FinancialYear():
            return financial_year(event) == financial_year(day)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def financial_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def full_years(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def compare(value: float, comparison: Comparison) -> bool:
    number, upper = comparison.number or 0, comparison.upper or 0
    return {
        "<": value < number,
        "<=": value <= number,
        "=": value == number,
        ">=": value >= number,
        ">": value > number,
        "to": number <= value <= upper,
        "recorded": True,
    }[comparison.symbol]
