"""Work with people on call lists. A person is known by a row key alone (plans/lists/references.py): no pseudonym, no
NHS number and no free text is kept here, since words about a patient belong in the patient's record."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.queries import holders_open_to
from placewise_site.care.lifecycle import Reach, Route, State
from placewise_site.organisations.models import Organisation


class WorkQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Of the practices and recipients whose lists a person may open, and of nobody else's: not even a count."""
        return self.filter(practice__in=holders_open_to(user).values("pk"))


class OfAPerson(OnlyGrows):
    """Something that was recorded of a person by a practice, or by the recipient of a list in its place."""

    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    row_key = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: invented, in a demo

    objects = WorkQuerySet.as_manager()

    class Meta:
        abstract = True


class Step(OfAPerson):
    """What was done with one person of one list. on: the day it was done; route: by which they were invited."""

    list_slug = models.SlugField(max_length=100)
    state = models.CharField(max_length=20, choices=State)
    route = models.CharField(max_length=20, choices=Route, blank=True)
    on = models.DateField()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of work on lists"
        indexes = [models.Index(fields=["practice", "list_slug", "row_key"], name="step_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="step_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.INVITED, route__in=Route.values) | (~Q(state=State.INVITED) & Q(route="")),
                name="step_route_of_invitations",
            ),
            models.CheckConstraint(condition=~Q(row_key=""), name="step_of_somebody"),
        ]

    def __str__(self) -> str:
        return self.get_state_display()


class Reached(OfAPerson):
    """Whether a person can be reached digitally, as the practice found; the latest row holds."""

    reach = models.CharField(max_length=20, choices=Reach)

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of how people can be reached"
        indexes = [models.Index(fields=["practice", "row_key"], name="reached_by_person")]
        constraints = [models.CheckConstraint(condition=Q(reach__in=Reach.values), name="reach_known")]

    def __str__(self) -> str:
        return self.get_reach_display()
