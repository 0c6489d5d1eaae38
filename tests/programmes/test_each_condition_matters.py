"""Each condition of each programme matters: delete or loosen one, and the answer about its invented people changes.

The people of a programme stand in a table called PEOPLE in tests/programmes/test_PROGRAMME.py: twelve or more, chosen
so that somebody's answer turns on every condition of its registers, measures and call lists.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from builders.invented_people import TO_JUNE_2026, programmes, read_people
from builders.loosened import loosen, loosen_units
from placewise.floor.language.nodes import Node, Registered
from placewise.floor.timeline.events import Events
from placewise.floor.timeline.kernel import Answers
from placewise.measures.build import build_flags
from placewise.measures.entries import build_entries
from placewise.measures.unit_measure import Asked
from placewise.programme import Programme, get_registers

FEWEST_PEOPLE, FEWEST_MEASURES = 12, 3
OF_RECORDS = sorted(slug for slug, each in programmes().items() if each.all_measures)
"""The programmes that ask people's records; others rest on published figures alone."""


@cache
def events_of(programme: str) -> Events:
    names, events = read_people(programme, import_module(f"test_{programme}").PEOPLE)
    assert len(set(names)) >= FEWEST_PEOPLE, f"{programme} has {len(set(names))} invented people"
    return events


class Asker:
    """What a programme answers about its people. Nothing is said of months in which nobody is registered."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.answers = Answers(events_of(programme.slug), TO_JUNE_2026, get_registers([programme]))

    def of(self, node: Node) -> list[int]:
        return (self.answers.of(node) & self.answers.of(Registered())).tolist()

    def of_measure(self, slug: str, **parts: Node) -> Any:
        measure = replace(self.programme.measures[slug], **parts)
        flags = build_flags({slug: measure}, self.answers)
        return flags.denominator[slug].tolist(), flags.numerator[slug].tolist()

    def of_those(self, listed: list[int], exclude: Node | None) -> list[int]:
        excluded = [0] * len(listed) if exclude is None else self.of(exclude)
        return [a & ~b for a, b in zip(listed, excluded, strict=True)]

    def of_units(self, asked: Asked) -> Any:
        entries = build_entries({"asked": asked}, self.answers)["asked"]
        return [[each.tolist() for each in (one.person, one.word, one.late, one.amounts)] for one in entries]


def find_unnoticed(programme: Programme) -> Iterator[str]:
    """Each condition that could be deleted and nobody's answer would change."""
    asker = Asker(programme)
    for slug, register in programme.registers.items():
        whole = asker.of(register.definition)
        for words, looser in loosen(register.definition):
            if asker.of(looser) == whole:
                yield f"register {slug}: {words}"
    for slug, measure in programme.measures.items():
        whole = asker.of_measure(slug)
        for part in ("of", "count"):
            for words, looser in loosen(getattr(measure, part)):
                if asker.of_measure(slug, **{part: looser}) == whole:
                    yield f"measure {slug}, {part}: {words}"
    for slug, unit_measure in programme.unit_measures.items():
        whole = asker.of_units(unit_measure.asked)
        for words, asked in loosen_units(unit_measure.asked):
            if asker.of_units(asked) == whole:
                yield f"measure {slug}: {words}"
    for slug, call_list in programme.call_lists.items():
        measure = programme.measures[call_list.measure]
        of, count = asker.of_measure(measure.slug)
        listed = [a & (b if call_list.counted else ~b) for a, b in zip(of, count, strict=True)]
        for words, looser in exclusions(call_list.exclude):
            if asker.of_those(listed, looser) == asker.of_those(listed, call_list.exclude):
                yield f"call list {slug}, exclude: {words}"


def exclusions(exclude: Node | None) -> Iterator[tuple[str, Node | None]]:
    """As `loosen`, but an exclusion that is deleted excludes nobody."""
    if exclude is not None:
        yield f"all of: {exclude}", None
        yield from list(loosen(exclude))[1:]


@pytest.mark.parametrize("slug", OF_RECORDS)
def test_no_condition_can_be_deleted_unnoticed(slug: str) -> None:
    unnoticed = list(find_unnoticed(programmes()[slug]))
    assert not unnoticed, "nobody in the table is told apart by\n" + "\n".join(unnoticed)


@pytest.mark.parametrize("slug", OF_RECORDS)
def test_a_programme_has_three_measures_and_a_lead(slug: str) -> None:
    programme = programmes()[slug]
    measures = {each.slug for each in programme.all_measures}
    assert len(measures) >= FEWEST_MEASURES
    assert programme.page.lead in measures


def test_a_condition_that_nobody_tells_apart_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without anybody whose condition was resolved, the code that resolves it could be deleted."""
    slug = "healthy_hearts"
    table = import_module(f"test_{slug}").PEOPLE
    without = "\n".join(line for line in table.splitlines() if "af_resolved_codes" not in line)
    _, events = read_people(slug, without)
    monkeypatch.setitem(globals(), "events_of", lambda programme: events)
    assert "register af: af_codes not resolved by af_resolved_codes" in list(find_unnoticed(programmes()[slug]))
