"""Whom each measure is about, and which of them count: a word a person for each."""

from collections.abc import Mapping, Sequence

from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import evaluate
from placewise.floor.timeline.window import Window, Words
from placewise.measures.contract import PersonFlags
from placewise.measures.definition import Measure


def build_flags(
    measures: Sequence[Measure], events: Events, window: Window, registers: Mapping[str, Words], registered: Words
) -> PersonFlags:
    """In the order of events.person_id. Both questions are asked of registered people only (`registered`, of the
    population), and whoever counts is one of whom it is asked. What several measures ask is answered once."""
    questions = {f"of {each.slug}": each.of for each in measures} | {
        f"count {each.slug}": each.count for each in measures
    }
    answers = evaluate(questions, events, window, registers)
    denominator = {each.slug: answers[f"of {each.slug}"] & registered for each in measures}
    numerator = {each.slug: answers[f"count {each.slug}"] & denominator[each.slug] for each in measures}
    return PersonFlags(events.person_id, denominator, numerator)
