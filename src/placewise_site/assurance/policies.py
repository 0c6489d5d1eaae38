"""Who may do what here, as a table: the permission, and the roles that hold it in force, wherever they hold them."""

from typing import Any

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import holds_one_of

KEEPS_MONEY = {"director", "finance"}
WHO_MAY = {
    "keep_money": KEEPS_MONEY,
    "keep_risks": {"director", "programme_lead", "place_lead", "board_secretary", "clinical_safety_officer"},
    "keep_strategy": {"director", "board_secretary"},
    "keep_reviews": {"director", "board_secretary"},
    "keep_commitments": {"director", "programme_lead", "place_lead", "board_secretary"},
    "build_packs": {"director", "programme_lead", "analyst", "board_secretary", "finance"},
    "challenge_packs": {"lay_member", "board_member", "voluntary_sector", "director"},
    "answer_challenges": {"programme_lead", "director"},
    "assess_equality": {"programme_lead", "director", "analyst", "place_lead", "voluntary_sector"},
    "sign_assessments": {"director", "board_member"},
}


def _holds_one_of(name: str, roles: set[str]) -> Any:
    def holds(user: User) -> bool:
        return holds_one_of(user, roles)

    return rules.predicate(holds, name=f"may {name}")


for _name, _roles in WHO_MAY.items():
    rules.add_perm(f"assurance.{_name}", _holds_one_of(_name, _roles))
