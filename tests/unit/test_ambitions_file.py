"""ambitions.yaml as people write it: the real one holds, and every mistake of another is told at once with its line."""

from datetime import date
from pathlib import Path

import pytest

from builders.promised import AFTER, reading
from placewise.config import read_deployment
from placewise.floor.yaml_file import find_faults
from placewise.gaps.ambitions.build import Readers, judge_ambitions, judge_target
from placewise.gaps.ambitions.contract import Scale
from placewise.gaps.ambitions.definition import AmbitionsFile, TargetAreas
from placewise.gaps.ambitions.vision import build_statements
from placewise.publishing.ambitions import get_readers
from placewise.publishing.definition import DisclosureRule

WRONG = """\
ambitions:
  one:
    title: One
    wording: As it was said
    footprint: Somewhere
    source: A page
    ownr: nobody
    targets:
      - {says: less, value: -0.1, measure: it}
      - {says: less, measure: it, verdict: {rule: change}}
      - {says: less, measure: it, baseline: {period: early on}, verdict: {rule: trend}}
      - {says: less, verdict: {rule: gues}}
      - {says: more, verdict: {rule: contribution, claims: [{says: More jobs, evidence: certain, source: A page}]}}
"""


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path):
    path = tmp_path / "ambitions.yaml"
    path.write_text(WRONG, encoding="utf-8")
    _, faults = find_faults(path, AmbitionsFile)
    told = {(fault.line, fault.fault.split(": ")[-1]) for fault in faults}
    assert [line for line, _ in sorted(told)] == [7, 9, 10, 11, 12, 13, 13]
    assert (9, "a number without a unit says nothing") in told
    assert (10, "the rule change compares with a baseline") in told
    assert (11, "early on is no period") in told
    assert (12, "`ambitions.one.targets.3.verdict.rule` is `gues`") in told


def test_nothing_is_dropped_where_nothing_is_measured():
    ambitions = read_deployment("west_yorkshire").ambitions

    def read_nothing(name: str, areas: object = ()) -> None:
        return None

    cards = judge_ambitions(ambitions, {}, Readers(read_nothing, read_nothing), date(2026, 11, 22))
    assert [card.ambition for card in cards] == list(ambitions)
    assert all(card.targets for card in cards)
    assert {target.verdict for card in cards for target in card.targets} == {"not measured"}
    assert all(card.is_orphan and not card.owner for card in cards)


@pytest.mark.requirement("S041")
def test_each_of_the_seven_statements_of_the_vision_is_traced_or_shown_untested():
    deployment = read_deployment("west_yorkshire")
    ambitions = {slug: each.title for slug, each in deployment.ambitions.items()}
    measures = {slug: slug for each in deployment.vision.values() for slug in each.measures}
    cards = build_statements(deployment.vision, ambitions, {slug: slug for slug in deployment.programmes}, measures)
    assert len(cards) == 7
    traced = {card.says: bool(card.measures or card.ambitions) for card in cards}
    assert {card.says: card.is_tested for card in cards} == traced
    assert {says for says, tested in traced.items() if not tested} == {
        "Local hospital", "Planned and paid together", "Co-designed"
    }  # fmt: skip


@pytest.mark.requirement("S028")
@pytest.mark.parametrize(
    ("number", "posts", "shown", "verdict"),
    [
        (26, 210, (25, 210), "off course"),  # rounded to 5
        (5, 210, (None, None), "off course"),  # too few to be shown: the word alone leaves
        (205, 210, (None, None), "met"),  # so few others that they are hidden with them
        (0, 210, (0, 210), "off course"),
    ],
)
def test_leadership_is_held_against_the_stated_fifth_and_few_posts_are_hidden(
    number: int, posts: int, shown: tuple[float | None, float | None], verdict: str
):
    [promised] = read_deployment("west_yorkshire").ambitions["diverse_leadership"].targets
    held = reading([2025], number, posts, kind="share", better="higher", scale=Scale(per=100, unit="%"))
    readers = get_readers(
        {promised.measure: held}, {promised.measure: False}, None, (), None, DisclosureRule(), lambda measure: None
    )
    card = judge_target(promised, readers, AFTER)
    assert (card.aim, card.verdict) == (0.20, verdict)
    assert (card.latest.number, card.latest.of) == shown
    assert (card.latest.value is None) == (shown[0] is None)
    if shown[0] is None:
        assert "hidden to protect privacy" in card.told


def test_a_list_of_areas_is_known_by_its_areas_and_not_by_their_order():
    said = {"version": "1", "named_on": date(2020, 1, 1), "source": "invented"}
    one, same, other = (TargetAreas(areas=areas, **said) for areas in (("A", "B"), ("B", "A"), ("A", "C")))
    assert one.digest == same.digest != other.digest
