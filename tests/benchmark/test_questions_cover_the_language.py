"""The part of the suite that its goal is set for asks enough to be worth timing: forty measures and more, every
primitive and every kind of unit."""

from collections.abc import Iterator
from typing import get_args

import pytest
from bench.asked import read_forty

from placewise.floor.language import unit_notation
from placewise.floor.language.names import iter_nodes
from placewise.floor.language.nodes import Node
from placewise.floor.language.units import UnitNode, inside_unit
from placewise.measures.unit_definition import UnitMeasure
from placewise.programme import get_registers

PROGRAMMES = read_forty().programmes
MEASURES = [measure for programme in PROGRAMMES for measure in programme.all_measures]
OF_UNITS = [measure for measure in MEASURES if isinstance(measure, UnitMeasure)]


def find_primitives() -> set[type]:
    """Every kind of question that a measure or register asks of people, at any depth."""
    asked = [*get_registers(PROGRAMMES).values()]
    for measure in MEASURES:
        asked += measure.asked.people_questions if isinstance(measure, UnitMeasure) else (measure.of, measure.count)
    return {type(node) for question in asked for node in iter_nodes(question)}


def iter_unit_nodes(node: UnitNode) -> Iterator[UnitNode]:
    yield node
    for inner in inside_unit(node):
        yield from iter_unit_nodes(inner)


def test_the_suite_has_forty_measures_and_more() -> None:
    assert len(MEASURES) >= 40


@pytest.mark.parametrize("primitive", get_args(Node), ids=lambda primitive: primitive.__name__)
def test_every_primitive_is_asked(primitive: type) -> None:
    assert primitive in find_primitives()


@pytest.mark.parametrize("primitive", get_args(UnitNode), ids=lambda primitive: primitive.__name__)
def test_every_primitive_of_units_is_asked(primitive: type) -> None:
    questions = [each for measure in OF_UNITS for each in (measure.asked.of, measure.asked.count) if each is not None]
    assert primitive in {type(node) for question in questions for node in iter_unit_nodes(question)}


@pytest.mark.parametrize("kind", unit_notation.KINDS)
def test_every_kind_of_unit_is_counted(kind: str) -> None:
    assert kind in {measure.kind for measure in OF_UNITS}


@pytest.mark.parametrize("statistic", ["proportion", "rate", "mean", "median"])
def test_every_statistic_is_shown(statistic: str) -> None:
    assert statistic in {measure.asked.statistic for measure in OF_UNITS}
