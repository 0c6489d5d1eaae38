"""Random questions of random histories: what lies further back than a question reaches changes no later answer."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
@given(people=histories(), asked=one_of_each_kind, window=windows, data=st.data())
def test_what_lies_further_back_changes_no_later_answer(
    people: list[Person], asked: tuple[Node, ...], window: Window, data: st.DataObject
) -> None:
    month = data.draw(st.integers(0, window.months - 1), "month")
    first_day, later = int(window.month_starts[month].astype(int)), int(window.full_word) >> month << month
    events = read_people(people)
    for node in asked:
        trimmed = without_earlier(events, first_day, find_reach(node, REGISTERS))
        whole, rest = (Answers(each, window, REGISTERS).of(node) & np.uint64(later) for each in (events, trimmed))
        assert whole.tolist() == rest.tolist(), f"{node} over {window} from month {month} on"


def test_an_event_that_counts_for_a_year_reaches_a_year() -> None:
    assert find_reach(Has("home", within=Months(12)), {}) == {"home": 372}
