"""What may be done on a page of meetings: a form, who may send it, and the action behind it.

A deed's slug is the last part of the address it is posted to. The pages offer those that a person may do and that the
state allows; the actions check both again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from placewise_site.meetings import actions
from placewise_site.meetings.actions import Outcome
from placewise_site.meetings.lifecycle import WAITING, ActionState, ItemState, MeetingState, PaperState
from placewise_site.meetings.models import Purpose
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.interests import COMPETITIVE, Ruling, Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.web.meetings import forms

KEEP, CHAIR, DECIDE, SIT = "meetings.keep", "meetings.chair", "meetings.decide", "meetings.sit"
SIGN, CLOSE, SCORE = "meetings.sign", "meetings.close_action", "meetings.score"


@dataclass(frozen=True, slots=True)
class Deed:
    """title: of the button; may: the permissions of which one is enough; states: of the thing, none for any; do: takes
    the person, the thing and what was written; done: what the page then says."""

    title: str
    form: type[forms.About]
    may: tuple[str, ...]
    states: frozenset[str]
    do: Callable[[Any, Any, Mapping[str, Any]], Outcome | object]
    done: str
    purposes: frozenset[str] = frozenset()
    is_decision: bool = False
    subjects: frozenset[str] = frozenset()

    def is_open_to(self, held: Collection[str], subject: Any) -> bool:
        """held: the permissions that the person holds for it (`permissions_for`)."""
        state_fits = not self.states or getattr(subject, "state", "") in self.states
        purpose_fits = not self.purposes or getattr(subject, "purpose", "") in self.purposes
        subject_fits = not self.subjects or getattr(subject, "subject", "") in self.subjects
        return state_fits and purpose_fits and subject_fits and any(each in held for each in self.may)


def permissions_for(user: Any, deeds: Iterable[Deed], subject: Any, body: Any) -> frozenset[str]:
    """Which of the permissions that deeds ask for a person holds, each asked once."""
    asked = {each for deed in deeds for each in deed.may}
    return frozenset(each for each in asked if user.has_perm(each, subject if each == CLOSE else body))


def _states(*states: str) -> frozenset[str]:
    return frozenset(states)


TO_DECIDE = frozenset({Purpose.DECIDE})
NOT_TO_DECIDE = frozenset({Purpose.DISCUSS, Purpose.NOTE})
ON_AGENDA, WAITS = _states(ItemState.ON_AGENDA), frozenset(str(each) for each in WAITING)
UNSETTLED = ON_AGENDA | WAITS


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _plan(by: Any, body: Any, said: Mapping[str, Any]) -> object:
    return actions.plan_item(
        by=by,
        body=body,
        title=said["title"],
        purpose=Purpose(said["purpose"]),
        function=said["function"],
        places=tuple(each.code for each in said["places"]),
        amount=said["amount"],
        subject=Subject(said["subject_of_item"]),
        changes_service=said["changes_service"],
        private_ground=Privacy(said["private_ground"]) if said["private_ground"] else None,
        expected_on=said["expected_on"],
    )


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


OF_BODY = {
    "schedule": Deed(
        "Set a meeting",
        forms.Schedule,
        (KEEP,),
        _states(),
        lambda by, body, said: actions.schedule_meeting(by=by, body=body, **said),
        "The meeting is in the calendar.",
    ),
    "plan": Deed("Put an item on the forward plan", forms.Plan, (KEEP,), _states(), _plan, "The item is planned."),
}
OF_MEETING = {
    "open": Deed(
        "Open the meeting",
        forms.Nothing,
        (DECIDE,),
        _states(MeetingState.SCHEDULED),
        lambda by, meeting, said: actions.open_meeting(by=by, meeting=meeting),
        "The meeting is open.",
    ),
    "attend": Deed(
        "Record who is there",
        forms.Attend,
        (DECIDE,),
        _states(MeetingState.SCHEDULED, MeetingState.OPEN),
        lambda by, meeting, said: actions.record_attendance(by=by, meeting=meeting, present=list(said["present"])),
        "Attendance is recorded.",
    ),
    "minute": Deed(
        "Write the minutes of the meeting as a whole",
        forms.Words,
        (DECIDE,),
        _states(MeetingState.OPEN, MeetingState.CLOSED),
        lambda by, meeting, said: actions.write_minute(by=by, meeting=meeting, words=said["words"]),
        "The minutes are kept.",
    ),
    "close": Deed(
        "Close the meeting",
        forms.Nothing,
        (DECIDE,),
        _states(MeetingState.OPEN),
        lambda by, meeting, said: actions.close_meeting(by=by, meeting=meeting),
        "The meeting is closed. What was not settled is put off.",
    ),
    "cancel": Deed(
        "Cancel the meeting",
        forms.Reason,
        (KEEP,),
        _states(MeetingState.SCHEDULED),
        lambda by, meeting, said: actions.cancel_meeting(by=by, meeting=meeting, reason=said["reason"]),
        "The meeting is cancelled.",
    ),
}
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
            by=by, item=item, title=said["title"], words=said["words"], cites=_lines(said["cites"])
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
        _states(ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.NOTED),
        lambda by, item, said: actions.add_action(by=by, item=item, **said),
        "The action is agreed.",
    ),
    "minute": Deed(
        "Minute it",
        forms.Words,
        (DECIDE,),
        _states(ItemState.ON_AGENDA, ItemState.DECIDED, ItemState.NOTED, ItemState.DEFERRED, ItemState.RETURNED),
        lambda by, item, said: actions.write_minute(
            by=by, meeting=item.placements.order_by("-pk").first().meeting, item=item, words=said["words"]
        ),
        "The minutes are kept.",
    ),
}
OF_PAPER = {
    "version": Deed(
        "Write a new version",
        forms.WriteVersion,
        (KEEP,),
        _states(PaperState.DRAFT, PaperState.RECALLED),
        lambda by, paper, said: actions.write_version(
            by=by, paper=paper, words=said["words"], cites=_lines(said["cites"])
        ),
        "The version is kept.",
    ),
    "issue": Deed(
        "Issue it",
        forms.Nothing,
        (KEEP,),
        _states(PaperState.DRAFT, PaperState.RECALLED),
        lambda by, paper, said: actions.issue_paper(by=by, paper=paper),
        "The paper is issued, and frozen.",
    ),
    "recall": Deed(
        "Recall it",
        forms.Reason,
        (KEEP,),
        _states(PaperState.ISSUED),
        lambda by, paper, said: actions.recall_paper(by=by, paper=paper, reason=said["reason"]),
        "The paper is recalled.",
    ),
}
OF_ACTION = {
    "close": Deed(
        "Close it with evidence",
        forms.CloseAction,
        (CLOSE,),
        _states(ActionState.OPEN),
        lambda by, action, said: actions.close_action(by=by, action=action, evidence=said["evidence"]),
        "The action is done.",
    ),
    "reopen": Deed(
        "Open it again",
        forms.Reason,
        (KEEP,),
        _states(ActionState.DONE, ActionState.STOPPED),
        lambda by, action, said: actions.reopen_action(by=by, action=action, reason=said["reason"]),
        "The action is open again.",
    ),
}
OF_DECISION = {
    "review": Deed(
        "Settle what becomes of the decision",
        forms.SettleReview,
        (KEEP,),
        _states(),
        lambda by, decision, said: actions.review_decision(
            by=by,
            decision=decision,
            address=said["address"],
            reason=said["reason"],
            takes_up=said["takes_up"] == "yes",
        ),
        "The review is recorded.",
    ),
}
