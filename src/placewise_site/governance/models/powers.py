"""By which rule, and with which powers. A load that says something new is a new edition; old ones stay as they were."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.bodies import Body
from placewise_site.governance.models.public import PublicQuerySet
from placewise_site.organisations.models import Organisation


class EditionQuerySet(PublicQuerySet):
    def find_key_on(self, day: date) -> int | None:
        """The newest by the end of a day; for days before anything was recorded, the newest of the first day."""
        recorded = [(key, timezone.localdate(at)) for key, at in self.order_by("-pk").values_list("pk", "at")]
        since = max(day, recorded[-1][1]) if recorded else day
        return next((key for key, on in recorded if on <= since), None)


class Edition(OnlyGrows):
    """All seats, agreements and delegations as the deployment's files said them in one load.

    digest: of what they said.
    """

    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "record of editions of powers"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class OfEditionQuerySet(PublicQuerySet):
    def newest(self) -> Self:
        """As the files last said it."""
        return self.filter(edition=Edition.objects.order_by("-pk").values("pk")[:1])

    def known_on(self, day: date) -> Self:
        """As the record stood at the end of a day."""
        return self.filter(edition=Edition.objects.find_key_on(day))


class Instrument(models.Model):
    """What partners agreed to be bound by: its versions say from when, and between whom."""

    slug = models.SlugField(unique=True, max_length=100)
    name = models.CharField(max_length=200)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class InstrumentVersion(OnlyGrows):
    """One version of an instrument, between parties, in force between two days, both included."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="versions")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    slug = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    parties = models.JSONField()  # codes of organisations
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    is_invented = models.BooleanField(default=False)  # its dates or terms, for a demonstration
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)

    objects = OfEditionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument__slug", "in_force_from", "slug"]
        verbose_name = "record of versions of agreements"
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="version_once"),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")), name="version_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quorum(OnlyGrows):
    """How many must be there for a body to decide, as a version says it: the larger of a number and a share."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="quorums")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="quorums")
    at_least = models.PositiveSmallIntegerField()
    share_of_voting_seats = models.FloatField(null=True)  # 0 to 1
    of_kinds = models.JSONField(default=dict)  # kind of seat -> how many of it
    is_invented = models.BooleanField(default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["body__sort_name"]
        verbose_name = "record of quorums"
        constraints = [models.UniqueConstraint(fields=["version", "body"], name="quorum_once")]

    def __str__(self) -> str:
        return f"{self.body}: {self.at_least}"


class Function(models.Model):
    """Something that has to be decided in every place."""

    slug = models.SlugField(unique=True, max_length=100)
    title = models.CharField(max_length=200)
    rank = models.PositiveSmallIntegerField()
    is_closed = models.BooleanField(default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "slug"]

    def __str__(self) -> str:
        return self.title


class Delegation(OnlyGrows):
    """Who decides one function in one place, up to which amount, between two days, both included."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="delegations")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="delegations")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")  # null: every place
    decider = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="delegations")
    limit_pounds = models.PositiveBigIntegerField(null=True)  # null: without limit
    above = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")  # above the limit
    starts_on = models.DateField()
    expires_on = models.DateField(null=True)
    is_invented = models.BooleanField(default=False)
    source = models.CharField(max_length=300)

    objects = OfEditionQuerySet.as_manager()

    class Meta:
        ordering = ["function__rank", "starts_on", "pk"]
        verbose_name = "scheme of delegation"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("starts_on")), name="delegation_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.function}: {self.decider}"
