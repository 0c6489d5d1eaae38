"""What the partnership promised, beside what the programme of the same measure aims for.

A programme states an ambition for a measure, wherever it is used (web/figures/ambition.py). A partnership promises for
itself. The two may differ, so each is named by whose it is and where it is from.
"""

from dataclasses import dataclass

from placewise_site.evidence.ambitions import AmbitionCard, TargetCard, Verdict, ambitions
from placewise_site.evidence.sight import SeriesCard, Sight
from placewise_site.web.figures.ambition import Ambition, read_ambition


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of one ambition. by_programme: what the measure's programme aims for, which may be another level."""

    ambition: AmbitionCard
    target: TargetCard
    by_programme: Ambition | None

    @property
    def is_measured(self) -> bool:
        return self.target.verdict != Verdict.NOT_MEASURED


def read_promises(sight: Sight | None, measure: str = "") -> list[Promise]:
    """Every promise of the release, or those that one measure tells, in the order of the deployment's file."""
    if sight is None:
        return []
    cards = {card.measure: card for card in sight.measures()}
    found = []
    for ambition in ambitions(sight):
        for target in ambition.targets:
            if measure and target.measure != measure:
                continue
            card = cards.get(target.measure)
            found.append(Promise(ambition, target, read_ambition(card.ambition) if card else None))
    return found


def find_judged(card: SeriesCard, sight: Sight) -> AmbitionCard | None:
    """The ambition whose page shows a series of published figures, if one is judged by it."""
    judged = (each for each in ambitions(sight) if card.slug in [target.measure for target in each.targets])
    return next(judged, None)
