"""How far back events matter to a measure that is no share of people (floor/language/reach.py)."""

from collections.abc import Mapping

from placewise.floor.language.nodes import Node
from placewise.floor.language.period import Months
from placewise.floor.language.reach import EVER, Reach, count_days, find_reach, join_reaches, prolong_reach
from placewise.floor.language.units import Each, LatestValue, Length, Unit, UnitNode, get_unit_code_lists
from placewise.measures.unit_measure import Asked

_LONGEST_PERIOD = Months(12)
"""That months are added up to, in which people count once."""


def find_unit_reach(asked: Asked, registers: Mapping[str, Node]) -> Reach:
    """Of every code list that it rests on, through registers too."""
    named = (asked.units, asked.per_units.units if asked.per_units else None, asked.of, asked.count, asked.value)
    reach = join_reaches(
        [
            *(_find_own_reach(each) for each in named if each is not None),
            *(find_reach(each, registers) for each in asked.people_questions),
        ]
    )
    return reach if asked.over == "month" else prolong_reach(reach, _LONGEST_PERIOD)


def _find_own_reach(named: Unit | UnitNode | LatestValue | Length) -> Reach:
    """A unit that is one event matters until its last day; of what leads from one event to another, all of them do."""
    match named:
        case Each(codes):
            return {codes: 0}
        case LatestValue(codes, _, within):
            return {codes: count_days(within)}
    return dict.fromkeys(get_unit_code_lists(named), EVER)
