"""What a person may see, where and why: roles, grants and the agreements of practices with their network."""

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from placewise_site.accounts.models.people import User
from placewise_site.organisations.models import Organisation

DATES_IN_ORDER = Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
NOT_ENDED = Q(ended_at=None)


class Role(models.Model):
    """What a person is here as. The rows come with the first migration (roles.py)."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=80)
    home = models.SlugField()  # the home page of this role: web/homes
    may_open_lists = models.BooleanField(default=False)  # rows about persons, for direct care only
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.title


class Purpose(models.TextChoices):
    DIRECT_CARE = "direct_care", "Direct care"
    POPULATION_HEALTH_PLANNING = "population_health_planning", "Planning for the population's health"
    SCREENING_INVITATION = "screening_invitation", "Invitation to screening"


class SignInRole(models.Model):
    """What an organisation's sign-in server calls a role, and what that is here."""

    said = models.CharField("as the server says it", max_length=100, unique=True)
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=40, choices=Purpose)

    class Meta:
        ordering = ["said"]
        constraints = [models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="said_purpose_known")]

    def __str__(self) -> str:
        return f"{self.said}: {self.role}"


class Dated(models.QuerySet[Any]):
    """Rows that hold between two dates, both included, until somebody ends them; no date of end means still."""

    def in_force(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, ended_at=None)


class GrantQuerySet(Dated):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A person's own grants: nobody acts under another's."""
        return self.filter(user_id=user.pk).select_related("role", "organisation")


class Grant(models.Model):
    """One person holds one role at one organisation, for one purpose, between two dates."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=40, choices=Purpose)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)  # where it was ended before its time
    by_sign_in = models.BooleanField(default=False, editable=False)  # said by their organisation's server

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["role__rank", "organisation__sort_name", "pk"]
        constraints = [
            models.CheckConstraint(condition=DATES_IN_ORDER, name="grant_dates_in_order"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="grant_purpose_known"),
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "purpose", "starts_on"], condition=NOT_ENDED, name="grant_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"


class Agreement(models.Model):
    """A practice lets the staff of the network above it open the practice's lists: the recorded agreement."""

    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    network = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements_given")
    reference = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)  # where it was ended before its time

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=DATES_IN_ORDER, name="agreement_dates_in_order"),
            models.UniqueConstraint(
                fields=["practice", "network", "starts_on"], condition=NOT_ENDED, name="agreement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} with {self.network}"
