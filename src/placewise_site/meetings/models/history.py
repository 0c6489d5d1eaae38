"""A row of history: who wrote it and when, and then never changed."""

from typing import Any

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.meetings.past import get_moment


class AsOfQuerySet(models.QuerySet[Any]):
    """Where a past moment is looked at, the rows that had been written by then."""

    def __init__(self, model: Any = None, query: Any = None, using: str | None = None, hints: Any = None) -> None:
        super().__init__(model, query, using, hints)
        if query is None and (moment := get_moment()):  # a look at the table, and no refinement of one
            self.query.add_q(Q(at__lte=moment))


class Recorded(OnlyGrows):
    """by: null where the software did it of itself."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
