"""Who writes the weekly message and signs it: communications."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import holds_one_of


@rules.predicate
def works_in_communications(user: User) -> bool:
    return holds_one_of(user, {"communications"})


rules.add_perm("stories.write_messages", works_in_communications)
