"""A director's home: are we keeping our promises, which figures are in doubt, what is to be decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from placewise_site.accounts.models import Grant
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.deployment import get_deployment, has_deployment
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.sources.facts import AS_STATED, fact_rows

NOT_MEASURED = "Not measured yet"


@dataclass(frozen=True, slots=True)
class Promise:
    """One target of one ambition, beside what is measured now."""

    ambition: str
    wording: str
    says: str
    owner: str  # blank: nobody answers for it
    due: date | None
    measure: str  # blank: no measure tells
    cell: Cell | None
    target: float | None
    doubt: str

    @property
    def verdict(self) -> str:
        if self.cell is None or not self.cell.is_shown or self.cell.value is None or self.target is None:
            return NOT_MEASURED
        if self.cell.value >= self.target:
            return "Reached"
        return f"{(self.target - self.cell.value) * 100:.1f} percentage points to go"


def director_home(request: HttpRequest, grant: Grant, sight: Sight | None) -> dict[str, Any]:
    facts = fact_rows(sight) if sight else []
    promises = _promises(sight)
    return {
        "promises": promises,
        "measured": sum(promise.verdict != NOT_MEASURED for promise in promises),
        "owned": sum(bool(promise.owner) for promise in promises),
        "doubts": [fact for fact in facts if fact.result != AS_STATED],
        "facts": len(facts),
    }


def _promises(sight: Sight | None) -> list[Promise]:
    if not has_deployment():
        return []
    deployment = get_deployment()
    found = []
    for ambition in deployment.ambitions.values():
        owner = deployment.bodies[ambition.owner].name if ambition.owner else ""
        for target in ambition.targets or (None,):
            measure = (target.measure or "") if target else ""
            found.append(
                Promise(
                    ambition=ambition.title,
                    wording=ambition.wording,
                    says=target.says if target else "no number was promised",
                    owner=owner,
                    due=target.due if target else None,
                    measure=measure,
                    cell=_latest(sight, measure),
                    target=target.value if target else None,
                    doubt=(target.doubt if target else None) or ambition.doubt or "",
                )
            )
    return found


def _latest(sight: Sight | None, measure: str) -> Cell | None:
    try:
        return sight.latest(measure, sight.whole.code) if sight and measure else None
    except NotReleased:
        return None
