"""A draft agreement is put out for comment clause by clause: what is said, what comes of it, and that it is over."""

from django.db import models
from django.db.models import F, Q

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.powers import InstrumentVersion
from placewise_site.governance.models.public import PublicQuerySet


class Engagement(OnlyGrows):
    """A version that is not in force yet, out for comment between two days, both included.

    slug: of the version, which no other has, in whichever edition.
    """

    slug = models.SlugField(unique=True, max_length=100)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_invented = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["closes_on", "slug"]
        verbose_name = "record of drafts put out for comment"
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="engagement_dates_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.version}, out for comment until {self.closes_on}"


class Clause(OnlyGrows):
    """A part of the draft, as it was put out."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="clauses")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    says = models.TextField()
    rank = models.PositiveSmallIntegerField()
    is_invented = models.BooleanField(default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["engagement", "rank"]
        verbose_name = "record of clauses put out for comment"
        constraints = [models.UniqueConstraint(fields=["engagement", "slug"], name="clause_once")]

    def __str__(self) -> str:
        return self.title


class ClauseComment(OnlyGrows):
    """What somebody said of a clause.

    speaker: a role or a group, never a person's name; received_on: the day it came.
    """

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="comments")
    speaker = models.CharField(max_length=100)
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["clause__rank", "received_on", "pk"]
        verbose_name = "record of comments on clauses"
        constraints = [models.CheckConstraint(condition=~Q(speaker=""), name="clause_comment_has_a_speaker")]

    def __str__(self) -> str:
        return f"{self.speaker} on {self.clause}"

    @property
    def is_late(self) -> bool:
        return self.received_on > self.clause.engagement.closes_on


class Disposition(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    IN_PART = "accepted_in_part", "Accepted in part"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    OUT_OF_SCOPE = "out_of_scope", "Out of scope"


class ClauseResponse(OnlyGrows):
    """What comes of a comment, and why. Of several the newest stands."""

    comment = models.ForeignKey(ClauseComment, on_delete=models.PROTECT, related_name="responses")
    disposition = models.CharField(max_length=20, choices=Disposition.choices)
    reason = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of responses to comments on clauses"
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition__in=[each.value for each in Disposition]), name="disposition_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_disposition_display()


class EngagementClosing(OnlyGrows):
    """Every comment has its response, and no more are taken."""

    engagement = models.OneToOneField(Engagement, on_delete=models.PROTECT, related_name="closing")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = "record of engagements that were closed"

    def __str__(self) -> str:
        return f"{self.engagement.slug}, closed"
