"""From the forward plan to the agenda, and off it again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.governance.models import Body, Engagement, Function
from placewise_site.meetings.actions.bids import check_scores_no_own_bid
from placewise_site.meetings.actions.steps import (
    DECIDE,
    KEEP,
    check_may,
    check_said,
    check_takes_part,
    lock_meeting,
    step_item,
    written,
)
from placewise_site.meetings.lifecycle import ItemState, MeetingState
from placewise_site.meetings.models import (
    AimScore,
    Assessed,
    Item,
    ItemStep,
    Meeting,
    Placement,
    Purpose,
    SystemReason,
)
from placewise_site.meetings.queries.cases import find_power_refusals
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.meetings.rules.subsidiarity import Reason


@transaction.atomic
def plan_item(
    *,
    by: User | None,
    body: Body,
    title: str,
    purpose: Purpose,
    function: Function | None = None,
    places: tuple[str, ...] = (),
    amount: int | None = None,
    subject: Subject = Subject.ORDINARY,
    changes_service: bool = False,
    private_ground: Privacy | None = None,
    expected_on: date | None = None,
    is_invented: bool = False,
) -> Item:
    """On the forward plan. amount: whole pounds. Raises ValidationError for an item to decide without a function."""
    check_may(by, KEEP, body)
    if purpose == Purpose.DECIDE and function is None:
        raise ValidationError("Say which function of the scheme of delegation is to be decided.")
    item = Item.objects.create(
        body=body,
        title=check_said(title, "Give the item a title."),
        purpose=purpose,
        function=function,
        places=list(places),
        amount=amount,
        subject=subject,
        changes_service=changes_service,
        private_ground=private_ground or "",
        expected_on=expected_on,
        is_invented=is_invented,
        **written(by),
    )
    ItemStep.objects.create(item=item, state=ItemState.PLANNED, **written(by))
    record_event(by=by, action="item_planned", subject=body.slug, item=item.pk)
    return item


@transaction.atomic
def place_item(*, by: User | None, item: Item, meeting: Meeting) -> Placement:
    """On the agenda of a meeting to come, under the next number.

    Raises ValidationError where the body may not decide it: what is outside its remit is not put to it at all.
    """
    check_may(by, KEEP, item.body)
    if item.body_id != meeting.body_id:
        raise ValidationError("The meeting is another body's.")
    if lock_meeting(meeting) not in (MeetingState.SCHEDULED, MeetingState.OPEN):
        raise ValidationError("The meeting is over. Choose one to come.")
    if refusals := find_power_refusals(item, meeting.starts_at.date()):
        raise ValidationError([f"{each.sentence} {each.remedy}" for each in refusals])
    step_item(by=by, item=item, state=ItemState.ON_AGENDA)
    last = Placement.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    placement = Placement.objects.create(item=item, meeting=meeting, number=last + 1, **written(by))
    record_event(by=by, action="item_placed", subject=item.body.slug, item=item.pk, meeting=meeting.pk)
    return placement


@transaction.atomic
def defer_item(*, by: User | None, item: Item, reason: str) -> ItemStep:
    """Put off to a later meeting."""
    return _settle(by, item, ItemState.DEFERRED, check_said(reason, "Say why it is put off."))


@transaction.atomic
def return_item(*, by: User | None, item: Item, question: str) -> ItemStep:
    """Back to whoever brought it, with a question."""
    return _settle(by, item, ItemState.RETURNED, check_said(question, "Say what is asked."))


@transaction.atomic
def note_item(*, by: User | None, item: Item) -> ItemStep:
    if item.purpose == Purpose.DECIDE:
        raise ValidationError("This item is to be decided. Decide it, put it off or return it.")
    return _settle(by, item, ItemState.NOTED, "")


@transaction.atomic
def withdraw_item(*, by: User | None, item: Item, reason: str) -> ItemStep:
    return _settle(by, item, ItemState.WITHDRAWN, check_said(reason, "Say why it is withdrawn."))


@transaction.atomic
def give_system_reason(*, by: User | None, item: Item, reason: Reason, told: str) -> SystemReason:
    """Why the item is not left to a place."""
    check_may(by, DECIDE, item.body)
    said = check_said(told, "Say the reason in words.")
    given = SystemReason.objects.create(item=item, reason=reason, told=said[:300], **written(by))
    record_event(by=by, action="system_reason_given", subject=item.body.slug, item=item.pk, reason=reason)
    return given


@transaction.atomic
def score_aim(*, by: User | None, item: Item, aim: Aim, score: Score, told: str = "") -> AimScore:
    """Raises ValidationError for whoever was ruled out of the item, or whose own bid is among its bids."""
    check_may(by, DECIDE, item.body)
    if by is not None:
        check_takes_part(by, item)
        check_scores_no_own_bid(by, item)
    scored = AimScore.objects.create(item=item, aim=aim, score=score, told=told.strip()[:300], **written(by))
    record_event(by=by, action="aim_scored", subject=item.body.slug, item=item.pk, aim=aim, score=score)
    return scored


@transaction.atomic
def record_assessment(
    *, by: User | None, item: Item, kind: Assessment, reference: str = "", engagement: Engagement | None = None
) -> Assessed:
    """That an assessment was made for this item. reference: where it stands: an address here, or of a document held
    elsewhere; engagement: one of this record by which people were involved, in place of a reference.

    That equality was assessed nobody writes by hand: it is recorded of itself (by None) once an assessment is signed.
    """
    check_may(by, DECIDE, item.body)
    if by is not None and kind == Assessment.EQUALITY:
        raise ValidationError("Sign an equality impact assessment for this item: that records it.")
    if engagement is not None and (kind != Assessment.INVOLVEMENT or reference.strip()):
        raise ValidationError("Choose the engagement, or say where an account of it is held elsewhere: one of the two.")
    address = f"/governance/agreements/{engagement.slug}/comments/" if engagement else reference
    said = check_said(address, "Say where the assessment stands.")
    made = Assessed.objects.create(item=item, kind=kind, reference=said[:300], engagement=engagement, **written(by))
    record_event(by=by, action="assessment_recorded", subject=item.body.slug, item=item.pk, kind=kind)
    return made


def _settle(by: User | None, item: Item, state: ItemState, reason: str) -> ItemStep:
    check_may(by, KEEP if state == ItemState.WITHDRAWN else DECIDE, item.body)
    step = step_item(by=by, item=item, state=state, reason=reason[:300])
    record_event(by=by, action=f"item_{state}", subject=item.body.slug, item=item.pk)
    return step
