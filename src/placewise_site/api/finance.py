"""REST over system plans: the pages' figures by the pages' rules."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api.assurance import check_role, page_of
from placewise_site.api.meetings import AsOf, of_a_past_day
from placewise_site.api.resources import PageNumber, PageSize, answers, api
from placewise_site.assurance.queries.finance import PlanBook, PlanRow, find_plans, get_book
from placewise_site.assurance.rules.finance import Money, get_year


class Pounds(Schema):
    income: int = Field(description="Whole pounds in the financial year")
    spending: int


class OrganisationMoney(Schema):
    organisation: str = Field(description="An organisation's code")
    system_plan: Pounds
    own_plan: Pounds | None = Field(description="None where it entered none")
    forecast: Pounds | None
    share: int = Field(description="Of an overspend of all together, in hundredths of a percent")
    bears: int | None = Field(description="Whole pounds of the overspend; None where there is none to share")


class PlanOfYear(Schema):
    plan: int
    year: str
    envelope: int = Field(description="Whole pounds")
    citation: str = Field(description="The claim it rests on; empty where it is invented")
    is_invented: bool
    is_closed: bool = Field(description="Whether the organisations' own plans add up to it, to the pound, and stand")
    forecast_month: date | None
    overspend: int | None = Field(description="How much worse the balance is forecast than planned; None if not known")
    organisations: list[OrganisationMoney]


class Plans(Schema):
    count: int
    next: str | None
    items: list[PlanOfYear]


@api.get("/system-plans", response=answers(Plans), summary="System plans, the newest year first")
@of_a_past_day
def system_plans(
    request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    """For people with a role here, with the newest month's forecasts."""
    check_role(request)
    return page_of(request, [_told(get_book(each)) for each in find_plans(request.user)], page, page_size)


def _told(book: PlanBook) -> dict[str, Any]:
    return {
        "plan": book.plan.pk,
        "year": get_year(book.plan.starts_in),
        "envelope": book.plan.envelope,
        "citation": book.plan.citation,
        "is_invented": book.plan.is_invented,
        "is_closed": book.is_closed,
        "forecast_month": book.month,
        "overspend": book.overspend,
        "organisations": [_told_of(row) for row in book.rows],
    }


def _told_of(row: PlanRow) -> dict[str, Any]:
    return {
        "organisation": row.organisation.code,
        "system_plan": _pounds(row.part.money),
        "own_plan": _pounds(row.own.money) if row.own else None,
        "forecast": _pounds(row.forecast.money) if row.forecast else None,
        "share": row.part.share,
        "bears": row.borne.bears if row.borne else None,
    }


def _pounds(money: Money) -> dict[str, int]:
    return {"income": money.income, "spending": money.spending}
