"""What follows from an item: an owner, a day, and evidence before it closes."""

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from placewise_site.meetings.lifecycle import ActionState
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.models.item import Item, OfItemQuerySet
from placewise_site.organisations.models import Organisation


class ActionQuerySet(OfItemQuerySet):
    def stated(self) -> Self:
        """With `state` and `closed_on`, the time of the newest step."""
        steps = ActionStep.objects.filter(action=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(steps.values("state")[:1]), stepped_at=Subquery(steps.values("at")[:1]))

    def open(self) -> Self:
        return self.stated().filter(state=ActionState.OPEN)


class Action(Recorded):
    """owner: the organisation that answers for it; role: who does it there."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=120)
    due_on = models.DateField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "record of actions agreed"

    def __str__(self) -> str:
        return self.title


class ActionStep(Recorded):
    """evidence: where it can be seen that the action was done; it cannot close without."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=ActionState)
    evidence = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = AsOfQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of the course of actions"
        indexes = [models.Index(fields=["action", "-id"], name="action_step_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ActionState.DONE) | ~Q(evidence=""), name="action_done_with_evidence"
            )
        ]

    def __str__(self) -> str:
        return self.state
