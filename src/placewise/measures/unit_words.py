"""What a measure that is no share of people counts, in plain English, for the page beside the figure."""

from collections.abc import Mapping

from placewise.floor.language.describe import describe
from placewise.floor.language.describe_units import describe_unit, describe_unit_question, describe_when
from placewise.floor.language.nodes import Node, Registered
from placewise.floor.language.units import Between, LatestValue, Unit, UnitNode, When
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import spell_unit
from placewise.measures.unit_definition import UnitMeasure
from placewise.measures.unit_measure import Asked, Over

DAYS = "days"


def describe_denominator(measure: UnitMeasure, titles: Mapping[str, str]) -> str:
    """What the figure is of: "pathways that ended in the month (from “Referral” to “Treatment”, 2 years at most)"."""
    asked = measure.asked
    if asked.per_units:
        return _tell_units(measure.of_units, asked.per_units.units, asked.per_units.when, measure.over, titles)
    if asked.statistic == "rate":
        weighted = f", weighted by {asked.weights.title} ({asked.weights.version})" if asked.weights else ""
        return f"{_people(asked.people, titles)}{weighted}"
    if asked.units is None:
        return _people(asked.people, titles)
    return _units(measure, asked.of, titles)


def describe_numerator(measure: UnitMeasure, titles: Mapping[str, str]) -> str:
    """What of it counts, or which value is asked for."""
    asked = measure.asked
    if asked.statistic == "rate" and asked.count is not None:
        return _units(measure, asked.count, titles)
    if asked.count is not None:
        return describe_unit_question(asked.count, titles) or "each"
    return _value(asked, titles)


def get_value_unit(asked: Asked, code_lists: Mapping[str, CodeList]) -> str:
    """The unit of a mean or median as it is read: days, mmHg for the mm[Hg] of UCUM; empty for a plain number."""
    if not isinstance(asked.value, LatestValue):
        return DAYS if asked.value else ""
    return spell_unit(code_lists[asked.value.codes].unit)


def _people(node: Node, titles: Mapping[str, str]) -> str:
    everyone = "people registered here"
    return everyone if node == Registered() else f"{everyone} of whom this holds: {describe(node, titles)}"


def _units(measure: UnitMeasure, question: UnitNode, titles: Mapping[str, str]) -> str:
    asked = measure.asked
    assert asked.units is not None, "people are no other unit"
    which = describe_unit_question(question, titles)
    told = _tell_units(measure.unit_title, asked.units, asked.when, measure.over, titles)
    return f"{told} of which this holds: {which}" if which else told


def _tell_units(title: str, unit: Unit, when: When, over: Over, titles: Mapping[str, str]) -> str:
    period = "financial year so far" if over == "financial year" else over
    return f"{title} {describe_when(when, period)} ({describe_unit(unit, titles)})"


def _value(asked: Asked, titles: Mapping[str, str]) -> str:
    assert asked.value is not None, "what counts nothing has a value"
    outside = f"what lies outside {asked.value.plausible} is passed over"
    if not isinstance(asked.value, LatestValue):
        lasted = f"days from its start to its end{'' if asked.when == 'ends' else ', or so far'}"
        return lasted if isinstance(asked.units, Between) else f"{lasted}; {outside}"
    within = f" in the last {asked.value.within}" if asked.value.within else ""
    return f"the latest reading of “{titles.get(asked.value.codes, asked.value.codes)}”{within}; {outside}"
