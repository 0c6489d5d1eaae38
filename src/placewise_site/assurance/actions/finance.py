"""Enter a system plan, each organisation's own, close it once they add up to the pound, and set forecasts beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.queries import grants_in_force
from placewise_site.assurance.actions.citing import check_claim
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import Forecast, OrganisationPlan, PlanClosing, PlanPart, SystemPlan
from placewise_site.assurance.policies import KEEPS_MONEY
from placewise_site.assurance.queries.finance import get_own_plans, get_parts
from placewise_site.assurance.rules.finance import (
    Money,
    find_closing_refusals,
    find_entry_refusals,
    get_months,
    get_year,
)
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Part:
    """What the system plans for one organisation. share: of an overspend, in hundredths of a percent."""

    organisation: Organisation
    money: Money
    share: int


@transaction.atomic
def enter_system_plan(
    *,
    by: User | None,
    starts_in: int,
    envelope: int,
    parts: Sequence[Part],
    citation: str = "",
    is_invented: bool = False,
) -> SystemPlan:
    """Raises ValidationError unless the parts add up to the envelope and the shares to the whole, to the pound."""
    check_may(by, "keep_money")
    if len({each.organisation.pk for each in parts}) != len(parts):
        raise ValidationError("An organisation is named twice. Give each one part.")
    refusals = find_entry_refusals(
        envelope,
        {_named(each.organisation): each.money for each in parts},
        {_named(each.organisation): each.share for each in parts},
    )
    if refusals:
        raise ValidationError(refusals)
    plan = SystemPlan(
        at=timezone.now(),
        by=by,
        starts_in=starts_in,
        envelope=envelope,
        citation=_check_rests(citation, is_invented),
        is_invented=is_invented,
    )
    plan.full_clean()
    plan.save()
    for each in parts:
        part = PlanPart(
            at=plan.at,
            by=by,
            plan=plan,
            organisation=each.organisation,
            income=each.money.income,
            spending=each.money.spending,
            share=each.share,
        )
        part.full_clean()
        part.save()
    record_event(by=by, action="system_plan_entered", subject=get_year(starts_in), plan=plan.pk)
    return plan


@transaction.atomic
def enter_own_plan(
    *,
    by: User | None,
    plan: SystemPlan,
    organisation: Organisation,
    income: int,
    spending: int,
    citation: str = "",
    is_invented: bool = False,
) -> OrganisationPlan:
    """Raises PermissionDenied for people of another organisation, ValidationError once the system plan is closed."""
    _check_for(by, plan, organisation)
    if _is_closed(plan):
        raise ValidationError("The system plan is closed: enter a forecast, which stands beside it.")
    entered = OrganisationPlan(
        at=timezone.now(),
        by=by,
        plan=plan,
        organisation=organisation,
        income=income,
        spending=spending,
        citation=_check_rests(citation, is_invented),
        is_invented=is_invented,
    )
    entered.full_clean()
    entered.save()
    record_event(by=by, action="own_plan_entered", subject=get_year(plan.starts_in), plan=plan.pk, own=entered.pk)
    return entered


@transaction.atomic
def close_plan(*, by: User | None, plan: SystemPlan) -> PlanClosing:
    """Raises ValidationError that names the difference in pounds, in all and by organisation, where there is one."""
    check_may(by, "keep_money")
    if _is_closed(plan):
        raise ValidationError("The system plan is closed already.")
    names = {part.organisation_id: _named(part.organisation) for part in get_parts(plan)}
    refusals = find_closing_refusals(
        {names[part.organisation_id]: part.money for part in get_parts(plan)},
        {names[key]: own.money for key, own in get_own_plans(plan).items()},
    )
    if refusals:
        raise ValidationError(refusals)
    closing = PlanClosing.objects.create(at=timezone.now(), by=by, plan=plan)
    record_event(by=by, action="system_plan_closed", subject=get_year(plan.starts_in), plan=plan.pk)
    return closing


@transaction.atomic
def enter_forecast(
    *,
    by: User | None,
    plan: SystemPlan,
    organisation: Organisation,
    month: date,
    income: int,
    spending: int,
    citation: str = "",
    is_invented: bool = False,
) -> Forecast:
    """Raises ValidationError before the plan is closed, and for a day that begins no month of its year."""
    _check_for(by, plan, organisation)
    if not _is_closed(plan):
        raise ValidationError("There is nothing to forecast against yet: close the system plan first.")
    if month not in get_months(plan.starts_in):
        raise ValidationError("Choose a month of the plan's financial year.")
    forecast = Forecast(
        at=timezone.now(),
        by=by,
        plan=plan,
        organisation=organisation,
        month=month,
        income=income,
        spending=spending,
        citation=_check_rests(citation, is_invented),
        is_invented=is_invented,
    )
    forecast.full_clean()
    forecast.save()
    record_event(by=by, action="forecast_entered", subject=get_year(plan.starts_in), forecast=forecast.pk)
    return forecast


def _named(organisation: Organisation) -> str:
    """With its code: two may have one name."""
    return f"{organisation.name} ({organisation.code})"


def _check_for(by: User | None, plan: SystemPlan, organisation: Organisation) -> None:
    """Each organisation's money is entered by its own people. Holds the plan until the transaction ends."""
    check_may(by, "keep_money")
    if (
        by is not None
        and not grants_in_force(by).filter(organisation=organisation, role__slug__in=KEEPS_MONEY).exists()
    ):
        raise PermissionDenied(f"The figures of {organisation} are for its own people of finance to enter.")
    if not PlanPart.objects.filter(plan=plan, organisation=organisation).exists():
        raise ValidationError(f"{organisation} has no part in this plan.")


def _is_closed(plan: SystemPlan) -> bool:
    """Once nobody else is changing it: what is read after stands until the transaction ends."""
    SystemPlan.objects.select_for_update().get(pk=plan.pk)
    return PlanClosing.objects.filter(plan=plan).exists()


def _check_rests(citation: str, is_invented: bool) -> str:
    return "" if is_invented and not citation.strip() else check_claim(citation)
