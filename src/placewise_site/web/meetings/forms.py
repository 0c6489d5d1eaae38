"""What the secretary, the chair and members write."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from placewise_site.accounts.queries import PRACTICE
from placewise_site.governance.models import Engagement, Function
from placewise_site.governance.queries import get_memberships, places_on
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models import Bid, Meeting, Purpose, ScorerDeclaration
from placewise_site.meetings.models.item import choices
from placewise_site.meetings.queries.rooms import find_room
from placewise_site.meetings.rules.aims import AIM_WORDS, Score
from placewise_site.meetings.rules.interests import PARTS, Subject
from placewise_site.meetings.rules.publication import PRIVACY_WORDS
from placewise_site.meetings.rules.subsidiarity import REASON_WORDS
from placewise_site.meetings.rules.voting import Choice
from placewise_site.organisations.models import Organisation

LINES = forms.Textarea(attrs={"rows": 3})
DAY = forms.DateInput(attrs={"placeholder": "", "inputmode": "numeric"}, format="%Y-%m-%d")


class OneOf(forms.ModelChoiceField):
    """One of the rows that its form offers; until then there are none to choose."""


class SomeOf(forms.ModelMultipleChoiceField):
    """Any of the rows that its form offers."""


class About(forms.Form):
    """subject: the body, meeting, item, paper or action that the form is about; user: who fills it in."""

    def __init__(self, *arguments: Any, subject: Any, user: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.subject, self.user = subject, user
        for field in self.fields.values():
            field.error_messages["required"] = f"Fill in: {field.label}"

    def offer(self, field: str, rows: QuerySet[Any]) -> None:
        """The rows among which a field lets choose."""
        chosen = self.fields[field]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = rows


class Nothing(About):
    """A button."""


class Reason(About):
    reason = forms.CharField(label="Why?", max_length=300, widget=LINES)


class Words(About):
    words = forms.CharField(label="What is minuted", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


class Schedule(About):
    starts_at = forms.DateTimeField(label="Starts", help_text="For example 2026-01-20 10:00")
    ends_at = forms.DateTimeField(label="Ends", help_text="For example 2026-01-20 12:30")
    where = forms.CharField(label="Where", max_length=200, help_text="An address, or online")


class Plan(About):
    title = forms.CharField(label="Title", max_length=200)
    purpose = forms.ChoiceField(label="What the body is asked to do", choices=Purpose.choices)
    function = OneOf(
        label="Function of the scheme of delegation",
        queryset=None,
        required=False,
        help_text="Needed where the body is asked to decide",
    )
    places = SomeOf(
        label="Places concerned",
        queryset=None,
        required=False,
        to_field_name="code",
        help_text="None chosen: all of them",
    )
    amount = forms.IntegerField(label="Pounds asked for", min_value=0, required=False, help_text="Whole pounds")
    subject_of_item = forms.ChoiceField(label="Kind of matter", choices=choices(Subject))
    changes_service = forms.BooleanField(label="It changes a service that people use", required=False)
    private_ground = forms.ChoiceField(
        label="In private, because", choices=[("", "Taken in public"), *PRIVACY_WORDS.items()], required=False
    )
    expected_on = forms.DateField(label="Expected", required=False, help_text="For example 2026-01-20", widget=DAY)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("function", Function.objects.visible_to(self.user).filter(is_closed=False))
        self.offer("places", places_on(timezone.localdate()))


class Place(About):
    meeting = OneOf(label="Meeting", queryset=None)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        to_come = Meeting.objects.visible_to(self.user).in_state(MeetingState.SCHEDULED, MeetingState.OPEN)
        self.offer("meeting", to_come.filter(body=self.subject.body))


class MemberChoice(OneOf):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.seat)


class OfMember(About):
    """A form about one member of the body."""

    membership = MemberChoice(label="Member", queryset=None)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("membership", get_memberships(self.subject.body, _day_of(self.subject)))


class MembersChoice(SomeOf):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.seat)


class Attend(About):
    """Everybody who is there now, ticked as recorded before."""

    present = MembersChoice(
        label="Who is there now",
        queryset=None,
        required=False,
        help_text="Leave out whoever has sent apologies, left or not come yet",
    )

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("present", get_memberships(self.subject.body, _day_of(self.subject)))
        members = find_room(None, self.subject).members
        self.initial["present"] = [str(each.membership.pk) for each in members if each.is_present]


class Declare(OfMember):
    words = forms.CharField(label="The interest", max_length=2000, widget=LINES)


class Rule(OfMember):
    ruling = forms.ChoiceField(label="Ruling", choices=[(each, part.words) for each, part in PARTS.items()])
    reason = forms.CharField(label="Reason", max_length=2000, widget=LINES)


class Cast(OfMember):
    choice = forms.ChoiceField(label="Vote", choices=choices(Choice))
    dissent = forms.CharField(
        label="Dissent to be minuted", max_length=2000, required=False, widget=LINES, help_text="Where there is any"
    )


class Decide(About):
    resolved = forms.CharField(label="What is decided", max_length=5000, widget=LINES)


class DecideUrgently(Decide):
    urgency = forms.CharField(label="Why it cannot wait for a meeting", max_length=300, widget=LINES)


class Return(About):
    question = forms.CharField(label="The question", max_length=300, widget=LINES)


class SystemReasonGiven(About):
    reason = forms.ChoiceField(label="Why this is not left to a place", choices=list(REASON_WORDS.items()))
    told = forms.CharField(label="In words", max_length=300, widget=LINES)


class AimScored(About):
    aim = forms.ChoiceField(label="Aim", choices=list(AIM_WORDS.items()))
    score = forms.ChoiceField(label="Score", choices=choices(Score))
    told = forms.CharField(label="In words", max_length=300, required=False, widget=LINES)


class AddBid(About):
    title = forms.CharField(label="What is bid for", max_length=200)
    bidder = OneOf(label="Who bids", queryset=None, to_field_name="code")
    place = OneOf(label="The place it is for", queryset=None, to_field_name="code", required=False)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("bidder", Organisation.objects.visible_to(self.user).filter(open_to=None).exclude(level=PRACTICE))
        self.offer("place", places_on(timezone.localdate()))


class DeclareForScoring(About):
    words = forms.CharField(
        label="Your interest in any of the bids",
        max_length=2000,
        required=False,
        widget=LINES,
        help_text="Leave it empty to say that you hold none. Your roles and seats are written down with it.",
    )


class OfBid(About):
    bid = OneOf(label="Bid", queryset=None)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("bid", Bid.objects.visible_to(self.user).filter(item=self.subject))


class ScoreBid(OfBid):
    aim = forms.ChoiceField(label="Aim", choices=list(AIM_WORDS.items()))
    score = forms.ChoiceField(label="Score", choices=choices(Score))
    told = forms.CharField(label="In words", max_length=300, required=False, widget=LINES)


class RuleOnScorer(OfBid):
    declared = OneOf(label="Who declared, by what they hold", queryset=None)
    may_score = forms.ChoiceField(
        label="Ruling", choices=[("no", "They do not score this bid"), ("yes", "They may score it all the same")]
    )
    reason = forms.CharField(label="Reason", max_length=2000, widget=LINES)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("declared", ScorerDeclaration.objects.visible_to(self.user).filter(item=self.subject))


class PeopleInvolved(About):
    engagement = OneOf(label="The engagement in which they were", queryset=None, to_field_name="slug", required=False)
    reference = forms.CharField(
        label="Or where an account of it is held elsewhere",
        max_length=300,
        required=False,
        help_text="Only where it is not recorded here: everybody reads that it is held elsewhere",
    )

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("engagement", Engagement.objects.visible_to(self.user))


class WritePaper(About):
    title = forms.CharField(label="Title", max_length=200)
    words = forms.CharField(label="Text", max_length=100_000, widget=forms.Textarea(attrs={"rows": 10}))
    cites = forms.CharField(
        label="Claims it cites",
        required=False,
        widget=LINES,
        help_text="One a line: the name of a stated claim, or the address of a figure",
    )


class WriteVersion(About):
    words = WritePaper.base_fields["words"]
    cites = WritePaper.base_fields["cites"]


class AgreeAction(About):
    title = forms.CharField(label="What is to be done", max_length=300)
    owner = OneOf(label="Organisation that answers for it", queryset=None, to_field_name="code")
    role = forms.CharField(label="Whose task it is there, by role", max_length=120)
    due_on = forms.DateField(label="Due", help_text="For example 2026-03-31", widget=DAY)

    def __init__(self, *arguments: Any, **said: Any) -> None:
        super().__init__(*arguments, **said)
        self.offer("owner", Organisation.objects.visible_to(self.user).filter(open_to=None).exclude(level=PRACTICE))


class CloseAction(About):
    evidence = forms.CharField(label="Where it can be seen that this was done", max_length=300)


class SettleReview(About):
    address = forms.CharField(widget=forms.HiddenInput)
    takes_up = forms.ChoiceField(
        label="What becomes of the decision",
        choices=[("no", "It stands all the same"), ("yes", "The body decides anew")],
    )
    reason = forms.CharField(label="Why", max_length=2000, widget=LINES)


def _day_of(subject: Any) -> date:
    """Of the meeting, or of the one on whose agenda an item is; today where there is none."""
    if isinstance(subject, Meeting):
        return timezone.localdate(subject.starts_at)
    placed = subject.placements.select_related("meeting").order_by("-pk").first()
    return timezone.localdate(placed.meeting.starts_at if placed else None)
