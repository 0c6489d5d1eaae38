"""Random questions of random histories: what lies further back than a question reaches changes no later answer."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings

from builders.judged_people import read_people
from builders.questions import REGISTERS, histories, one_of_each_kind, windows
from judge.judge import Person
from placewise.floor.language.nodes import Has, Node
from placewise.floor.language.period import Months
from placewise.floor.language.reach import Reach, find_reach
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window


def without_earlier(events: Events, day: int, reach: Reach) -> Events:
    """The events of which a question that reaches so far may know on a day, or on any later one."""

    def trim(dated: Dated, days: int) -> Dated:
        last = dated.day if dated.end is None else np.maximum(dated.day, dated.end)
        kept = last >= day - days
        end, value = (None if each is None else each[kept] for each in (dated.end, dated.value))
        return Dated(dated.row[kept], dated.day[kept], end, value)

    return replace(events, of={codes: trim(dated, reach.get(codes, 0)) for codes, dated in events.of.items()})


@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(people=histories(), asked=one_of_each_kind, window=windows)
def test_what_lies_further_back_changes_no_later_answer(
    people: list[Person], asked: tuple[Node, ...], window: Window
) -> None:
    events = read_people(people)
    for node in asked:
        whole, reach, left = Answers(events, window, REGISTERS).of(node), find_reach(node, REGISTERS), None
        for month, first_day in enumerate(window.month_starts[:-1].astype(int).tolist()):
            trimmed = without_earlier(events, first_day, reach)
            sizes = [len(trimmed.of[codes].row) for codes in reach]
            if sizes != left:  # or the same events as in the month before, of which more was asked
                left, later = sizes, np.uint64(int(window.full_word) >> month << month)
                rest = Answers(trimmed, window, REGISTERS).of(node)
                assert np.array_equal(whole & later, rest & later), f"{node} over {window} from month {month} on"


def test_an_event_that_counts_for_a_year_reaches_a_year() -> None:
    assert find_reach(Has("home", within=Months(12)), {}) == {"home": 372}
