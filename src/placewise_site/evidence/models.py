"""Claims that somebody cited or typed. A row is frozen: the database itself refuses to change or delete it."""

from typing import Any

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.evidence.ledger import models as ledger

__all__ = ["Claim", "Kind", "ledger"]


class Kind(models.TextChoices):
    COUNTED = "counted", "Counted"
    ESTIMATED = "estimated", "Estimated"
    MODELLED = "modelled", "Modelled"
    TOLD = "told", "Told"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """Claims about single practices only to people with a role; every other claim to everybody."""
        return self if user.has_perm("evidence.see_practices") else self.exclude(about_a_practice=True)


class Claim(OnlyGrows):
    """One figure as it stood when it was cited (publishing/contract.py), or as a person typed it from a document."""

    address = models.CharField(max_length=300, unique=True)
    title = models.CharField(max_length=300)
    value = models.FloatField(null=True)
    unit = models.CharField(max_length=80)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    area_name = models.CharField(max_length=200)
    period = models.CharField(max_length=40)
    kind = models.CharField(max_length=20, choices=Kind)
    method = models.TextField()
    method_version = models.CharField(max_length=80, blank=True)
    sources = models.JSONField(default=list)
    geography_edition = models.CharField(max_length=200, blank=True)
    disclosure = models.CharField(max_length=40)
    about_a_practice = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of claims"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="claim_kind_known"),
            models.CheckConstraint(
                condition=~Q(disclosure="hidden") | Q(value=None, numerator=None), name="claim_hidden_has_no_number"
            ),
        ]

    def __str__(self) -> str:
        return self.address
