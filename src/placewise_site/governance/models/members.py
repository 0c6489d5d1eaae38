"""Who sits where, and until when. An appointment is a row for ever, and so is its early end."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least

from placewise_site.accounts.models import User, Words
from placewise_site.accounts.models.log import OnlyGrows
from placewise_site.governance.models.bodies import Seat
from placewise_site.governance.models.public import PublicQuerySet

FAR_AHEAD = date.max


class Member(OnlyGrows):
    """Somebody who sits on bodies. Their name is held by reference, so that it can be destroyed.

    person: their account, where they have one.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="memberships_held")
    name = models.ForeignKey(Words, on_delete=models.PROTECT, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "register of members"

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, or that it was removed, when and why."""
        return str(self.name)


class MemberSkill(OnlyGrows):
    """What a member said they know, from one day on. skill: a slug of a body's skills."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="skills")
    skill = models.SlugField(max_length=60)
    declared_on = models.DateField()

    objects = PublicQuerySet.as_manager()

    class Meta:
        ordering = ["skill", "pk"]
        verbose_name = "register of skills"
        constraints = [models.UniqueConstraint(fields=["member", "skill"], name="skill_once")]

    def __str__(self) -> str:
        return self.skill


class MembershipQuerySet(PublicQuerySet):
    def dated(self) -> Self:
        """With `ends_on`: the last day, by the term or by an early end; date.max where there is none."""
        term = Coalesce("term_to", models.Value(FAR_AHEAD))
        return self.annotate(ends_on=Least(term, Coalesce("ending__last_day", models.Value(FAR_AHEAD))))

    def on(self, day: date) -> Self:
        return self.dated().filter(term_from__lte=day, ends_on__gte=day)


class Membership(OnlyGrows):
    """One member in one seat between two days, both included. deputy_for: whose place they take when away."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="memberships")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    term_from = models.DateField()
    term_to = models.DateField(null=True)
    deputy_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="deputies")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["seat__rank", "term_from", "pk"]
        verbose_name = "register of memberships"
        constraints = [
            models.CheckConstraint(
                condition=Q(term_to=None) | Q(term_to__gte=F("term_from")), name="membership_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} from {self.term_from}"


class Ending(OnlyGrows):
    """A membership that ended before its term. last_day: the last on which it held."""

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="ending")
    last_day = models.DateField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = "register of memberships that ended early"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="ending_has_a_reason")]

    def __str__(self) -> str:
        return self.reason
