"""What is put before a body: planned, placed on an agenda, settled. One row from the plan to the decision."""

from collections.abc import Iterator
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from placewise_site.governance.models import Body, Engagement, Function
from placewise_site.meetings.lifecycle import ItemState
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.models.meeting import Meeting
from placewise_site.meetings.queries.scope import bodies_open_to, keep_from
from placewise_site.meetings.rules.aims import Aim, Score
from placewise_site.meetings.rules.assessments import Assessment
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.publication import Privacy
from placewise_site.meetings.rules.subsidiarity import Reason


def choices(slugs: type[Any]) -> list[tuple[str, str]]:
    """Of a StrEnum of the rules, with its slug written out."""
    return [(each.value, each.value.replace("_", " ").capitalize()) for each in slugs]


class Purpose(models.TextChoices):
    DECIDE = "decide", "To decide"
    DISCUSS = "discuss", "To discuss"
    NOTE = "note", "To note"


class ItemQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Public items of bodies that meet in public, and every item of the bodies a person sits on or keeps.

        Never one of which they receive no papers, whatever else they are.
        """
        is_open = Q(body__meets_in_public=True, private_ground="") | Q(body__in=bodies_open_to(user).values("pk"))
        return self.filter(is_open).exclude(pk__in=keep_from(Item.objects.all(), user).values("pk"))

    def public(self) -> Self:
        return self.filter(body__meets_in_public=True, private_ground="")

    def stated(self) -> Self:
        """With `state` and, where it has been placed, `placed_at` and `number` of the newest placement."""
        steps = ItemStep.objects.filter(item=OuterRef("pk")).order_by("-pk")
        placements = Placement.objects.filter(item=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            state=Subquery(steps.values("state")[:1]),
            placed_at=Subquery(placements.values("meeting")[:1]),
            number=Subquery(placements.values("number")[:1]),
        )

    def in_state(self, *states: ItemState) -> Self:
        return self.stated().filter(state__in=states)

    def placed_in(self, meeting: Meeting) -> Iterator[tuple[Any, int]]:
        """Every item that was ever on the agenda of a meeting, with its number there."""
        numbers = dict(Placement.objects.filter(meeting=meeting).values_list("item", "number"))
        held = {each.pk: each for each in self.stated().filter(pk__in=numbers)}
        return ((held[pk], number) for pk, number in sorted(numbers.items(), key=lambda each: each[1]))

    def on_agenda_of(self, meeting: Meeting) -> Self:
        """Those placed there last, in the order of their numbers, whatever became of them."""
        return self.stated().filter(placed_at=meeting.pk).order_by("number")


class OfItemQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the items that a person may read."""
        return self.filter(item__in=Item.objects.visible_to(user).values("pk"))


class Item(Recorded):
    """function, places, amount: what is asked, by the scheme of delegation, in which places (none: all), for how many
    pounds. private_ground: why it is taken in private, "" for in public. reports: the urgent decision it tells of."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20, choices=Purpose)
    function = models.ForeignKey(Function, on_delete=models.PROTECT, null=True, related_name="+")
    places = models.JSONField(default=list)
    amount = models.PositiveBigIntegerField(null=True)
    subject = models.CharField(max_length=20, choices=choices(Subject), default=Subject.ORDINARY)
    changes_service = models.BooleanField(default=False)
    private_ground = models.CharField(max_length=40, choices=choices(Privacy), blank=True)
    expected_on = models.DateField(null=True)
    is_invented = models.BooleanField(default=False)  # for a demonstration
    reports = models.OneToOneField("meetings.Decision", on_delete=models.PROTECT, null=True, related_name="report")

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of items"
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="item_purpose_known"),
            models.CheckConstraint(
                condition=~Q(purpose=Purpose.DECIDE) | Q(function__isnull=False), name="item_to_decide_names_a_function"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_private(self) -> bool:
        return bool(self.private_ground)


class ItemStep(Recorded):
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=ItemState)
    reason = models.CharField(max_length=300, blank=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of the course of items"
        indexes = [models.Index(fields=["item", "-id"], name="item_step_newest")]

    def __str__(self) -> str:
        return self.state


class Placement(Recorded):
    """An item on the agenda of a meeting, under a number. Put off, it is placed anew."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="placements")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="placements")
    number = models.PositiveSmallIntegerField()

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        verbose_name = "record of agendas"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once"),
            models.UniqueConstraint(fields=["meeting", "item"], name="item_once_an_agenda"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.item}"


class SystemReason(Recorded):
    """Why an item is not left to a place."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="system_reasons")
    reason = models.CharField(max_length=20, choices=choices(Reason))
    told = models.CharField(max_length=300)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of reasons for the system"

    def __str__(self) -> str:
        return self.told


class AimScore(Recorded):
    """One of the four aims, scored in a word. The newest row of an aim is read; without one it is not assessed."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="aim_scores")
    aim = models.CharField(max_length=20, choices=choices(Aim))
    score = models.CharField(max_length=20, choices=choices(Score))
    told = models.CharField(max_length=300, blank=True)

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of aims scored"

    def __str__(self) -> str:
        return f"{self.aim}: {self.score}"


class Assessed(Recorded):
    """That an assessment was made for an item, and where it stands.

    engagement: where people were involved by an engagement of this record; reference: its address, or where the account
    of it is held elsewhere.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="assessed")
    kind = models.CharField(max_length=20, choices=choices(Assessment))
    reference = models.CharField(max_length=300)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, null=True, related_name="+")

    objects = OfItemQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of assessments"
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="assessed_has_a_reference")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_held_elsewhere(self) -> bool:
        """Whether nobody can follow it here: how people were involved, told by its account alone."""
        return self.kind == Assessment.INVOLVEMENT and self.engagement_id is None
