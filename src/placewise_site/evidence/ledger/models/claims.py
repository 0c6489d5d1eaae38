"""Stated claims, a frozen row a version, with what each says beside it until that is destroyed."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.accounts.queries import get_grants
from placewise_site.evidence.ledger.lifecycle import Kind, Removed, Standing
from placewise_site.evidence.ledger.models.standings import StandingRow


class StatedClaimQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any, at: datetime | None = None) -> Self:
        """People with a role here read every claim; the public those of published documents, and those that were agreed
        at a moment; now where none is given."""
        if get_grants(user):
            return self
        return self.filter(Q(published=True) | Q(_is_agreed(at)))

    def as_known(self, at: datetime | None = None) -> Self:
        """The newest version of each claim as the record stood at a moment; now where none is given."""
        later = StatedClaim.objects.filter(name=OuterRef("name"), version__gt=OuterRef("version"))
        found = self
        if at is not None:
            later, found = later.filter(recorded_at__lte=at), found.filter(recorded_at__lte=at)
        return found.filter(~Exists(later))

    def telling(self) -> Self:
        """Those of which anything may be shown, at any past moment too: a removal holds backwards. Without one, what a
        claim says is there."""
        return self.exclude(pk__in=Removal.objects.values("claim")).select_related("content")

    def in_force(self, at: datetime | None = None) -> Self:
        """Those that rules hold against one another: the newest versions, neither removed nor superseded by then."""
        gone = StandingRow.objects.filter(
            citation=OuterRef("name"), version=OuterRef("version"), state=Standing.SUPERSEDED
        )
        if at is not None:
            gone = gone.filter(at__lte=at)
        return self.as_known(at).telling().filter(~Exists(gone))


class StatedClaim(OnlyGrows):
    """One version of one claim: that it was recorded, when, by whom and from which file. name: as it is cited."""

    name = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    published = models.BooleanField()  # stated in a document that its authors published: everybody may read it
    source_file = models.CharField(max_length=200, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(db_index=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")  # null: from a file

    objects = StatedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["name", "version"]
        verbose_name = "record of stated claims"
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="stated_claim_version_once")]

    def __str__(self) -> str:
        return self.name


class Document(OnlyGrows):
    """What a document is called by which claims name it: the newest row of a name is what holds."""

    name = models.CharField(max_length=200, db_index=True)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    dated = models.DateField()
    published = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of documents"

    def __str__(self) -> str:
        return f"{self.publisher}, {self.title}"


class Content(models.Model):
    """What one version of a claim says: the columns of a claims file (placewise.floor.ledger.claim).

    The database refuses to alter a row, and lets one go only once its removal is recorded.
    """

    claim = models.OneToOneField(StatedClaim, on_delete=models.PROTECT, related_name="content")
    document = models.CharField(max_length=200)
    section = models.CharField(max_length=200, blank=True)
    document_date = models.DateField()
    statement = models.TextField()
    value = models.FloatField(null=True)
    value_high = models.FloatField(null=True)
    word = models.CharField(max_length=200, blank=True)  # the value of a status, date, month or year
    unit = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind)
    bound = models.CharField(max_length=20)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    population = models.TextField(blank=True)
    geography = models.CharField(max_length=200, blank=True)
    geography_edition = models.CharField(max_length=200, blank=True)
    as_of = models.CharField(max_length=80, blank=True)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    cumulative = models.BooleanField()
    measurand = models.CharField(max_length=200, db_index=True)
    family = models.CharField(max_length=200, blank=True, db_index=True)
    basis = models.TextField(blank=True)
    part_of = models.CharField(max_length=40, blank=True, db_index=True)
    nesting = models.CharField(max_length=20, blank=True)
    target_by = models.DateField(null=True, db_index=True)
    times_printed = models.PositiveSmallIntegerField(default=1)
    measure = models.CharField(max_length=100, blank=True)
    method = models.TextField(blank=True)
    method_version = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["measure"], condition=~Q(measure=""), name="content_of_measure")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="content_kind_known"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, word="") | (Q(value=None) & ~Q(word="")), name="content_number_or_word"
            ),
        ]

    def __str__(self) -> str:
        return self.statement


class Removal(OnlyGrows):
    """Why and since when what a version says is shown nowhere, at no past day either."""

    claim = models.OneToOneField(StatedClaim, on_delete=models.PROTECT, related_name="removal")
    kind = models.CharField(max_length=20, choices=Removed)
    reason = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=50)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "record of removed claims"
        constraints = [models.CheckConstraint(condition=Q(kind__in=Removed.values), name="removal_kind_known")]

    def __str__(self) -> str:
        return f"removed on {self.at:%-d %B %Y}: {self.reason}"


def _is_agreed(at: datetime | None) -> Exists:
    """Whether the newest word by then on how a version stands is that it is agreed."""
    said = StandingRow.objects.all() if at is None else StandingRow.objects.filter(at__lte=at)
    same = said.filter(citation=OuterRef("name"), version=OuterRef("version"))
    later = said.filter(citation=OuterRef("citation"), version=OuterRef("version"), pk__gt=OuterRef("pk"))
    return Exists(same.filter(~Exists(later), state=Standing.AGREED))
