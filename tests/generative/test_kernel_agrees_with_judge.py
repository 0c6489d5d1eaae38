"""Random questions of random histories: the kernel answers exactly as the judge, and never looks into the future."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.judged_people import answer, until
from builders.questions import REGISTERS, histories, one_of_each_kind, windows
from judge.judge import Person, judge_months
from placewise.floor.language.nodes import Node
from placewise.floor.timeline.window import Window

EXAMPLES = int(os.environ.get("PLACEWISE_GENERATIVE_EXAMPLES", "30"))
"""Each asks twenty questions of six people: 30 examples are 600 questions; for 10,000 set 500."""
short_and_fixed = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows)
def test_the_kernel_answers_as_the_judge(people: list[Person], asked: tuple[Node, ...], window: Window) -> None:
    words = answer(people, asked, window)
    for node, answered in zip(asked, words, strict=True):
        expected = [judge_months(node, person, window, REGISTERS) for person in people]
        assert answered == expected, f"{node} over {window}"


@short_and_fixed
@given(people=histories(), asked=one_of_each_kind, window=windows, data=st.data())
def test_deleting_the_future_changes_no_earlier_answer(
    people: list[Person], asked: tuple[Node, ...], window: Window, data: st.DataObject
) -> None:
    month = data.draw(st.integers(0, window.months - 1), "month")
    known = (1 << (month + 1)) - 1
    before = answer(people, asked, window)
    after = answer([until(person, window.month_ends[month]) for person in people], asked, window)
    assert [[word & known for word in words] for words in before] == [
        [word & known for word in words] for words in after
    ]
