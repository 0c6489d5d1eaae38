"""Who may comment on a finding: the practice it is about. Asked by the same query that lists what a practice reads."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import practices_worked_at
from placewise_site.organisations.models import Organisation


@rules.predicate
def works_at(user: User, practice: Organisation | None) -> bool:
    return practice is not None and practices_worked_at(user).filter(pk=practice.pk).exists()


rules.add_perm("programmes.comment_on_findings", works_at)
