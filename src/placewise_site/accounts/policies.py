"""Who may, as predicates. Each asks the same query that filters the lists, so the two cannot disagree."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import grant_to_open, grants_in_force
from placewise_site.organisations.models import Organisation


@rules.predicate
def may_open_lists_of(user: User, practice: Organisation | None) -> bool:
    return practice is not None and grant_to_open(user, practice) is not None


@rules.predicate
def holds_a_role(user: User) -> bool:
    return bool(user.is_authenticated and grants_in_force(user).exists())


rules.add_perm("care.open_list", may_open_lists_of)
rules.add_perm("accounts.use_home", holds_a_role)
