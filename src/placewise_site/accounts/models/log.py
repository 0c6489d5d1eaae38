"""What was done, and who looked. Both logs only grow."""

from typing import Any, NoReturn

from django.db import models

from placewise_site.accounts.models.people import User


class OnlyGrows(models.Model):
    """A row that is written once: changing or deleting it is refused."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise TypeError(f"a row of the {self._meta.verbose_name} is never changed or deleted")


class Event(OnlyGrows):
    """One action that changed the record: the history of whatever it names."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: the system's own set-up
    action = models.SlugField()
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "record of actions"

    def __str__(self) -> str:
        return f"{self.action}: {self.subject}"


class AccessEvent(OnlyGrows):
    """One look at rows about persons, or one refusal; floor/access.py says what a record is and how it is chained."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=254)  # the e-mail address as it was
    role = models.CharField(max_length=50)
    purpose = models.CharField(max_length=50)
    place = models.CharField(max_length=50)  # code of the organisation the person works for
    practice = models.CharField(max_length=50)  # code of the practice whose rows they are
    what = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    denied = models.TextField(blank=True)  # why, or blank where it was allowed
    previous = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = "access log"

    def __str__(self) -> str:
        return f"{self.number}: {self.name}, {self.what}"

    @property
    def shown(self) -> str:
        """All that may be told of `rows`: how many patients are on a practice's list is for that practice alone."""
        return "some" if self.rows else "none"


class AccessHead(models.Model):
    """One row: where the access log ends. Locked while a row is added; shows when the log's end was cut off."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.number} rows"
