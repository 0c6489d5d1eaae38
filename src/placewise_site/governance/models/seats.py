"""A seat as one edition of the deployment's files said it, so that a past day shows the seats of that day."""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.bodies import Seat, SeatKind
from placewise_site.governance.models.powers import Edition, OfEditionQuerySet
from placewise_site.organisations.models import Organisation


class SeatVersion(OnlyGrows):
    """`Seat` is the place people are appointed to, for ever; what it is called and whether it votes may change."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SeatKind)
    votes = models.BooleanField()
    represents = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField()

    objects = OfEditionQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name = "record of seats as editions said them"
        constraints = [
            models.UniqueConstraint(fields=["edition", "seat"], name="seat_once_an_edition"),
            models.CheckConstraint(condition=Q(kind__in=SeatKind.values), name="seat_version_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title
