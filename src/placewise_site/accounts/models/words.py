"""Personal text, apart from the rows of history that point to it, so that it can be destroyed and they can stand.

A row of history has a foreign key to `Words`, which says only that somebody wrote something and when. What they wrote
lies in `WordsText` until it is destroyed; then `Destruction` says when and why, for ever. To read many rows in one
query: `select_related("words__text", "words__destruction")`, where `words` is the foreign key.
"""

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.models.people import User


class Words(OnlyGrows):
    """That something was written; who may read it, whatever points here decides."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: the system's own set-up

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of what was written"

    def __str__(self) -> str:
        """What was written, or that it was removed, on which day and why: what any page may print."""
        if self.is_destroyed:
            return f"Removed on {self.destruction.at:%-d %B %Y}: {self.destruction.reason}"
        return self.text.words

    @property
    def is_destroyed(self) -> bool:
        return hasattr(self, "destruction")


class WordsText(models.Model):
    """What was written, until it is destroyed. The database refuses to alter it; to delete the row destroys it."""

    words_of = models.OneToOneField(Words, on_delete=models.PROTECT, related_name="text")
    words = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="words_say_something")]

    def __str__(self) -> str:
        return self.words[:40]


class Destruction(OnlyGrows):
    """When and why what was written was destroyed. The reason names nobody: it stays."""

    words_of = models.OneToOneField(Words, on_delete=models.PROTECT, related_name="destruction")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "record of destructions"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="destruction_has_a_reason")]

    def __str__(self) -> str:
        return self.reason
