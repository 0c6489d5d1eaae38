"""Bids that are put to a body: who bids, what those who score them declared, how the chair ruled, and the scores."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User, Words
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.models.item import Item, OfItemQuerySet, choices
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.organisations.models import Organisation


class Bid(Recorded):
    """bidder: who bids; place: the place it is for, None where it is for no single one."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="bids")
    title = models.CharField(max_length=200)
    bidder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of bids"
        constraints = [models.UniqueConstraint(fields=["item", "title"], name="bid_title_once")]

    def __str__(self) -> str:
        return self.title


class ScorerDeclaration(Recorded):
    """What somebody said before they score the bids of an item. capacities: every role and seat they held then, as
    lists of role, code and name; words: the interest, where there is one. The newest of a person holds."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="scorers")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    capacities = models.JSONField(default=list)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of what scorers declared"

    def __str__(self) -> str:
        return "; ".join(f"{role}, {name}" for role, _, name in self.capacities)


class OfBidQuerySet(AsOfQuerySet):
    def visible_to(self, user: object) -> "OfBidQuerySet":
        return self.filter(bid__in=Bid.objects.visible_to(user).values("pk"))


class ScorerRuling(Recorded):
    """Whether the chair lets somebody score a bid in which they have an interest. The newest holds."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="rulings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    may_score = models.BooleanField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = OfBidQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of rulings on scorers"

    def __str__(self) -> str:
        return "may score" if self.may_score else "does not score"


class BidScore(Recorded):
    """One person's word on one of the four aims of a bid; the newest of a person and aim is read."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="scores")
    aim = models.CharField(max_length=20, choices=choices(Aim))
    score = models.CharField(max_length=20, choices=choices(Score))
    told = models.CharField(max_length=300, blank=True)
    capacities = models.CharField(max_length=500)  # of whoever scored, as they had declared them

    objects = OfBidQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of scores of bids"
        constraints = [
            models.CheckConstraint(condition=Q(aim__in=[each.value for each in Aim]), name="bid_score_aim_known"),
            models.CheckConstraint(condition=Q(score__in=[each.value for each in Score]), name="bid_score_known"),
        ]

    def __str__(self) -> str:
        return f"{self.aim}: {self.score}"
