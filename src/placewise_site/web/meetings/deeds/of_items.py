"""What may be done to an item, from the plan to the decision."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from placewise_site.meetings import actions
from placewise_site.meetings.actions import Outcome
from placewise_site.meetings.lifecycle import WAITING, ItemState
from placewise_site.meetings.models import Purpose
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.interests import COMPETITIVE, Ruling
from placewise_site.web.meetings import forms
from placewise_site.web.meetings.deeds.deed import CHAIR, DECIDE, KEEP, SCORE, SIGN, SIT, Deed, in_states, lines_of

TO_DECIDE = frozenset({Purpose.DECIDE})
NOT_TO_DECIDE = frozenset({Purpose.DISCUSS, Purpose.NOTE})
ON_AGENDA, WAITS = in_states(ItemState.ON_AGENDA), frozenset(str(each) for each in WAITING)
UNSETTLED = ON_AGENDA | WAITS


def _decide(by: Any, item: Any, said: Mapping[str, Any]) -> Outcome:
    return actions.decide(by=by, item=item, resolved=said["resolved"], reasons=said["reasons"])


def _decide_urgently(by: Any, item: Any, said: Mapping[str, Any]) -> Outcome:
    return actions.decide_urgently(
        by=by, item=item, resolved=said["resolved"], urgency=said["urgency"], reasons=said["reasons"]
    )


def _score_bid(by: Any, item: Any, said: Mapping[str, Any]) -> object:
    scored = actions.score_bid(by=by, **said)
    if scored.score is None:
        raise ValidationError(scored.refusal)
    return scored


OF_ITEM = {
    "decide": Deed(
        "Put it to the decision",
        forms.Decide,
        (DECIDE,),
        ON_AGENDA,
        _decide,
        "The decision is made.",
        TO_DECIDE,
        is_decision=True,
    ),
    "vote": Deed(
        "Vote",
        forms.Cast,
        (SIT, KEEP),
        ON_AGENDA,
        lambda by, item, said: actions.cast_vote(by=by, item=item, **said),
        "The vote is cast.",
        TO_DECIDE,
    ),
    "rule": Deed(
        "Rule on an interest",
        forms.Rule,
        (CHAIR,),
        UNSETTLED,
        lambda by, item, said: actions.rule_on_interest(
            by=by, item=item, membership=said["membership"], ruling=Ruling(said["ruling"]), reason=said["reason"]
        ),
        "The ruling holds from now on.",
    ),
    "declare": Deed(
        "Declare an interest",
        forms.Declare,
        (SIT, KEEP),
        UNSETTLED,
        lambda by, item, said: actions.declare_interest(by=by, item=item, **said),
        "The interest is declared.",
    ),
    "place": Deed(
        "Place it on an agenda",
        forms.Place,
        (KEEP,),
        WAITS,
        lambda by, item, said: actions.place_item(by=by, item=item, meeting=said["meeting"]),
        "The item is on the agenda.",
    ),
    "paper": Deed(
        "Add a paper",
        forms.WritePaper,
        (KEEP,),
        UNSETTLED,
        lambda by, item, said: actions.add_paper(
            by=by, item=item, title=said["title"], words=said["words"], cites=lines_of(said["cites"])
        ),
        "The paper is kept as a draft.",
    ),
    "reason": Deed(
        "Say why it is not left to a place",
        forms.SystemReasonGiven,
        (DECIDE,),
        UNSETTLED,
        lambda by, item, said: actions.give_system_reason(by=by, item=item, **said),
        "The reason is recorded.",
        TO_DECIDE,
    ),
    "aim": Deed(
        "Score one of the four aims",
        forms.AimScored,
        (DECIDE,),
        UNSETTLED,
        lambda by, item, said: actions.score_aim(by=by, item=item, **said),
        "The aim is scored.",
    ),
    "bid": Deed(
        "Record a bid",
        forms.AddBid,
        (KEEP,),
        UNSETTLED,
        lambda by, item, said: actions.add_bid(by=by, item=item, **said),
        "The bid is recorded.",
        subjects=COMPETITIVE,
    ),
    "declare-for-scoring": Deed(
        "Declare your interests before scoring bids",
        forms.DeclareForScoring,
        (SCORE,),
        UNSETTLED,
        lambda by, item, said: actions.declare_for_scoring(by=by, item=item, words=said["words"]),
        "It is declared, with every role and seat that you hold.",
        subjects=COMPETITIVE,
    ),
    "score-bid": Deed(
        "Score a bid",
        forms.ScoreBid,
        (SCORE,),
        UNSETTLED,
        _score_bid,
        "The bid is scored.",
        subjects=COMPETITIVE,
    ),
    "rule-on-scorer": Deed(
        "Rule on a scorer's interest",
        forms.RuleOnScorer,
        (CHAIR,),
        UNSETTLED,
        lambda by, item, said: actions.rule_on_scorer(
            by=by,
            bid=said["bid"],
            person=said["declared"].person,
            may_score=said["may_score"] == "yes",
            reason=said["reason"],
        ),
        "The ruling holds from now on.",
        subjects=COMPETITIVE,
    ),
    "involve": Deed(
        "Record how people were involved",
        forms.PeopleInvolved,
        (DECIDE,),
        UNSETTLED,
        lambda by, item, said: actions.record_assessment(by=by, item=item, kind=Assessment.INVOLVEMENT, **said),
        "It is recorded.",
        TO_DECIDE,
    ),
    "sign": Deed(
        "Sign for an urgent decision",
        forms.Nothing,
        (SIGN,),
        WAITS,
        lambda by, item, said: actions.sign(by=by, item=item),
        "You have signed.",
        TO_DECIDE,
    ),
    "decide-urgently": Deed(
        "Decide between meetings",
        forms.DecideUrgently,
        (DECIDE,),
        WAITS,
        _decide_urgently,
        "The decision is made. Its report goes onto the next agenda by itself.",
        TO_DECIDE,
        is_decision=True,
    ),
    "note": Deed(
        "Note it",
        forms.Nothing,
        (DECIDE,),
        ON_AGENDA,
        lambda by, item, said: actions.note_item(by=by, item=item),
        "The item is noted.",
        NOT_TO_DECIDE,
    ),
    "return": Deed(
        "Return it with a question",
        forms.Return,
        (DECIDE,),
        ON_AGENDA,
        lambda by, item, said: actions.return_item(by=by, item=item, question=said["question"]),
        "The item is returned.",
    ),
    "defer": Deed(
        "Put it off",
        forms.Reason,
        (DECIDE,),
        ON_AGENDA,
        lambda by, item, said: actions.defer_item(by=by, item=item, reason=said["reason"]),
        "The item is put off.",
    ),
    "withdraw": Deed(
        "Withdraw it",
        forms.Reason,
        (KEEP,),
        UNSETTLED,
        lambda by, item, said: actions.withdraw_item(by=by, item=item, reason=said["reason"]),
        "The item is withdrawn.",
    ),
    "action": Deed(
        "Agree an action",
        forms.AgreeAction,
        (DECIDE,),
        in_states(ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.NOTED),
        lambda by, item, said: actions.add_action(by=by, item=item, **said),
        "The action is agreed.",
    ),
    "minute": Deed(
        "Minute it",
        forms.Words,
        (DECIDE,),
        in_states(ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.NOTED, ItemState.DEFERRED, ItemState.RETURNED),
        lambda by, item, said: actions.write_minute(
            by=by, meeting=item.placements.order_by("-pk").first().meeting, item=item, words=said["words"]
        ),
        "The minutes are kept.",
    ),
}
