"""What practices say to findings about them. A comment's row is never changed; its words stand apart, so that they can
be destroyed where they name somebody."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from placewise_site.accounts.models import User
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.queries import practices_below, practices_worked_at
from placewise_site.organisations.models import Organisation


class CommentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Comments of a person's own practice, and of the practices below the organisations they work for."""
        return self.filter(
            Q(practice__in=practices_worked_at(user).values("pk")) | Q(practice__in=practices_below(user).values("pk"))
        )


class Comment(OnlyGrows):
    """What a practice said to one finding. finding: Told.key (evidence/findings.py); release: in which it was read."""

    practice = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=300)
    release = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of comments"
        indexes = [models.Index(fields=["finding"], name="comment_by_finding")]

    def __str__(self) -> str:
        return self.finding


class CommentText(models.Model):
    """The words of a comment, until they are destroyed."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="text")
    words = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="comment_says_something")]

    def __str__(self) -> str:
        return self.words[:40]


class Removal(OnlyGrows):
    """Why and when the words of a comment were destroyed."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="removal")
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "record of removals"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="removal_has_a_reason")]

    def __str__(self) -> str:
        return self.reason
