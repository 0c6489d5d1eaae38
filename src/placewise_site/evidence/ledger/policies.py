"""Who may do what to claims: a role proposes, another agrees. Registered as permissions for pages to ask."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants

PROPOSE = frozenset({"analyst", "programme_lead", "place_lead", "finance", "communications", "board_secretary"})
AGREE = frozenset({"director", "board_secretary"})
REMOVE = frozenset({"board_secretary", "caldicott_guardian"})


def find_role(user: User, roles: frozenset[str]) -> str:
    """The role, of those that may, which a person holds here; "" for none."""
    return next((grant.role.slug for grant in get_grants(user) if grant.role.slug in roles), "")


def _holds(roles: frozenset[str]) -> rules.Predicate:
    return rules.predicate(lambda user: bool(find_role(user, roles)), name=str(sorted(roles)))


rules.add_perm("evidence.propose_claims", _holds(PROPOSE))
rules.add_perm("evidence.agree_claims", _holds(AGREE))
rules.add_perm("evidence.remove_claims", _holds(REMOVE))
