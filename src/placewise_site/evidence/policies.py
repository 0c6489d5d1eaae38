"""Who may see figures of single practices: people with a role here. The public sees networks and larger."""

import rules

from placewise_site.accounts.policies import holds_a_role

rules.add_perm("evidence.see_practices", holds_a_role)
