"""The strategy of a partnership, the plan that is to show regard to it, and every item that does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.assurance.actions.strategy import plan_for, record_strategy, show_regard
from placewise_site.assurance.models import PlannedItem, Strategy
from placewise_site.assurance.queries.strategy import get_aims, get_books
from placewise_site.web.assurance.asking import form_page
from placewise_site.web.assurance.strategy_forms import PlannedItemForm, RegardForm, StrategyForm
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day

MAY = "keep_strategy"


@of_a_day
def strategy(request: HttpRequest, day: AskedDay) -> HttpResponse:
    """For everybody: strategies and plans are published."""
    may_keep = day.known_by is None and request.user.has_perm(f"assurance.{MAY}")
    context = {"day": day, "books": get_books(request.user), "may_keep": may_keep}
    return render(request, "assurance/strategy.jinja", context)


new_strategy = form_page(
    may=MAY,
    form=StrategyForm,
    action=record_strategy,
    title="Record a strategy",
    button="Record it",
    done="It is recorded. Next: the items of the plan that is to show regard to it.",
    back="strategy",
    lead="It takes the place of an earlier strategy of the same body, and every item is looked at again.",
)
new_planned_item = form_page(
    may=MAY,
    form=PlannedItemForm,
    action=plan_for,
    title="Add an item of a board's plan: {0}",
    button="Add this item",
    done="The item is added. It is a gap until it names an aim or says why not.",
    back="strategy",
    of=Strategy,
    name="strategy",
    back_of=lambda row: {},
)
regard = form_page(
    may=MAY,
    form=RegardForm,
    action=show_regard,
    title="Regard to the strategy: {0}",
    button="Record this",
    done="It is recorded.",
    back="strategy",
    of=PlannedItem,
    name="item",
    lead="Name the aim that the item serves, or say why it serves none.",
    back_of=lambda row: {},
    given=lambda request, row: {"aims": get_aims(row.strategy)},
)
