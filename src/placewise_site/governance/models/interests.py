"""What members declared. What it is stands apart (accounts.Words), so that it can be destroyed in its time."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.members import Member
from placewise_site.organisations.models import Organisation


class InterestKind(models.TextChoices):
    """NHS England, Managing conflicts of interest in the NHS (2017)."""

    FINANCIAL = "financial", "Financial"
    PROFESSIONAL = "non_financial_professional", "Non-financial professional"
    PERSONAL = "non_financial_personal", "Non-financial personal"
    INDIRECT = "indirect", "Indirect"


class InterestQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Their dates and kinds for everybody. Which may be read: `register_of` (queries/interests.py)."""
        return self

    def held_on(self, day: date) -> Self:
        """Those that begin by this day and have not ended before it."""
        return self.filter(Q(end=None) | Q(end__last_day__gte=day), held_from__lte=day)


class Interest(OnlyGrows):
    """One interest of one member. organisation: in which it lies, where that is one of the deployment's."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=40, choices=InterestKind)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    held_from = models.DateField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["held_from", "pk"]
        verbose_name = "register of interests"
        constraints = [models.CheckConstraint(condition=Q(kind__in=InterestKind.values), name="interest_kind_known")]

    def __str__(self) -> str:
        return str(self.words)

    @property
    def held_to(self) -> date | None:
        """Its last day; None while it is held."""
        return self.end.last_day if hasattr(self, "end") else None


class InterestEnd(OnlyGrows):
    """The last day of an interest. How long it stays public and is kept counts from here (rules/interests.py)."""

    interest = models.OneToOneField(Interest, on_delete=models.PROTECT, related_name="end")
    last_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["last_day"]
        verbose_name = "register of interests that ended"

    def __str__(self) -> str:
        return f"{self.last_day}"
