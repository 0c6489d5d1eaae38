"""Each member's part in an item: what they declared, how the chair ruled, how they voted."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import Words
from placewise_site.governance.models import Membership
from placewise_site.meetings.models.history import Recorded
from placewise_site.meetings.models.item import Item, OfItemQuerySet, choices
from placewise_site.meetings.rules.interests import Ruling
from placewise_site.meetings.rules.voting import Choice


class Declaration(Recorded):
    """An interest that a member declared for one item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="declarations")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of interests declared at items"

    def __str__(self) -> str:
        return str(self.words)


class InterestRuling(Recorded):
    """How the chair ruled on one member at one item. The newest row holds."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="rulings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ruling = models.CharField(max_length=20, choices=choices(Ruling))
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")  # the reason

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of rulings"
        constraints = [
            models.CheckConstraint(condition=Q(ruling__in=[each.value for each in Ruling]), name="ruling_known")
        ]
        indexes = [models.Index(fields=["item", "membership", "-id"], name="ruling_newest")]

    def __str__(self) -> str:
        return self.ruling


class Vote(Recorded):
    """One vote of one member at one item: it stands once cast. dissent: what they want minuted against the decision."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=choices(Choice))
    dissent = models.ForeignKey(Words, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of votes"
        constraints = [
            models.UniqueConstraint(fields=["item", "membership"], name="vote_once"),
            models.CheckConstraint(condition=Q(choice__in=[each.value for each in Choice]), name="vote_known"),
        ]

    def __str__(self) -> str:
        return self.choice
