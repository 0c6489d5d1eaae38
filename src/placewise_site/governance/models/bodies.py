"""Bodies and their seats, written from the deployment's bodies.yaml (actions/loading.py)."""

from django.db import models
from django.db.models import F, Q

from placewise_site.governance.models.public import PublicQuerySet
from placewise_site.organisations.models import Organisation


class Body(models.Model):
    """A board, committee, collaborative, forum or panel. One that closed stays, since old rows point to it."""

    slug = models.SlugField(unique=True, max_length=100)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=200)  # lower case, so that SQLite and PostgreSQL order alike
    kind = models.CharField(max_length=40)
    remit = models.TextField()
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    covers = models.JSONField(default=list)  # codes of organisations; empty: the whole system
    partners = models.JSONField(default=list)  # codes of the organisations that belong to it, where they are known
    successors = models.JSONField(default=list)  # slugs of the bodies that took over when it closed
    skills = models.JSONField(default=dict)  # what its members together should know: slug -> how many of them
    receives = models.JSONField(default=list)  # kinds of incident that are brought to it
    escalates_to = models.SlugField(max_length=100, blank=True)  # the body to which it passes on what it cannot settle
    meets_in_public = models.BooleanField(default=False)
    papers_published_days_before = models.PositiveSmallIntegerField(null=True)
    open_from = models.DateField(null=True)
    open_to = models.DateField(null=True)
    source = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    has_invented_terms = models.BooleanField(default=False)  # seats, skills and days of papers, for a demonstration

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "slug"]
        verbose_name_plural = "bodies"
        constraints = [
            models.CheckConstraint(
                condition=Q(open_from=None) | Q(open_to=None) | Q(open_to__gte=F("open_from")),
                name="body_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SeatKind(models.TextChoices):
    CHAIR = "chair", "Chair"
    VICE_CHAIR = "vice_chair", "Vice chair"
    MEMBER = "member", "Partner member"
    LAY = "lay", "Lay member"
    PUBLIC = "public", "Public member"
    POLITICAL = "political", "Elected member"
    EXECUTIVE = "executive", "Executive"
    OFFICER = "officer", "Officer in attendance"


class Seat(models.Model):
    """One place at the table of a body. A seat that left the file is closed and stays."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=SeatKind)
    votes = models.BooleanField()
    represents = models.CharField(max_length=40, blank=True)  # the kind of partner it is for: council, hospice ...
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField()  # the order of the file
    is_closed = models.BooleanField(default=False)

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["body__sort_name", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "slug"], name="seat_once"),
            models.CheckConstraint(condition=Q(kind__in=SeatKind.values), name="seat_kind_known"),
        ]

    def __str__(self) -> str:
        return self.title
