"""A row of history: who wrote it and when, and then never changed."""

from django.db import models

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows


class Recorded(OnlyGrows):
    """by: null where the software did it of itself."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
