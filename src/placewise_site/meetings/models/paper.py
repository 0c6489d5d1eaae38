"""Papers in versions. A version never changes; an issued paper is frozen until it is recalled, with the reason."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from placewise_site.accounts.models import Words
from placewise_site.meetings import past
from placewise_site.meetings.lifecycle import PaperState
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.models.item import Item
from placewise_site.meetings.queries.scope import bodies_open_to


class PaperQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To the body's own, every paper of the items they may read; to others, what is public by today.

        Of a past day, to others, what was public then and is still.
        """
        public = Q(pk__in=Paper.objects.public().values("pk"))
        if past.get_moment():
            with past.as_it_is():
                public &= Q(pk__in=Paper.objects.public().values("pk"))
        readable = self.filter(item__in=Item.objects.visible_to(user).values("pk"))
        return readable.filter(Q(item__body__in=bodies_open_to(user).values("pk")) | public)

    def issue_times(self, item: Item) -> list[datetime | None]:
        """When each paper of an item was last issued; None for one that never was."""
        return [each.issued_at for each in self.stated().filter(item=item)]

    def public(self) -> Self:
        """Issued, of a public item, and its day has come."""
        public = self.stated().filter(item__in=Item.objects.public().values("pk"), state=PaperState.ISSUED)
        return public.filter(public_on__lte=past.get_day())

    def issued(self) -> Self:
        """Issued, and not recalled since."""
        return self.stated().filter(state=PaperState.ISSUED)

    def stated(self) -> Self:
        """With `state`, `issued_at` (last time) and `public_on`, from which day it is or was to be public."""
        steps = PaperStep.objects.filter(paper=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            state=Subquery(steps.values("state")[:1]),
            issued_at=Subquery(steps.filter(state=PaperState.ISSUED).values("at")[:1]),
            public_on=Subquery(steps.values("public_on")[:1]),
        )


class Paper(Recorded):
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="papers")
    title = models.CharField(max_length=200)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["item", "pk"]
        verbose_name = "record of papers"

    def __str__(self) -> str:
        return self.title


class PaperStep(Recorded):
    """public_on: for an issued paper, the first day on which the public may read it, where the item is public."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=PaperState)
    reason = models.CharField(max_length=300, blank=True)
    public_on = models.DateField(null=True)

    objects = AsOfQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of the course of papers"
        indexes = [models.Index(fields=["paper", "-id"], name="paper_step_newest")]

    def __str__(self) -> str:
        return self.state


class OfPaperQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(paper__in=Paper.objects.visible_to(user).values("pk"))


class PaperVersion(Recorded):
    """digest: SHA-256 of its text and citations, to hold a copy against once the words are destroyed."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = OfPaperQuerySet.as_manager()

    class Meta:
        ordering = ["paper", "number"]
        verbose_name = "record of versions of papers"
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"


class Citation(Recorded):
    """A claim that a version cites: a claim of the ledger (C12) or the address of a computed one."""

    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="citations")
    address = models.CharField(max_length=300)

    objects = AsOfQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of citations"
        constraints = [models.UniqueConstraint(fields=["version", "address"], name="citation_once")]

    def __str__(self) -> str:
        return self.address
