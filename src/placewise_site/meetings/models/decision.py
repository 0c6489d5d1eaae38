"""Decisions with their evidence as it stood, refusals, and what became of decisions whose evidence moved."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import Words
from placewise_site.governance.models import Membership, Seat
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.models.item import Item, OfItemQuerySet
from placewise_site.meetings.models.meeting import Meeting


class Route(models.TextChoices):
    MEETING = "meeting", "At a meeting"
    URGENT = "urgent", "Between meetings, by the urgent route"


class Decision(Recorded):
    """evidence: each cited claim as it stood; warnings: the objections that were overridden; quorum and tally: as
    counted; reasons: why not left to a place."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="decision")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="decisions")
    decided_on = models.DateField()
    route = models.CharField(max_length=20, choices=Route)
    is_carried = models.BooleanField()
    resolved = models.TextField()
    evidence = models.JSONField(default=list)
    tally = models.JSONField(default=dict)
    quorum = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = "record of decisions"
        indexes = [models.Index(fields=["-decided_on", "-id"], name="decision_newest")]
        constraints = [models.CheckConstraint(condition=~Q(resolved=""), name="decision_says_what")]

    def __str__(self) -> str:
        return self.resolved[:80]


class OfDecisionQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))


class Rest(Recorded):
    """A claim on which a decision rests, so that it is found when the claim moves."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="rests_on")
    address = models.CharField(max_length=300, db_index=True)

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of what decisions rest on"
        constraints = [models.UniqueConstraint(fields=["decision", "address"], name="rest_once")]

    def __str__(self) -> str:
        return self.address


class Override(Recorded):
    """A warning that was overridden: which, in whose role, and why. Published with a public item."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="overrides")
    slug = models.CharField(max_length=40)
    about = models.CharField(max_length=300, blank=True)
    sentence = models.TextField()
    remedy = models.TextField()
    role = models.CharField(max_length=200)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of overrides"

    def __str__(self) -> str:
        return self.sentence


class Refusal(Recorded):
    """An attempt to decide that was refused: every objection with its slug, sentence and remedy."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="refusals")
    objections = models.JSONField()

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of refusals"

    def __str__(self) -> str:
        return ", ".join(each["slug"] for each in self.objections)


class Signature(Recorded):
    """For the urgent route: the holder of a seat signs."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="signatures")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of signatures"
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="signature_once")]

    def __str__(self) -> str:
        return str(self.seat)


class Review(Recorded):
    """What the body's secretary settled for a decision whose evidence moved. returned_as: the item that takes it up."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    address = models.CharField(max_length=300)
    standing = models.CharField(max_length=20)
    returned_as = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of reviews"

    def __str__(self) -> str:
        return str(self.words)
