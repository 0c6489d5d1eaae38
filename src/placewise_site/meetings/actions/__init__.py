"""Everything that changes what bodies decide: each action one transaction, with its row in the record of actions."""

from placewise_site.meetings.actions.bids import add_bid, declare_for_scoring, rule_on_scorer, score_bid
from placewise_site.meetings.actions.deciding import Outcome, decide, decide_urgently, sign
from placewise_site.meetings.actions.following import add_action, close_action, reopen_action, review_decision
from placewise_site.meetings.actions.papers import add_paper, issue_paper, recall_paper, write_version
from placewise_site.meetings.actions.parts import cast_vote, declare_interest, rule_on_interest
from placewise_site.meetings.actions.planning import (
    defer_item,
    give_system_reason,
    note_item,
    place_item,
    plan_item,
    record_assessment,
    return_item,
    score_aim,
    withdraw_item,
)
from placewise_site.meetings.actions.rules import set_equality_threshold, set_urgent_rule
from placewise_site.meetings.actions.sitting import (
    cancel_meeting,
    close_meeting,
    open_meeting,
    record_attendance,
    schedule_meeting,
    write_minute,
)

__all__ = [
    "Outcome",
    "add_action",
    "add_bid",
    "add_paper",
    "cancel_meeting",
    "cast_vote",
    "close_action",
    "close_meeting",
    "decide",
    "decide_urgently",
    "declare_for_scoring",
    "declare_interest",
    "defer_item",
    "give_system_reason",
    "issue_paper",
    "note_item",
    "open_meeting",
    "place_item",
    "plan_item",
    "recall_paper",
    "record_assessment",
    "record_attendance",
    "reopen_action",
    "return_item",
    "review_decision",
    "rule_on_interest",
    "rule_on_scorer",
    "schedule_meeting",
    "score_aim",
    "score_bid",
    "set_equality_threshold",
    "set_urgent_rule",
    "sign",
    "withdraw_item",
    "write_minute",
    "write_version",
]
