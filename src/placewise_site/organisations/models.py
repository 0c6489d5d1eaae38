"""The organisations of the deployment, as rows that grants, agreements and decisions point to."""

from typing import Any, Self

from django.db import models


class OrganisationQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Everybody may see which organisations there are: the register is public."""
        return self


class Organisation(models.Model):
    """One row of the deployment's organisations file, written by `load_organisations` (actions.py).

    Closed ones stay, since old rows point to them.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)  # lower case, so that SQLite and PostgreSQL order alike
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=40, blank=True)  # blank: outside the levels (a trust, a council)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    open_from = models.DateField(null=True, blank=True)
    open_to = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "code"]

    def __str__(self) -> str:
        return self.name
