"""Rules that partners agree and that the law leaves to them: from which day, and where they stand."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from placewise_site.governance.models import Body
from placewise_site.governance.models.public import PublicQuerySet
from placewise_site.meetings.models.history import Recorded


class FromQuerySet(PublicQuerySet):
    def on(self, day: date) -> Self:
        """Those in force on a day, the newest first."""
        return self.filter(Q(to=None) | Q(to__gte=day), since__lte=day).order_by("-since", "-pk")


class EqualityThreshold(Recorded):
    """From how many pounds a decision needs an equality impact assessment. Without a row, any money does."""

    from_amount = models.PositiveBigIntegerField()
    since = models.DateField()
    to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    objects = FromQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = "record of thresholds for equality assessments"

    def __str__(self) -> str:
        return f"£{self.from_amount:,} since {self.since}"


class UrgentRule(Recorded):
    """Which seats together decide for a body between its meetings, and up to how many pounds."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="urgent_rules")
    signed_by = models.JSONField()  # slugs of seats
    limit = models.PositiveBigIntegerField(null=True)
    since = models.DateField()
    to = models.DateField(null=True)
    source = models.CharField(max_length=300)

    objects = FromQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = "record of urgent powers"

    def __str__(self) -> str:
        return f"{self.body} since {self.since}"
