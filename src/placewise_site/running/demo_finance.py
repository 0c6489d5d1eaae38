"""A demo's system plan: invented and marked so, closed, with forecasts of one month and an overspend to share."""

from datetime import date

from placewise_site.assurance.actions.finance import (
    Part,
    close_plan,
    enter_forecast,
    enter_own_plan,
    enter_system_plan,
)
from placewise_site.assurance.rules.finance import APRIL, WHOLE, Money, get_months, share_out
from placewise_site.organisations.models import Organisation

ENVELOPE = 1_234_567_890
OVERSPEND = 1_000_001
"""Of the first organisation alone, in pounds: a number that no equal shares divide."""


def add_demo_finance(places: list[Organisation], today: date) -> None:
    """The envelope and the risk in equal parts, to the pound."""
    equal = {place.code: 1 for place in places}
    incomes, shares = share_out(ENVELOPE, equal), share_out(WHOLE, equal)
    parts = [Part(each, Money(incomes[each.code], incomes[each.code]), shares[each.code]) for each in places]
    starts_in = today.year if today.month >= APRIL else today.year - 1
    plan = enter_system_plan(by=None, starts_in=starts_in, envelope=ENVELOPE, parts=parts, is_invented=True)
    for part in parts:
        enter_own_plan(
            by=None,
            plan=plan,
            organisation=part.organisation,
            income=part.money.income,
            spending=part.money.spending,
            is_invented=True,
        )
    close_plan(by=None, plan=plan)
    for place, part in enumerate(parts):
        enter_forecast(
            by=None,
            plan=plan,
            organisation=part.organisation,
            month=get_months(starts_in)[0],
            income=part.money.income,
            spending=part.money.spending + (OVERSPEND if place == 0 else 0),
            is_invented=True,
        )
