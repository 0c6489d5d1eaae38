"""Risks, commitments and people of two places, for tests of assurance."""

from datetime import date
from typing import Any

from builders.site import add_person_in_role
from placewise_site.accounts.models import User
from placewise_site.assurance.actions.commitments import record_commitment
from placewise_site.assurance.actions.risks import add_control, enter_risk
from placewise_site.assurance.lifecycle import Kind
from placewise_site.assurance.models import Commitment, Control, Risk
from placewise_site.organisations.models import Organisation

TOP, NORTH, SOUTH = "HVS", "HVN", "HVT"
DUE = date(2026, 6, 30)


def organisation(code: str) -> Organisation:
    return Organisation.objects.get(code=code)


def add_risk(likelihood: int = 2, impact: int = 2, **said: Any) -> Risk:
    told = {"by": None, "title": "Few are treated", "what_follows": "Strokes", "owner": organisation(TOP)}
    return enter_risk(likelihood=likelihood, impact=impact, reason="As far as we know", **told | said)


def add_yearly_control(risk: Risk) -> Control:
    return add_control(by=None, risk=risk, title="Lists are read", line=1, test_every_days=365)


def add_recommendation(**said: Any) -> Commitment:
    """What the north place owes the whole system."""
    told: dict[str, Any] = {
        "by": None,
        "kind": Kind.RECOMMENDATION,
        "title": "Invite in the languages that people read",
        "source": "Review of services, recommendation 1",
        "owner": organisation(NORTH),
        "owed_to": organisation(TOP),
        "due": DUE,
        "measure": "af_anticoagulated",
    }
    return record_commitment(**told | said)


def lead_of(place: str) -> User:
    """The same person each time."""
    known = User.objects.filter(email=f"place_lead.{place}@example.org".lower()).first()
    return known or add_person_in_role("place_lead", place)
