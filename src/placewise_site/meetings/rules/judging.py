"""Everything that speaks against one decision on one day, in the order in which a chair would ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from placewise_site.governance.rules.delegation import Power
from placewise_site.meetings.rules.assessments import (
    STRICTEST,
    Assessment,
    AssessmentRule,
    find_assessment_objections,
    find_due,
)
from placewise_site.meetings.rules.evidence import Cited, find_evidence_objections
from placewise_site.meetings.rules.objections import Objection
from placewise_site.meetings.rules.powers import Asked, find_power_objections
from placewise_site.meetings.rules.subsidiarity import Level, Reason, find_subsidiarity_objections


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a decision is judged by. text: of the paper and what it recommends; names: of bodies, by slug;
    route: what speaks against the way it is decided (no quorum, late papers, no signature)."""

    on: date
    asked: Asked
    powers: Collection[Power]
    names: Mapping[str, str]
    text: str
    cited: tuple[Cited, ...]
    decided_at: Level
    reasons: dict[Reason, str] = field(default_factory=dict)
    changes_service: bool = False
    assessed: frozenset[Assessment] = frozenset()
    assessment_rule: AssessmentRule = STRICTEST
    route: tuple[Objection, ...] = ()


def find_objections(case: Case) -> tuple[Objection, ...]:
    """Refusals and warnings; none at all means that the decision may be made."""
    due = find_due(case.assessment_rule, amount=case.asked.amount, changes_service=case.changes_service)
    return (
        *find_power_objections(case.asked, case.powers, case.names, case.on),
        *case.route,
        *find_evidence_objections(case.text, case.cited, case.asked.amount),
        *find_assessment_objections(due, case.assessed),
        *find_subsidiarity_objections(decided_at=case.decided_at, given=case.reasons, places=case.asked.places),
    )
