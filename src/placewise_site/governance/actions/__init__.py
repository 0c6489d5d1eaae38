"""Everything that changes who may decide, each with its row in the record of actions, in one transaction."""

from placewise_site.governance.actions.describing import (
    count_composition,
    describe_oneself,
    destroy_descriptions_of_leavers,
)
from placewise_site.governance.actions.engaging import (
    close_engagement,
    comment_on_clause,
    destroy_comment,
    open_engagement,
    respond_to_comment,
)
from placewise_site.governance.actions.interests import (
    declare_interest,
    destroy_expired_interests,
    end_interest,
    withdraw_interest,
)
from placewise_site.governance.actions.loading import load_partnership
from placewise_site.governance.actions.members import add_member, appoint, declare_skill, end_membership, remove_name

__all__ = [
    "add_member",
    "appoint",
    "close_engagement",
    "comment_on_clause",
    "count_composition",
    "declare_interest",
    "declare_skill",
    "describe_oneself",
    "destroy_comment",
    "destroy_descriptions_of_leavers",
    "destroy_expired_interests",
    "end_interest",
    "end_membership",
    "load_partnership",
    "open_engagement",
    "remove_name",
    "respond_to_comment",
    "withdraw_interest",
]
