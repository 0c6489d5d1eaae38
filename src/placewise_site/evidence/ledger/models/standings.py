"""How claims stand, computed ones too; how conflicts were settled, what was found among claims, what rests on them."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.queries import get_grants
from placewise_site.evidence.ledger.lifecycle import Standing


class Resolution(OnlyGrows):
    """A conflict settled: on which source, by which role. Which claims stand and which not, its standings say."""

    type = models.CharField(max_length=20)
    source = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=50)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "record of resolutions"

    def __str__(self) -> str:
        return f"{self.type} settled on {self.at:%-d %B %Y}"


class StandingRow(OnlyGrows):
    """From this moment a claim stands so. citation: a claim's name with its version, or a computed claim's address."""

    citation = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=0)  # 0: of a computed claim, whose address is for ever
    state = models.CharField(max_length=20, choices=Standing)
    superseded_by = models.CharField(max_length=300, blank=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="standings")
    reason = models.ForeignKey(Words, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=50)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of standings"
        indexes = [models.Index(fields=["citation", "version"], name="standing_of_claim")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Standing.values), name="standing_known"),
            models.CheckConstraint(
                condition=Q(superseded_by="") | Q(state=Standing.SUPERSEDED), name="standing_replaced_if_superseded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.citation}: {self.state}"


class Use(OnlyGrows):
    """Something rests on a claim: a decision, a paper, a message. Marked once the claim no longer stands."""

    citation = models.CharField(max_length=300, db_index=True)
    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "record of what rests on claims"

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class ConflictQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever reads every claim of a conflict reads the conflict."""
        if get_grants(user):
            return self
        return self.filter(published=True)

    def standing(self, at: datetime | None = None) -> Self:
        """Those found among the claims that were in force at a moment; now where none is given."""
        if at is None:
            return self.filter(until=None)
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class Conflict(models.Model):
    """What the rules found among the claims in force, from when until when: so that a past day is read, not worked out.

    Worked out anew whenever one of the claims changes, and for every day where one is removed, which holds backwards.
    What is due by a date is not here: it depends on the day it is asked.
    """

    type = models.CharField(max_length=20)
    blocks = models.BooleanField()
    subject = models.CharField(max_length=200, db_index=True)
    claims = models.JSONField()
    told = models.TextField()
    remedy = models.TextField()
    published = models.BooleanField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-blocks", "type", "subject", "pk"]
        indexes = [models.Index(fields=["until", "since"], name="conflict_from_until")]

    def __str__(self) -> str:
        return f"{self.type}: {', '.join(self.claims)}"


class ConflictsKept(OnlyGrows):
    """From when conflicts are kept, in a record that held claims before they were; elsewhere from the beginning."""

    since = models.DateTimeField()

    class Meta:
        verbose_name = "record of when conflicts began to be kept"

    def __str__(self) -> str:
        return f"{self.since:%-d %B %Y}"
