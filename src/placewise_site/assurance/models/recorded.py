"""A row of history: who wrote it and when, who may read it; of a past day only what had been written by then."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.policies import holds_a_role
from placewise_site.meetings.models.history import AsOfQuerySet


class RecordedQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """People with a role here see every row, everybody else those open to all."""
        if holds_a_role(user):
            return self
        return self.none() if self.model.open_to_all is None else self.filter(self.model.open_to_all)


class Recorded(OnlyGrows):
    at = models.DateTimeField()
    by = models.ForeignKey(  # null: the system's own set-up
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    open_to_all: ClassVar[Q | None] = None
    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["pk"]
