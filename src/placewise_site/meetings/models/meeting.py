"""Meetings, who was there and what was minuted."""

from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from placewise_site.accounts.models import Words
from placewise_site.governance.models import Body, Membership
from placewise_site.meetings.lifecycle import MeetingState
from placewise_site.meetings.models.history import AsOfQuerySet, Recorded
from placewise_site.meetings.queries.scope import bodies_open_to


class MeetingQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Meetings of bodies that meet in public, and of those a person sits on or keeps."""
        return self.filter(Q(body__meets_in_public=True) | Q(body__in=bodies_open_to(user)))

    def stated(self) -> Self:
        """With `state`, that of the newest step."""
        steps = MeetingStep.objects.filter(meeting=OuterRef("pk")).order_by("-pk")
        return self.annotate(state=Subquery(steps.values("state")[:1]))

    def in_state(self, *states: MeetingState) -> Self:
        return self.stated().filter(state__in=states)

    def held(self) -> Self:
        """Those that were closed: the last state there is."""
        return self.filter(pk__in=MeetingStep.objects.filter(state=MeetingState.CLOSED).values("meeting"))


class Meeting(Recorded):
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False)  # for a demonstration

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = "calendar of meetings"
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_its_start"),
            models.UniqueConstraint(fields=["body", "starts_at"], name="meeting_once"),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_at:%Y-%m-%d}"


class MeetingStep(Recorded):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20, choices=MeetingState)
    reason = models.CharField(max_length=200, blank=True)

    objects = AsOfQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of the course of meetings"

    def __str__(self) -> str:
        return self.state


class Attendance(Recorded):
    """One coming, going or apology of a member. The newest row says where they are."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    is_present = models.BooleanField()

    objects = AsOfQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "record of attendance"

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.is_present}"


class MinuteQuerySet(AsOfQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Of items, whoever may read the item; of the meeting itself, whoever may see the meeting."""
        from placewise_site.meetings.models.item import Item

        items = Item.objects.visible_to(user).values("pk")
        return self.filter(Q(item__in=items) | Q(item=None, meeting__in=Meeting.objects.visible_to(user).values("pk")))


class Minute(Recorded):
    """What is minuted of an item, or of the meeting as a whole. A correction is another row; the newest is read."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    item = models.ForeignKey("meetings.Item", on_delete=models.PROTECT, null=True, related_name="minutes")
    words = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = MinuteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "minutes"

    def __str__(self) -> str:
        return str(self.words)
