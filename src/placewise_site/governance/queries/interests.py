"""What members declared: for meetings, all that is held; for the public register, what may be read on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from placewise_site.governance.models import Interest, Member
from placewise_site.governance.rules.interests import Stage, get_stage, is_public


@dataclass(frozen=True, slots=True)
class Declared:
    """An interest in the public register as it stood on a day. told: what it is, or when and why it was removed."""

    interest: int  # its primary key
    member: Member
    kind: str
    told: str
    held_from: date
    held_to: date | None
    stage: Stage
    is_removed: bool


def get_interests(member: Member, on: date) -> QuerySet[Interest]:
    """What a member holds on a day, and what ended within the months in which it stays public."""
    held = _told(Interest.objects.filter(member=member, held_from__lte=on))
    return held.filter(pk__in=[each.pk for each in held if is_public(each.held_to, on)])


def register_of(members: Iterable[Member], on: date) -> list[Declared]:
    """The public register of these members as it stood on a day.

    What was destroyed or withdrawn since is gone from every past day too, and so is what is no longer public today:
    the day asked for never brings back what the retention schedule took away.
    """
    today = timezone.localdate()
    held = _told(Interest.objects.filter(member__in=list(members), held_from__lte=on, at__date__lte=on))
    return [
        Declared(
            each.pk,
            each.member,
            each.get_kind_display(),
            str(each.words),
            each.held_from,
            ended := _end_known(each, on),
            get_stage(ended, on),
            each.words.is_destroyed,
        )
        for each in held
        if is_public(each.held_to, max(on, today))
    ]


def _end_known(interest: Interest, on: date) -> date | None:
    """Its last day, if that was recorded by a day."""
    return interest.held_to if interest.held_to and timezone.localdate(interest.end.at) <= on else None


def _told(interests: QuerySet[Interest]) -> QuerySet[Interest]:
    return interests.select_related(
        "end", "organisation", "words__text", "words__destruction", "member__name__text", "member__name__destruction"
    )
