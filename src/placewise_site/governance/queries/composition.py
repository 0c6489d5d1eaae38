"""What the members of all bodies together are made of: by what they said, never of one body, hidden where few."""

import json
from datetime import date

from placewise_site.accounts.models import User
from placewise_site.evidence.small_counts import (
    ADULT_AGE_BANDS,
    RECORDED_ETHNIC_GROUPS,
    RECORDED_SEXES,
    is_small,
    tell_parts,
    tell_whole,
)
from placewise_site.governance.models import Characteristic, Membership, SelfDescription
from placewise_site.governance.rules.describing import NOT_SAID, YES_OR_NO, count_groups

GROUPS: dict[str, tuple[str, ...]] = {
    Characteristic.AGE_BAND: ADULT_AGE_BANDS,
    Characteristic.SEX: RECORDED_SEXES,
    Characteristic.ETHNICITY: RECORDED_ETHNIC_GROUPS,
    Characteristic.DISABILITY: YES_OR_NO,
    Characteristic.LIVED_EXPERIENCE: YES_OR_NO,
}

Told = dict[str, dict[str, int | None]]


def is_sitting(person: User, on: date) -> bool:
    return Membership.objects.on(on).filter(member__person=person).exists()


def get_quarter_from(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def count_members(on: date) -> tuple[int | None, Told]:
    """How many sit on any body on a day and how many of them are in each group, as they may be told.

    Somebody on several bodies counts once. Who has no account could not say, and is among `not_said`. A characteristic
    of which fewer spoke than may be told, or of which no group may be, is left out.
    """
    described = _read_descriptions(on)
    told: Told = {}
    for characteristic, groups in GROUPS.items():
        counts = count_groups(described, characteristic, groups)
        spoke = len(described) - counts[NOT_SAID]
        shown = dict(zip(counts, tell_parts(list(counts.values())), strict=True))
        if spoke and not is_small(spoke) and any(shown[group] for group in groups):
            told[characteristic] = shown
    return tell_whole(len(described)), told


def _read_descriptions(on: date) -> list[dict[str, str]]:
    """What each member said, empty where they said nothing, in no order that tells whose it is."""
    sitting = Membership.objects.on(on).values_list("member__person", "member").distinct()
    people = {("person", person) if person else ("member", member) for person, member in sitting}
    said = SelfDescription.objects.filter(
        person__in=[key for kind, key in people if kind == "person"], words__destruction=None
    ).values_list("words__text__words", flat=True)
    spoken = [json.loads(each) for each in said]
    return spoken + [{} for _ in range(len(people) - len(spoken))]
