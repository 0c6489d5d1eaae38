"""Random questions of every kind: each can be laid out, explained and compared, whatever it puts together."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from builders.questions import CODE_LISTS, REGISTERS, one_of_each_kind
from builders.warehouse import write_shard
from placewise.floor.language.changes import record_question, tell_changes
from placewise.floor.language.names import inside
from placewise.floor.language.nodes import Node, Not, Registered
from placewise.floor.language.outline import outline
from placewise.floor.timeline.window import Window
from placewise.measures.definition import Measure
from placewise.measures.explain import WHO_COUNTS, explain
from placewise.measures.explain_text import tell_explanation

WINDOW = Window(2020, 1, 24)
TITLES = {name: name for name in (*CODE_LISTS, *REGISTERS)}
few_and_fixed = settings(
    max_examples=10, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def shard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    events = """
        1 diagnosis 2020-02-29
        1 resolved  2020-11-30
        1 medicine  2020-03-01 to 2020-03-28
        1 score     2020-06-10 3
        1 pressure  2020-06-10 150
        1 home      2021-01-31 128
    """
    return write_shard(tmp_path_factory.mktemp("explained"), CODE_LISTS, people="1 1950-03", events=events)


@few_and_fixed
@given(asked=one_of_each_kind)
def test_each_part_of_a_question_stands_one_step_inside_the_part_above(asked: tuple[Node, ...]) -> None:
    for node in asked:
        parts = outline(node, TITLES, REGISTERS)
        assert (parts[0].depth, parts[0].node) == (0, node)
        assert all(below.depth <= above.depth + 1 for above, below in pairwise(parts))
        assert all(each.told for each in parts)
        assert {each.node for each in parts} >= ({node} if isinstance(node, Not) else {node, *inside(node)})


@few_and_fixed
@given(asked=one_of_each_kind)
def test_a_question_recorded_as_json_has_not_changed_when_read_again(asked: tuple[Node, ...]) -> None:
    for node in asked:
        record = record_question(node, TITLES)
        assert tell_changes(json.loads(json.dumps(record)), record) == []


@few_and_fixed
@given(asked=one_of_each_kind)
def test_another_question_is_a_change_in_words(asked: tuple[Node, ...]) -> None:
    records = [record_question(node, TITLES) for node in asked]
    for before, after in pairwise(records):
        if before["asks"] != after["asks"] and "AllOf" not in (before["asks"], after["asks"]):
            assert tell_changes(before, after) == [f"left out: {before['told']}", f"added: {after['told']}"]


@few_and_fixed
@given(asked=one_of_each_kind)
def test_every_kind_of_question_is_explained_for_one_person(shard: Path, asked: tuple[Node, ...]) -> None:
    for node in asked[::3]:
        explained = explain(measure(node), REGISTERS, TITLES, shard, 1, WINDOW, CODE_LISTS)
        assert explained.questions[WHO_COUNTS][0].months & explained.asked == explained.counts
        assert tell_explanation(explained, plain=True, width=100)[0] == "A random question (random, version 1)"


def measure(count: Node) -> Measure:
    return Measure(
        slug="random",
        title="A random question",
        of=Registered(),
        count=count,
        better="neither",
        unit="person",
        note="",
        sensitive=False,
        ambition=None,
        limits="wilson",
        version="1",
        written="",
        completeness="",
        settles_after=0,
    )
