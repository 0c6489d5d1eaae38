"""What may be done to papers, to the actions that were agreed, and to decisions that were made."""

from placewise_site.meetings import actions
from placewise_site.meetings.lifecycle import ActionState, PaperState
from placewise_site.web.meetings import forms
from placewise_site.web.meetings.deeds.deed import CLOSE, KEEP, Deed, in_states, lines_of

OF_PAPER = {
    "version": Deed(
        "Write a new version",
        forms.WriteVersion,
        (KEEP,),
        in_states(PaperState.DRAFT, PaperState.RECALLED),
        lambda by, paper, said: actions.write_version(
            by=by, paper=paper, words=said["words"], cites=lines_of(said["cites"])
        ),
        "The version is kept.",
    ),
    "issue": Deed(
        "Issue it",
        forms.Nothing,
        (KEEP,),
        in_states(PaperState.DRAFT, PaperState.RECALLED),
        lambda by, paper, said: actions.issue_paper(by=by, paper=paper),
        "The paper is issued, and frozen.",
    ),
    "recall": Deed(
        "Recall it",
        forms.Reason,
        (KEEP,),
        in_states(PaperState.ISSUED),
        lambda by, paper, said: actions.recall_paper(by=by, paper=paper, reason=said["reason"]),
        "The paper is recalled.",
    ),
}
OF_ACTION = {
    "close": Deed(
        "Close it with evidence",
        forms.CloseAction,
        (CLOSE,),
        in_states(ActionState.OPEN),
        lambda by, action, said: actions.close_action(by=by, action=action, evidence=said["evidence"]),
        "The action is done.",
    ),
    "reopen": Deed(
        "Open it again",
        forms.Reason,
        (KEEP,),
        in_states(ActionState.DONE, ActionState.STOPPED),
        lambda by, action, said: actions.reopen_action(by=by, action=action, reason=said["reason"]),
        "The action is open again.",
    ),
}
OF_DECISION = {
    "review": Deed(
        "Settle what becomes of the decision",
        forms.SettleReview,
        (KEEP,),
        in_states(),
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
