"""Decide: refused with the reason and the remedy, made with every warning answered, or made at once.

A refusal is an answer and not an error: it is kept, with all that spoke against, and the item stays where it was.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.evidence.ledger.actions.standing import record_use
from placewise_site.meetings import clock
from placewise_site.meetings.actions.sitting import place_reports
from placewise_site.meetings.actions.steps import (
    DECIDE,
    check_may,
    check_open,
    check_said,
    lock_item,
    step_item,
    written,
)
from placewise_site.meetings.lifecycle import WAITING, ItemState
from placewise_site.meetings.models import (
    Decision,
    Item,
    ItemStep,
    Override,
    Placement,
    Purpose,
    Refusal,
    Rest,
    Route,
    Signature,
    UrgentRule,
    Vote,
)
from placewise_site.meetings.policies import find_chair, find_signing
from placewise_site.meetings.queries.cases import build_case, find_late_papers
from placewise_site.meetings.queries.rooms import find_room
from placewise_site.meetings.rules.judging import Case, find_objections
from placewise_site.meetings.rules.objections import Objection, get_refusals, get_warnings
from placewise_site.meetings.rules.urgency import UrgentPower, find_urgency_objections
from placewise_site.meetings.rules.voting import Choice, count_votes

IN_PRIVATE = "A decision taken in private"


@dataclass(frozen=True, slots=True)
class Outcome:
    """decision: None where it was not made; then objections say why: refusals, or warnings that nobody has answered."""

    decision: Decision | None
    objections: tuple[Objection, ...]

    @property
    def is_refused(self) -> bool:
        return bool(get_refusals(self.objections))


@transaction.atomic
def decide(*, by: User | None, item: Item, resolved: str, reasons: Mapping[str, str] | None = None) -> Outcome:
    """Put an item to the decision, at its meeting, by the votes cast.

    resolved: what is decided, in words. reasons: why to proceed, by the slug of each warning; only the chair's count.
    Raises ValidationError where the item is not before an open meeting, or nothing is resolved.
    """
    check_may(by, DECIDE, item.body)
    said = check_said(resolved, "Say what is decided.")
    if lock_item(item) is not ItemState.ON_AGENDA or item.purpose != Purpose.DECIDE:
        raise ValidationError("The item is not before the meeting to be decided.")
    placed = Placement.objects.filter(item=item).select_related("meeting__body").order_by("-pk").first()
    assert placed is not None  # on an agenda
    check_open(placed.meeting)
    room = find_room(item, placed.meeting)
    case = build_case(item, clock.today(), said, (*room.objections, *find_late_papers(item, placed)))
    votes = list(Vote.objects.filter(item=item).values_list("membership", "choice"))
    tally = count_votes(Choice(choice) for membership, choice in votes if membership in room.voters)
    outcome = _judge(by, item, case, reasons or {})
    if outcome is not None:
        return outcome
    if not tally.is_cast:
        raise ValidationError("Nobody has voted yet. Take the votes, then decide.")
    decision = _record(
        by,
        item,
        case,
        said,
        reasons or {},
        meeting=placed.meeting,
        route=Route.MEETING,
        is_carried=tally.is_carried,
        tally={"for": tally.for_, "against": tally.against, "abstain": tally.abstain},
        quorum={"needed": room.needed, "counted": room.counted, "said_by": room.said_by},
    )
    return Outcome(decision, get_warnings(find_objections(case)))


@transaction.atomic
def sign(*, by: User, item: Item) -> Signature:
    """The holder of a seat that decides between meetings signs. Raises PermissionDenied for anybody else."""
    membership = find_signing(by, item.body)
    if membership is None:
        raise PermissionDenied("Your seat does not decide for this body between its meetings.")
    if lock_item(item) not in WAITING:
        raise ValidationError("The item does not wait for an urgent decision.")
    if not Item.objects.visible_to(by).filter(pk=item.pk).exists():
        raise PermissionDenied("You take no part in this item.")
    if Signature.objects.filter(item=item, seat=membership.seat).exists():
        raise ValidationError("This seat has signed already.")
    signature = Signature.objects.create(item=item, seat=membership.seat, membership=membership, **written(by))
    record_event(by=by, action="urgent_item_signed", subject=item.body.slug, item=item.pk, seat=membership.seat.slug)
    return signature


@transaction.atomic
def decide_urgently(
    *, by: User | None, item: Item, resolved: str, urgency: str, reasons: Mapping[str, str] | None = None
) -> Outcome:
    """Between meetings, by the seats that have signed. A report goes onto the next agenda by itself.

    urgency: why it cannot wait.
    """
    check_may(by, DECIDE, item.body)
    said, why = check_said(resolved, "Say what is decided."), check_said(urgency, "Say why it cannot wait.")
    if lock_item(item) not in WAITING or item.purpose != Purpose.DECIDE:
        raise ValidationError("The item does not wait to be decided. Put it on the forward plan first.")
    rule = UrgentRule.objects.on(clock.today()).filter(body=item.body).first()
    signed = list(Signature.objects.filter(item=item).values_list("seat__slug", flat=True))
    power = UrgentPower(tuple(rule.signed_by), rule.limit) if rule else None
    case = build_case(item, clock.today(), said, find_urgency_objections(power, item.amount, signed))
    outcome = _judge(by, item, case, reasons or {})
    if outcome is not None:
        return outcome
    decision = _record(
        by,
        item,
        case,
        said,
        reasons or {},
        meeting=None,
        route=Route.URGENT,
        is_carried=True,
        tally={},
        quorum={"signed": signed, "why": why},
    )
    report = Item.objects.create(
        body=item.body,
        title=f"Report of an urgent decision: {item.title}"[:200],
        purpose=Purpose.NOTE,
        private_ground=item.private_ground,
        subject=item.subject,
        reports=decision,
        is_invented=item.is_invented,
        **written(None),
    )
    ItemStep.objects.create(item=report, state=ItemState.PLANNED, **written(None))
    place_reports(item.body)
    return Outcome(decision, get_warnings(find_objections(case)))


def _judge(by: User | None, item: Item, case: Case, reasons: Mapping[str, str]) -> Outcome | None:
    """An outcome where the decision is not made: refused and kept, or with warnings that wait for a reason."""
    objections = find_objections(case)
    if refusals := get_refusals(objections):
        Refusal.objects.create(item=item, objections=[_tell(each) for each in refusals], **written(by))
        slugs = [each.slug for each in refusals]
        record_event(by=by, action="decision_refused", subject=item.body.slug, item=item.pk, slugs=slugs)
        return Outcome(None, objections)
    if any(not reasons.get(each.slug, "").strip() for each in objections):
        return Outcome(None, objections)
    if objections and by is not None and not by.has_perm("meetings.chair", item.body):
        raise PermissionDenied(f"Only the chair of {item.body.name} proceeds on a warning.")
    return None


def _record(
    by: User | None, item: Item, case: Case, resolved: str, reasons: Mapping[str, str], **said: object
) -> Decision:
    decision = Decision.objects.create(
        item=item,
        decided_on=case.on,
        resolved=resolved,
        evidence=[asdict(each) for each in case.cited],
        reasons={str(reason): told for reason, told in case.reasons.items()},
        **said,
        **written(by),
    )
    Rest.objects.bulk_create(Rest(decision=decision, address=each.address, **written(by)) for each in case.cited)
    title = IN_PRIVATE if item.is_private else item.title
    for each in case.cited:
        record_use(
            by=by, citation=each.address, kind="decision", title=title, address=f"/meetings/decisions/{decision.pk}/"
        )
    for warning in get_warnings(find_objections(case)):
        Override.objects.create(
            decision=decision,
            slug=warning.slug,
            about=warning.about,
            sentence=warning.sentence,
            remedy=warning.remedy,
            role=_role_of(by, item),
            words=write_words(by=by, words=reasons[warning.slug]),
            **written(by),
        )
    step_item(by=by, item=item, state=ItemState.DECIDED)
    record_event(by=by, action="decision_made", subject=item.body.slug, item=item.pk, decision=decision.pk)
    return decision


def _role_of(by: User | None, item: Item) -> str:
    chair = find_chair(by, item.body) if by else None
    return chair.seat.title if chair else "Chair"


def _tell(objection: Objection) -> dict[str, str]:
    return {
        "slug": str(objection.slug),
        "sentence": objection.sentence,
        "remedy": objection.remedy,
        "about": objection.about,
    }
