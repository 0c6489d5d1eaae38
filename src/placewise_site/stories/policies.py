"""Who writes the weekly message and signs it: communications."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import grants_in_force


@rules.predicate
def works_in_communications(user: User) -> bool:
    return bool(user.is_authenticated and grants_in_force(user).filter(role__slug="communications").exists())


rules.add_perm("stories.write_messages", works_in_communications)
