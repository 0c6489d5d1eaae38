"""Who may appoint and keep the registers: the board secretary of the whole system. A member declares their own."""

import rules

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants, is_at_the_top
from placewise_site.governance.models import ClauseComment, Member

SECRETARY = "board_secretary"


@rules.predicate
def keeps_the_registers(user: User) -> bool:
    """A board secretary at the organisation at the top."""
    return any(grant.role.slug == SECRETARY and is_at_the_top(grant) for grant in get_grants(user))


@rules.predicate
def is_the_member(user: User, member: Member | None) -> bool:
    return member is not None and user.pk is not None and member.person_id == user.pk


@rules.predicate
def wrote_the_comment(user: User, comment: ClauseComment | None) -> bool:
    return comment is not None and user.pk is not None and comment.by_id == user.pk


rules.add_perm("governance.keep_registers", keeps_the_registers)
rules.add_perm("governance.declare_interests", keeps_the_registers | is_the_member)
rules.add_perm("governance.remove_comments", keeps_the_registers | wrote_the_comment)
