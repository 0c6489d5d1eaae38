"""A measure laid open for a reader: what it asks, the registers and code lists it rests on, and what changed."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from placewise.definitions import Definitions, read_all_definitions
from placewise.floor.language.nodes import Node
from placewise.floor.language.outline import outline
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.history import MeasureVersion, Previous, describe_versions, find_previous, read_versions
from placewise.measures.explain import OF_WHOM, WHO_COUNTS
from placewise.measures.unit_definition import UnitMeasure
from placewise.programme import (
    find_measure,
    get_code_lists,
    get_registers,
    get_registers_under,
    get_titles,
)
from placewise.programme_cards import build_cards
from placewise.publishing.contract import MeasureCard

Lines = tuple[tuple[int, str], ...]
"""A question as a list: how deep a line stands, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMeasure:
    """questions: by heading, what is asked; registers: by title, the parts of each; built: the versions that builds of
    the store used, the latest first."""

    card: MeasureCard
    questions: dict[str, Lines]
    registers: dict[str, Lines]
    code_lists: tuple[CodeList, ...]
    previous: Previous | None
    built: tuple[MeasureVersion, ...]


def show_measure(measure: str, store: Path) -> ShownMeasure:
    """The measure as the files have it, and what the store knows of it. Raises FaultsFound for an unknown measure."""
    definitions = read_all_definitions()
    found = find_measure(measure, definitions.programmes)
    registers = get_registers(definitions.programmes)
    titles = get_titles(definitions.programmes, definitions.code_lists)

    def lines(node: Node) -> Lines:
        return tuple((part.depth, part.told) for part in outline(node, titles))

    card = _card(measure, definitions)
    questions: dict[str, Lines]
    if isinstance(found, UnitMeasure):
        questions = {"What it is of": ((0, card.denominator_means),), "What counts": ((0, card.numerator_means),)}
    else:
        questions = {OF_WHOM: lines(found.of), WHO_COUNTS: lines(found.count)}
    return ShownMeasure(
        card=card,
        questions=questions,
        registers={titles[slug]: lines(registers[slug]) for slug in get_registers_under(found, registers)},
        code_lists=tuple(definitions.code_lists[name] for name in get_code_lists(found, registers)),
        previous=find_previous(store, describe_versions(definitions)[measure]),
        built=tuple(read_versions(store, measure)),
    )


def as_json(shown: ShownMeasure, *, codes: bool) -> dict[str, Any]:
    """The card's own keys, and with them what the store knows. codes: each code list with its codes."""
    said = asdict(shown.card) | {
        "registers": {title: [told for _, told in lines] for title, lines in shown.registers.items()},
        "previous": asdict(shown.previous) if shown.previous else None,
        "built": [{"version": each.version, "first_built": each.first_built} for each in shown.built],
    }
    if codes:
        said["codes"] = {each.name: [asdict(row) for row in each.rows] for each in shown.code_lists}
    return said


def tell_what_changed(shown: ShownMeasure) -> tuple[str, list[str]]:
    """A heading, and a line for each change."""
    now = shown.card.version
    is_built = any(each.version == now for each in shown.built)
    if shown.previous is None:
        told = "This is the first version built here" if is_built else "No build has used this measure here yet"
        return f"{told}: there is none before to compare with.", []
    when = "What changed" if is_built else "What the next build will change"
    return f"{when} since version {shown.previous.version}, first built {shown.previous.since}", [
        *shown.previous.changes
    ]


def _card(measure: str, definitions: Definitions) -> MeasureCard:
    cards = build_cards(definitions.programmes, definitions.code_lists)
    return next(card for card in cards if card.measure == measure)
