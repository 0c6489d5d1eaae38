"""What may be done for a body and at its meetings."""

from collections.abc import Mapping
from typing import Any

from placewise_site.meetings import actions
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Purpose
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.web.meetings import forms
from placewise_site.web.meetings.deeds.deed import DECIDE, KEEP, Deed, in_states


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


OF_BODY = {
    "schedule": Deed(
        "Set a meeting",
        forms.Schedule,
        (KEEP,),
        in_states(),
        lambda by, body, said: actions.schedule_meeting(by=by, body=body, **said),
        "The meeting is in the calendar.",
    ),
    "plan": Deed("Put an item on the forward plan", forms.Plan, (KEEP,), in_states(), _plan, "The item is planned."),
}
OF_MEETING = {
    "open": Deed(
        "Open the meeting",
        forms.Nothing,
        (DECIDE,),
        in_states(MeetingState.SCHEDULED),
        lambda by, meeting, said: actions.open_meeting(by=by, meeting=meeting),
        "The meeting is open.",
    ),
    "attend": Deed(
        "Record who is there",
        forms.Attend,
        (DECIDE,),
        in_states(MeetingState.SCHEDULED, MeetingState.OPEN),
        lambda by, meeting, said: actions.record_attendance(by=by, meeting=meeting, present=list(said["present"])),
        "Attendance is recorded.",
    ),
    "minute": Deed(
        "Write the minutes of the meeting as a whole",
        forms.Words,
        (DECIDE,),
        in_states(MeetingState.OPEN, MeetingState.CLOSED),
        lambda by, meeting, said: actions.write_minute(by=by, meeting=meeting, words=said["words"]),
        "The minutes are kept.",
    ),
    "close": Deed(
        "Close the meeting",
        forms.Nothing,
        (DECIDE,),
        in_states(MeetingState.OPEN),
        lambda by, meeting, said: actions.close_meeting(by=by, meeting=meeting),
        "The meeting is closed. What was not settled is put off.",
    ),
    "cancel": Deed(
        "Cancel the meeting",
        forms.Reason,
        (KEEP,),
        in_states(MeetingState.SCHEDULED),
        lambda by, meeting, said: actions.cancel_meeting(by=by, meeting=meeting, reason=said["reason"]),
        "The meeting is cancelled.",
    ),
}
