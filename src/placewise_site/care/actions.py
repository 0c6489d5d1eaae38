"""Record what was done with people on a list. Whoever may open the list may; the rest is refused with a reason."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import PRACTICE, grant_to_ask_with
from placewise_site.care.lifecycle import OF_RECIPIENTS, Reach, State
from placewise_site.care.models import Reached, Step
from placewise_site.care.queries import contacts_for_others, works_of
from placewise_site.care.standing import NOTHING, Wanted, find_refusal
from placewise_site.organisations.models import Organisation

MAY_OPEN = "accounts.open_lists"


class Refused(ValidationError):
    """Nothing was recorded. reasons: the position of each step that cannot be, and why."""

    def __init__(self, reasons: Mapping[int, str]) -> None:
        super().__init__(list(dict.fromkeys(reasons.values())))
        self.reasons = dict(reasons)


@transaction.atomic
def record_steps(
    *, by: User, practice: Organisation, list_slug: str, listed: Mapping[str, str | None], wanted: Sequence[Wanted]
) -> list[Step]:
    """All of the steps, or none.

    listed: row key -> why the record says not to call them, or None, of the list as it was opened to this person.
    Raises PermissionDenied, Refused.
    """
    check_may(by, practice)
    if not wanted:
        raise ValidationError("Choose at least one person.")
    if practice.level != PRACTICE and not OF_RECIPIENTS.issuperset(each.state for each in wanted):
        raise ValidationError("Treatment is recorded by those who treat. Record that the person attended.")
    works, today = works_of(practice, list_slug), timezone.localdate()
    contacted = contacts_for_others(practice, list_slug, today)
    refused = {}
    for position, each in enumerate(wanted):
        work = works.get(each.row_key, NOTHING)
        is_known = each.row_key in listed or each.row_key in works
        left_out = listed.get(each.row_key)
        if why := find_refusal(each, work, today, left_out=left_out, is_known=is_known, contacted=contacted):
            refused[position] = why
        else:
            works[each.row_key] = work.after(each.state, each.route, each.on)
    if refused:
        raise Refused(refused)
    now = timezone.now()
    steps = [
        Step(practice=practice, list_slug=list_slug, row_key=each.row_key, state=each.state, route=each.route,
             on=each.on, at=now, by=by)
        for each in wanted
    ]  # fmt: skip
    made = Step.objects.bulk_create(steps)
    states = sorted({str(each.state) for each in wanted})
    record_event(
        by=by, action="work_recorded", subject=practice.code, list=list_slug, states=states, **_as(by, practice)
    )
    return made


@transaction.atomic
def record_for_person(
    *,
    by: User,
    practice: Organisation,
    row_key: str,
    gaps: Mapping[str, str | None],
    state: State,
    route: str,
    on: date,
) -> list[Step]:
    """The same step on several lists at once: one contact counts for all. gaps: list -> why the record says not to call
    them for it, or None. Raises as record_steps, with nothing recorded."""
    if not gaps:
        raise ValidationError("Choose at least one reason to see this person.")
    one = [Wanted(row_key, state, route, on)]
    return [
        step
        for list_slug, left_out in gaps.items()
        for step in record_steps(by=by, practice=practice, list_slug=list_slug, listed={row_key: left_out}, wanted=one)
    ]


@transaction.atomic
def record_reach(*, by: User, practice: Organisation, listed: Collection[str], row_key: str, reach: Reach) -> Reached:
    """Whether a person can be reached digitally: from now on lists are split by it. Raises as record_steps."""
    check_may(by, practice)
    if row_key not in listed:
        raise ValidationError("This person is on no list now. Open the list again.")
    made = Reached.objects.create(practice=practice, row_key=row_key, reach=reach, at=timezone.now(), by=by)
    record_event(by=by, action="reach_recorded", subject=practice.code, **_as(by, practice))
    return made


def check_may(by: User, practice: Organisation) -> None:
    """Asked anew for each change, so that whoever's grant or agreement has ended changes nothing more."""
    if not by.has_perm(MAY_OPEN, practice):
        raise PermissionDenied(f"Only those who may open the lists of {practice.name} record work with its people.")


def _as(by: User, practice: Organisation) -> dict[str, str]:
    """In which role, for which purpose and for which organisation; never how many people, which is the practice's."""
    grant = grant_to_ask_with(by, practice)
    assert grant is not None
    return {"role": grant.role.slug, "purpose": str(grant.purpose), "place": grant.organisation.code}
