"""Which findings a person may read, each with what the practice said to it. Whoever is not named here reads none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from placewise_site.accounts.queries import PRACTICE, practices_below, practices_worked_at, works_for_the_system
from placewise_site.evidence.deployment import get_deployment
from placewise_site.evidence.findings import (
    Kind,
    Standing,
    Told,
    get_above_practices,
    get_of_practices,
    get_of_residence,
)
from placewise_site.evidence.sight import Area, Sight
from placewise_site.organisations.models import Organisation
from placewise_site.programmes.lifecycle import OPEN_TO_OTHERS, State, get_last_day, get_state
from placewise_site.programmes.models import Comment


@dataclass(frozen=True, slots=True)
class Heard:
    """A finding about a practice, and what the practice said to it. until: the last day it reads it alone."""

    finding: Told
    state: State
    until: date
    comments: tuple[Comment, ...]


def findings_of_own_practice(user: Any, sight: Sight, practice: str = "") -> list[Heard]:
    """All that was found of the practices at which a person works, or of one of them."""
    own = set(practices_worked_at(user).values_list("code", flat=True))
    return _hear(user, get_of_practices(sight, own & {practice} if practice else own))


def findings_below(user: Any, sight: Sight) -> list[Heard]:
    """What was found of practices below where a person works, once it is open to others."""
    below = set(practices_below(user).values_list("code", flat=True))
    return [each for each in _hear(user, get_of_practices(sight, below)) if each.state in OPEN_TO_OTHERS]


def findings_above(user: Any, sight: Sight) -> list[Told]:
    """What was found above practices, for everybody; of where people live, for those who work for the whole system."""
    homes = get_of_residence(sight) if works_for_the_system(user) else []
    return [*get_above_practices(sight), *homes]


def findings_seen(user: Any, sight: Sight) -> list[Told | Heard]:
    """Everything a person may read, the largest areas first and their own practice last."""
    own = findings_of_own_practice(user, sight)
    keys = {each.finding.key for each in own}
    return [
        *findings_above(user, sight),
        *(each for each in findings_below(user, sight) if each.finding.key not in keys),
        *own,
    ]


def find_own(user: Any, sight: Sight, key: str) -> Heard | None:
    """A finding about a practice at which a person works, by its key."""
    return next((each for each in findings_of_own_practice(user, sight) if each.finding.key == key), None)


def _hear(user: Any, findings: Iterable[Told]) -> list[Heard]:
    findings = list(findings)
    said: dict[str, list[Comment]] = defaultdict(list)
    keys = {each.key for each in findings}
    for comment in Comment.objects.visible_to(user).select_related("practice", "text", "removal"):
        if comment.finding in keys:
            said[comment.finding].append(comment)
    days, today = get_deployment().findings.comment_days, timezone.localdate()
    return [
        Heard(
            finding=each,
            state=get_state(each.first_told, days, has_comment=each.key in said, today=today),
            until=get_last_day(each.first_told, days),
            comments=tuple(said[each.key]) if each.key in said else (),
        )
        for each in findings
    ]


def find_practice(user: Any, code: str) -> Organisation:
    """A practice at which a person works, by its code. Raises Organisation.DoesNotExist for any other."""
    return practices_worked_at(user).get(code=code)


def find_change(user: Any, sight: Sight, measure: str, area: Area) -> Told | None:
    """What became of a measure in an area, where this person may read it."""
    if area.level == PRACTICE:
        heard = (*findings_of_own_practice(user, sight, area.code), *findings_below(user, sight))
        told = [each.finding for each in heard]
    else:
        told = get_above_practices(sight)
    return next(
        (
            each
            for each in told
            if (each.kind, each.measure, each.area) == (Kind.CHANGE, measure, area.code)
            and each.standing != Standing.GONE
        ),
        None,
    )
