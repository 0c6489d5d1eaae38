"""What follows: actions that close with evidence, and decisions looked at again once their evidence has moved."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.meetings.actions.planning import plan_item
from placewise_site.meetings.actions.steps import DECIDE, KEEP, check_may, check_said, written
from placewise_site.meetings.lifecycle import ACTION_MOVES, ActionState, check_move
from placewise_site.meetings.models import Action, ActionStep, Decision, Item, Purpose, Rest, Review
from placewise_site.meetings.queries.follow_up import find_reopened
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.organisations.models import Organisation


@transaction.atomic
def add_action(*, by: User | None, item: Item, title: str, owner: Organisation, role: str, due_on: date) -> Action:
    """owner: the organisation that answers for it; role: who does it there."""
    check_may(by, DECIDE, item.body)
    action = Action.objects.create(
        item=item,
        title=check_said(title, "Say what is to be done.")[:300],
        owner=owner,
        role=check_said(role, "Say whose task it is, by their role.")[:120],
        due_on=due_on,
        **written(by),
    )
    ActionStep.objects.create(action=action, state=ActionState.OPEN, **written(by))
    record_event(by=by, action="action_agreed", subject=owner.code, item=item.pk, agreed=action.pk)
    return action


@transaction.atomic
def close_action(*, by: User | None, action: Action, evidence: str) -> ActionStep:
    """Done, by its owner's people or by whoever keeps the record. Raises ValidationError without evidence."""
    _check_may_step(by, action)
    said = check_said(evidence, "Say where it can be seen that this was done. An action does not close without it.")
    return _step(by, action, ActionState.DONE, evidence=said[:300])


@transaction.atomic
def reopen_action(*, by: User | None, action: Action, reason: str) -> ActionStep:
    check_may(by, DECIDE, action.item.body)
    return _step(by, action, ActionState.OPEN, reason=check_said(reason, "Say why it is opened again.")[:300])


@transaction.atomic
def review_decision(*, by: User | None, decision: Decision, address: str, reason: str, takes_up: bool) -> Review:
    """Settle what becomes of a decision whose evidence was superseded or withdrawn.

    address: of the claim; takes_up: the body decides anew, so that an item goes onto its forward plan; else the
    decision stands, for the reason given. Raises ValidationError where it does not rest on the claim or nothing moved.
    """
    check_may(by, KEEP, decision.item.body)
    if not Rest.objects.filter(decision=decision, address=address).exists():
        raise ValidationError("The decision does not rest on this claim.")
    now = next((each.claim for each in find_reopened([decision]) if each.claim.address == address), None)
    if now is None:
        raise ValidationError("The claim stands as it did. There is nothing to review.")
    item = decision.item
    again = (
        plan_item(
            by=by,
            body=item.body,
            title=f"Decide again: {item.title}"[:200],
            purpose=Purpose.DECIDE,
            function=item.function,
            places=tuple(item.places),
            amount=item.amount,
            subject=Subject(item.subject),
            changes_service=item.changes_service,
            private_ground=Privacy(item.private_ground) if item.private_ground else None,
        )
        if takes_up
        else None
    )
    review = Review.objects.create(
        decision=decision,
        address=address,
        standing=now.standing,
        returned_as=again,
        words=write_words(by=by, words=reason),
        **written(by),
    )
    record_event(by=by, action="decision_reviewed", subject=item.body.slug, decision=decision.pk, review=review.pk)
    return review


def _check_may_step(by: User | None, action: Action) -> None:
    if by is not None and not by.has_perm("meetings.close_action", action):
        raise PermissionDenied(f"Only people of {action.owner.name}, or the board secretary, may do this.")


def _step(by: User | None, action: Action, state: ActionState, *, evidence: str = "", reason: str = "") -> ActionStep:
    Action.objects.select_for_update().get(pk=action.pk)
    now = ActionState(ActionStep.objects.filter(action=action).order_by("-pk").values_list("state", flat=True)[0])
    check_move(ACTION_MOVES, now, state)
    step = ActionStep.objects.create(action=action, state=state, evidence=evidence, reason=reason, **written(by))
    record_event(by=by, action=f"action_{state}", subject=action.owner.code, agreed=action.pk)
    return step
