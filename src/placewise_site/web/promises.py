"""What the partnership promised: each target of its own ambitions, beside what is measured now.

A programme states an ambition for a measure, wherever it is used (web/figures/ambition.py). A partnership promises for
itself, in its deployment's ambitions.yaml. The two may differ, so each is named by whose it is and where it is from.
"""

from dataclasses import dataclass
from datetime import date

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.deployment import get_deployment, has_deployment
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.ambition import Ambition, read_ambition

NOT_MEASURED = "Not measured yet"
REACHED = "Reached"


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of one ambition. by_programme: what the measure's programme aims for, which may be another level."""

    ambition: str
    wording: str
    footprint: str  # of which area it was said
    source: str
    says: str
    owner: str  # blank: nobody answers for it
    due: date | None
    measure: str  # blank: no measure tells
    better: str  # of the measure: higher, lower or neither; blank where there is none
    cell: Cell | None
    target: float | None
    unit: str
    doubt: str
    by_programme: Ambition | None

    @property
    def verdict(self) -> str:
        """Only a target that is a proportion, of a measure with a better direction, can be held against the figure."""
        gap = self._gap()
        if gap is None:
            return NOT_MEASURED
        return REACHED if gap <= 0 else f"{gap * 100:.1f} percentage points to go"

    @property
    def is_measured(self) -> bool:
        return self._gap() is not None

    def _gap(self) -> float | None:
        """How far the figure has to go, 0 to 1; none or less where the target is reached."""
        value = self.cell.value if self.cell else None
        if value is None or self.target is None or self.unit != "proportion":
            return None
        return {"higher": self.target - value, "lower": value - self.target}.get(self.better)


def read_promises(sight: Sight | None, measure: str = "") -> list[Promise]:
    """Every promise of the deployment, or those that one measure tells, in the order of its file."""
    if not has_deployment():
        return []
    deployment = get_deployment()
    cards = {card.measure: card for card in sight.measures()} if sight else {}
    found = []
    for ambition in deployment.ambitions.values():
        owner = deployment.bodies[ambition.owner].name if ambition.owner else ""
        for target in ambition.targets or (None,):
            told_by = (target.measure or "") if target else ""
            if measure and told_by != measure:
                continue
            card = cards.get(told_by)
            found.append(
                Promise(
                    ambition=ambition.title,
                    wording=ambition.wording,
                    footprint=ambition.footprint,
                    source=ambition.source,
                    says=target.says if target else "no number was promised",
                    owner=owner,
                    due=target.due if target else None,
                    measure=told_by,
                    better=card.better if card else "",
                    cell=_latest(sight, told_by),
                    target=target.value if target else None,
                    unit=(target.unit or "") if target else "",
                    doubt=(target.doubt if target else None) or ambition.doubt or "",
                    by_programme=read_ambition(card.ambition) if card else None,
                )
            )
    return found


def _latest(sight: Sight | None, measure: str) -> Cell | None:
    try:
        return sight.latest(measure, sight.whole.code) if sight and measure else None
    except NotReleased:
        return None
