"""What the invented system of the planted release promised, and what became of it there."""

from collections.abc import Sequence
from datetime import date

from yaml import load

from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.floor.yaml_values import Values
from placewise.gaps.ambitions.build import judge_ambitions
from placewise.gaps.ambitions.definition import AmbitionsFile
from placewise.gaps.ambitions.vision import build_statements
from placewise.measures.cube import Cube
from placewise.publishing.ambitions import Promises, Released, get_readers
from placewise.publishing.contract import MeasureCard
from placewise.publishing.definition import DisclosureRule

AMBITIONS = """\
ambitions:
  fewer_strokes:
    title: Fewer strokes
    wording: Nine in ten people with atrial fibrillation who are at risk of stroke take an anticoagulant by March 2029.
    footprint: Haven
    owner: heart_board
    targets:
      - says: nine in ten by March 2029
        value: 0.90
        unit: proportion
        by: March 2029
        due: 2029-03-31
        measure: af_anticoagulated
    source: invented
  kinder_places:
    title: Kinder places
    wording: Everybody will feel at home here.
    footprint: Haven
    doubt: Nobody says how one would know.
    source: invented
vision:
  well_hearts:
    says: Hearts are well
    source: invented
    measures: [af_anticoagulated]
    ambitions: [fewer_strokes]
  at_home:
    says: Everybody is at home
    source: invented
"""


def judge_haven(
    cube: Cube,
    cards: Sequence[MeasureCard],
    hierarchy: Hierarchy,
    rule: DisclosureRule,
    as_of: date,
    released: Released,
) -> Promises:
    """As the pipeline does for a release that is being made."""
    file = AmbitionsFile.model_validate(load(AMBITIONS, Values))
    read = get_readers({}, {}, cube, cards, hierarchy, rule, released)
    titles = {slug: each.title for slug, each in file.ambitions.items()}
    return Promises(
        judge_ambitions(file.ambitions, {"heart_board": "Heart Board"}, read, as_of),
        build_statements(file.vision, titles, {}, {card.measure: card.title for card in cards}),
        (),
    )
