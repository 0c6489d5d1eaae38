"""Is it true of this person on this day? One person and one day at a time, straight from the definition of each node.

Nothing here is shared with the kernel but the nodes themselves: no arrays, no bits, no months but the calendar's own.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from placewise.floor.language.comparison import Comparison
from placewise.floor.language.nodes import (
    Age,
    Alive,
    AllOf,
    Anchor,
    AnyOf,
    Began,
    Count,
    Earliest,
    Ended,
    Has,
    In,
    Latest,
    Node,
    Not,
    Nth,
    OnMedicine,
    Ordered,
    Reading,
    Registered,
    Resolved,
    Sex,
    Value,
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
        case Resolved(codes, by):
            days = days_of(codes, person, day)
            return bool(days) and all(any(each < later for later in days_of(by, person, day)) for each in days)
        case Ordered():
            return any(is_in_order(each, node, person, day) for each in days_of(node.codes, person, day))
        case Value(codes, comparison, within):
            return any(
                compare(event.value, comparison) and counts_on(day, event.day, within)
                for event in readings_of(codes, person, day)
            )
        case Nth(codes, n, None, within):
            days = days_of(codes, person, day)
            return len(days) >= n and counts_on(day, days[n - 1], within)
        case Nth(codes, n, Comparison() as comparison, within):
            readings = readings_of(codes, person, day)
            days = sorted({event.day for event in readings})
            return (
                len(days) >= n
                and counts_on(day, days[n - 1], within)
                and any(compare(event.value, comparison) for event in readings if event.day == days[n - 1])
            )
        case Latest(readings, within):
            return latest_meets(readings, within, person, day)
        case Earliest(codes, among):
            firsts = {name: [e.day for e in person.events if e.codes == name and e.day <= day] for name in among}
            found = [(min(seen), among.index(name), name) for name, seen in firsts.items() if seen]
            return bool(found) and min(found)[2] == codes
        case OnMedicine(codes, None, grace, carried_over):
            last_days = carried_over_ends(codes, person, day) if carried_over else supplied_ends(codes, person, day)
            after_it = timedelta(days=grace.count if grace else 0)
            return any(begun <= day <= end + after_it for begun, end in last_days)
        case OnMedicine(codes, within):
            return any(counts_on(day, issued, within) for issued in days_of(codes, person, day))
        case Count(codes, at_least, within):
            return len([each for each in days_of(codes, person, day) if counts_on(day, each, within)]) >= at_least
        case Age(years):
            age = full_years(person.birth, day)
            return age >= 0 and compare(age, years)
        case Sex(sex):
            return person.sex == sex
        case Alive():
            return is_alive(person, day)
        case Registered():
            return is_alive(person, day) and any(
                start <= day and (end is None or day <= end) for start, end in person.registrations
            )
        case Began(inner, since):
            earlier = earlier_month_end(day, since.count)
            return is_true(inner, person, day, registers) and not is_true(inner, person, earlier, registers)
        case Ended(inner, since):
            earlier = earlier_month_end(day, since.count)
            return not is_true(inner, person, day, registers) and is_true(inner, person, earlier, registers)
    raise AssertionError(node)


def days_of(codes: str, person: Person, day: date) -> list[date]:
    """The days with such an event that are known on this day, in order, each once."""
    return sorted({event.day for event in person.events if event.codes == codes and event.day <= day})


def readings_of(codes: str, person: Person, day: date) -> list[Event]:
    """The events with a value that are known on this day."""
    return [e for e in person.events if e.codes == codes and e.day <= day and e.value is not None]


def is_in_order(event: date, asked: Ordered, person: Person, day: date) -> bool:
    """Whether an event of this day counts on that day, and stands where it was asked to stand."""
    if not counts_on(day, event, asked.within):
        return False
    if asked.after is not None:
        follows = anchored(asked.after, person, day)
        if follows is None or event < follows or not counts_on(event, follows, asked.near):
            return False
    if asked.before is not None:
        precedes = anchored(asked.before, person, day)
        if precedes is None or event >= precedes:
            return False
        if asked.after is None and not counts_on(precedes, event, asked.near):
            return False
    return True


def anchored(anchor: Anchor, person: Person, day: date) -> date | None:
    """The day of the event that others are put in order with, if it is known."""
    days = days_of(anchor.codes, person, day)
    if anchor.nth is None:
        return days[-1] if days else None
    return days[anchor.nth - 1] if len(days) >= anchor.nth else None


def supplied_ends(codes: str, person: Person, day: date) -> list[tuple[date, date]]:
    """The first and last day of each supply issued by this day; one that ends before it begins covers its first day."""
    issues = sorted((e.day, e.end or e.day) for e in person.events if e.codes == codes and e.day <= day)
    return [(issued, max(issued, end)) for issued, end in issues]


def carried_over_ends(codes: str, person: Person, day: date) -> list[tuple[date, date]]:
    """The same where a supply begins only when the one before it is used up, and keeps its length."""
    taken: list[tuple[date, date]] = []
    for issued, end in supplied_ends(codes, person, day):
        begun = max(issued, taken[-1][1] + timedelta(days=1)) if taken else issued
        taken.append((begun, begun + (end - issued)))
    return taken


def is_alive(person: Person, day: date) -> bool:
    return person.birth <= day and (person.died is None or day < person.died)


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


def earlier_month_end(month_end: date, months: int) -> date:
    """The last day of the month so many months before this one's."""
    year, month = divmod(month_end.year * 12 + month_end.month - 1 - months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


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
