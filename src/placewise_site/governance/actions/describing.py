"""A member says who they are, or takes it back; and what all bodies together are made of is counted once a quarter."""

import json
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import destroy_words, write_words
from placewise_site.governance.actions.members import check_keeps_registers
from placewise_site.governance.models import Composition, SelfDescription
from placewise_site.governance.queries.composition import GROUPS, count_members, get_quarter_from, is_sitting
from placewise_site.governance.rules.describing import check_description

REPLACED = "taken back or said anew by whoever said it"
SITS_NOWHERE = "whoever said it sits on no body any more"


@transaction.atomic
def describe_oneself(*, by: User, said: Mapping[str, str]) -> SelfDescription | None:
    """characteristic -> group; what is left out is not said. Destroys what they said before; nothing said is None."""
    if not is_sitting(by, timezone.localdate()):
        raise PermissionDenied("Members of bodies say who they are, each for themselves.")
    try:
        check_description(said, GROUPS)
    except ValueError as error:
        raise ValidationError(str(error)) from error
    for before in SelfDescription.objects.filter(person=by, words__destruction=None).select_related("words"):
        destroy_words(by=by, words=before.words, reason=REPLACED)
    record_event(by=by, action="member_described_themselves", subject=f"person {by.pk}")
    if not said:
        return None
    words = write_words(by=by, words=json.dumps(dict(said), sort_keys=True))
    return SelfDescription.objects.create(person=by, words=words, at=timezone.now())


@transaction.atomic
def count_composition(*, by: User | None, on: date) -> Composition:
    """Once in a quarter: what was counted first stands, and nothing else of it is ever told."""
    check_keeps_registers(by)
    quarter_from = get_quarter_from(on)
    if (counted := Composition.objects.filter(quarter_from=quarter_from).first()) is not None:
        return counted
    members, told = count_members(on)
    composition = Composition.objects.create(
        quarter_from=quarter_from, members=members, told=told, at=timezone.now(), by=by
    )
    record_event(by=by, action="composition_counted", subject=f"{quarter_from}")
    return composition


@transaction.atomic
def destroy_descriptions_of_leavers(*, by: User | None, on: date) -> int:
    """Destroy what was said by those who sit on no body any more, and give how many they were."""
    check_keeps_registers(by)
    held = SelfDescription.objects.filter(words__destruction=None).select_related("person", "words")
    due = [each for each in held if not is_sitting(each.person, on)]
    for each in due:
        destroy_words(by=by, words=each.words, reason=SITS_NOWHERE)
    if due:
        record_event(by=by, action="descriptions_destroyed", subject=f"{on}", people=[each.person_id for each in due])
    return len(due)
