"""Who may, as predicates. Each asks the same query that filters the lists, so the two cannot disagree."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants, holders_open_to
from placewise_site.organisations.models import Organisation


@rules.predicate
def may_open_lists_of(user: User, practice: Organisation | None) -> bool:
    """Of a practice, or of a recipient. Without one: may open the lists of any."""
    open_to = holders_open_to(user)
    return open_to.exists() if practice is None else open_to.filter(pk=practice.pk).exists()


@rules.predicate
def holds_a_role(user: User) -> bool:
    return bool(get_grants(user))


rules.add_perm("accounts.open_lists", may_open_lists_of)
