"""What treating more people would bring: the size of the prize in each area and group, from released counts alone."""

from dataclasses import dataclass

from placewise.plans.impact.build import build_impact
from placewise.plans.impact.contract import Events, Impact
from placewise.plans.impact.definition import NOT_STATED, ImpactSection
from placewise.plans.impact.words import (
    KIND_WORDS,
    as_row,
    get_whole,
    tell_count,
    tell_ends,
    tell_events,
    tell_horizon,
    tell_impact,
    tell_net,
    tell_number,
    tell_range,
)
from placewise.publishing.contract import MeasureCard
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.gains import Gain, get_gain

__all__ = [
    "KIND_WORDS",
    "NOT_STATED",
    "Events",
    "Impact",
    "ImpactSection",
    "Prize",
    "as_row",
    "build_impact",
    "get_prize",
    "get_whole",
    "read_impact",
    "tell_count",
    "tell_ends",
    "tell_events",
    "tell_horizon",
    "tell_impact",
    "tell_net",
    "tell_number",
    "tell_range",
]

EVERYBODY = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """untreated: people the measure misses now; gain: those who would be treated at the level to be reached; impact: of
    treating them. None where it cannot be shown."""

    cell: Cell
    untreated: int | None
    gain: Gain | None
    impact: Impact | None


def read_impact(card: MeasureCard) -> ImpactSection | None:
    """What the programme says treating more people does; None where it says nothing."""
    return ImpactSection.model_validate(card.impact) if card.impact else None


def get_prize(cell: Cell, card: MeasureCard, section: ImpactSection, least: int, step: int) -> Prize:
    """At the programme's ambition, else with everybody treated. Fewer than `least` people, and what they would gain,
    are never told; people are rounded by `step`, as counts are."""
    level = float(card.ambition["value"]) if card.ambition else EVERYBODY
    gain = get_gain(cell, card.better, level, least, step)
    people = gain.people if gain else None
    untreated = None if cell.numerator is None or cell.denominator is None else cell.denominator - cell.numerator
    if untreated is not None and card.better == "lower":
        untreated = cell.numerator
    return Prize(
        cell=cell,
        untreated=untreated,
        gain=gain,
        impact=build_impact(card.measure, section, people) if people is not None else None,
    )
