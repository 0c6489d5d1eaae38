"""The weekly message: every version of its text, and which one was sent."""

from typing import Any, Self

from django.db import models

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows


class MessageQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those sent for everybody; drafts for whoever writes them."""
        return self if user.has_perm("stories.write_messages") else self.filter(sending__isnull=False)


class Message(OnlyGrows):
    """One version of the message of a week. week: the day it is dated; words: with marks (rules/marks.py)."""

    week = models.DateField()
    version = models.PositiveIntegerField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-version"]
        verbose_name = "record of messages"
        constraints = [models.UniqueConstraint(fields=["week", "version"], name="message_version_once")]

    def __str__(self) -> str:
        return f"Message of {self.week:%-d %B %Y}"


class Sending(OnlyGrows):
    """Who signed a version, and when it was sent."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="sending")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "record of sendings"

    def __str__(self) -> str:
        return str(self.message)
