"""System plans: what each organisation plans, whether it adds up, and how forecasts and the shared risk stand."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from placewise_site.assurance.actions.finance import close_plan, enter_forecast, enter_own_plan, enter_system_plan
from placewise_site.assurance.models import SystemPlan
from placewise_site.assurance.queries.finance import PlanBook, find_plans, get_book
from placewise_site.assurance.rules.finance import get_year, percent, pounds
from placewise_site.web.assurance.asking import for_roles, form_page
from placewise_site.web.assurance.finance_forms import ForecastForm, OwnPlanForm, SystemPlanForm
from placewise_site.web.assurance.forms import NothingForm
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.meetings.day import of_a_day

COLUMNS = (
    "Code", "Organisation", "Income, system plan", "Spending, system plan", "Income, own plan", "Spending, own plan",
    "Income, forecast", "Spending, forecast", "Share of the risk in percent", "Overspend, own", "Overspend, borne",
    "Pays to the others",
)  # fmt: skip


@for_roles
@of_a_day
def plans(request: HttpRequest, day: AskedDay) -> HttpResponse:
    books = [get_book(each) for each in find_plans(request.user)]
    context = {"day": day, "books": books, "get_year": get_year, "pounds": pounds}
    return render(request, "assurance/plans.jinja", context)


@for_roles
@of_a_day
def plan(request: HttpRequest, day: AskedDay, plan: int) -> HttpResponse:
    book = get_book(_find(request, plan), _read_month(request))
    year = get_year(book.plan.starts_in)
    if request.GET.get("format") == "csv":
        return csv_file(_table(book), f"system-plan-{year.replace('/', '-')}")
    context = {"day": day, "book": book, "year": year, "pounds": pounds, "percent": percent}
    return render(request, "assurance/plan.jinja", context)


new_plan = form_page(
    may="keep_money",
    form=SystemPlanForm,
    action=enter_system_plan,
    title="Enter a system plan",
    button="Enter it",
    done="It is entered. Next: each organisation enters its own plan.",
    back="plans",
    lead="Every pound of the envelope is some organisation's income, and the shares of the risk come to 100%.",
)


own_plan = form_page(
    may="keep_money",
    form=OwnPlanForm,
    action=enter_own_plan,
    title="Enter an organisation's plan: {0}",
    button="Enter it",
    done="The organisation's plan is entered.",
    back="plan_of_year",
    of=SystemPlan,
    name="plan",
    given=lambda request, row: {"plan": row},
)


closing = form_page(
    may="keep_money",
    form=NothingForm,
    action=close_plan,
    title="Close: {0}",
    button="Close it",
    done="The plan is closed: the organisations' plans add up to it.",
    back="plan_of_year",
    of=SystemPlan,
    name="plan",
    lead="Once closed it stands as it is, and forecasts are set beside it.",
)


forecast = form_page(
    may="keep_money",
    form=ForecastForm,
    action=enter_forecast,
    title="Enter a forecast: {0}",
    button="Enter it",
    done="The forecast stands beside the plan.",
    back="plan_of_year",
    of=SystemPlan,
    name="plan",
    lead="Of the whole year, as far as it is known in the month.",
    given=lambda request, row: {"plan": row},
)


def _find(request: HttpRequest, plan: int) -> SystemPlan:
    found: SystemPlan = get_object_or_404(find_plans(request.user), pk=plan)
    return found


def _read_month(request: HttpRequest) -> date | None:
    """None for what is no month: an address typed wrongly shows the newest."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return None


def _table(book: PlanBook) -> Table:
    """Everything on the page as a file, a row an organisation."""
    columns = tuple(Column(title, title, is_number=place > 1) for place, title in enumerate(COLUMNS))
    rows = []
    for row in book.rows:
        own, given, borne = row.own, row.forecast, row.borne
        numbers = (
            row.part.income,
            row.part.spending,
            own.income if own else None,
            own.spending if own else None,
            given.income if given else None,
            given.spending if given else None,
            row.part.share / 100,
            borne.own if borne else None,
            borne.bears if borne else None,
            borne.pays if borne else None,
        )
        entries: tuple[Entry, ...] = (words_entry(row.organisation.code), words_entry(row.organisation.name))
        rows.append(Row(row.organisation.name, (*entries, *(number_entry(f"{each}", each) for each in numbers))))
    return Table(columns, tuple(rows))
