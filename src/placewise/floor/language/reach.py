"""How long before a day an event may lie and still matter to what is true on that day, or on any later one."""

from collections.abc import Iterable, Mapping

from placewise.floor.language.names import codes_of, inside
from placewise.floor.language.nodes import Began, Count, Ended, Has, In, Latest, Node, OnMedicine, Value
from placewise.floor.language.period import Days, FinancialYear, Months, Period

Reach = Mapping[str, int]
"""Code list -> days. An event that ended longer before the day is known to change nothing from that day on."""

EVER = 1_000_000
"""Days: however long ago it was."""
_LONGEST_MONTH, _LONGEST_YEAR = 31, 366


def find_reach(node: Node, registers: Mapping[str, Node]) -> Reach:
    """Of every code list that a question rests on, through registers too. registers: those that it may name."""
    match node:
        case In(register):
            return find_reach(registers[register], registers)
        case Began(inner, since) | Ended(inner, since):
            return prolong_reach(find_reach(inner, registers), since)
        case Has(_, within) | Value(_, _, within) | Latest(_, within) | Count(_, _, within):
            days = count_days(within)
        case OnMedicine(_, None, grace, False):
            days = count_days(grace) if grace else 0
        case OnMedicine(_, Days() | Months() | FinancialYear() as within):
            days = count_days(within)
        case _:
            days = EVER
    return join_reaches([dict.fromkeys(codes_of(node), days), *(find_reach(each, registers) for each in inside(node))])


def join_reaches(reaches: Iterable[Reach]) -> Reach:
    """The furthest of each code list."""
    furthest: dict[str, int] = {}
    for reach in reaches:
        for codes, days in reach.items():
            furthest[codes] = max(days, furthest.get(codes, 0))
    return furthest


def prolong_reach(reach: Reach, period: Period) -> Reach:
    """Where it is asked what was true at any time in a period before the day."""
    return {codes: days + count_days(period) for codes, days in reach.items()}


def count_days(period: Period | None) -> int:
    """At most."""
    match period:
        case Days(count):
            return count
        case Months(count):
            return _LONGEST_MONTH * count
        case FinancialYear():
            return _LONGEST_YEAR
    return EVER
