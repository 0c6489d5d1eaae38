"""REST over strategies and the plans beside them: the page's answer by the page's rules."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from placewise_site.api.assurance import page_of
from placewise_site.api.meetings import AsOf, of_a_past_day
from placewise_site.api.resources import PageNumber, PageSize, answers, api
from placewise_site.assurance.queries.strategy import StrategyBook, get_books


class PlannedItemRow(Schema):
    item: int
    board: str = Field(description="The slug of the body whose plan it is in")
    plan: str
    title: str
    serves: list[str] = Field(description="Aims of the strategy in force")
    serves_none_because: str
    gap: str | None = Field(description="nothing_said, earlier_strategy, or null where it shows regard")
    is_invented: bool


class StrategyInForce(Schema):
    strategy: int
    owner: str = Field(description="The slug of the body that agreed it")
    title: str
    agreed_on: date
    source: str
    aims: list[str]
    items: list[PlannedItemRow]
    unserved: list[str] = Field(description="Aims that no item of the plan serves")
    is_invented: bool


class Strategies(Schema):
    count: int
    next: str | None
    items: list[StrategyInForce]


@api.get("/strategies", response=answers(Strategies), summary="Strategies in force with the plans beside them")
@of_a_past_day
def strategies(
    request: HttpRequest, as_of: AsOf = None, page: PageNumber = 1, page_size: PageSize = 100
) -> dict[str, Any]:
    return page_of(request, [_told(each) for each in get_books(request.user)], page, page_size)


def _told(book: StrategyBook) -> dict[str, Any]:
    return {
        "strategy": book.strategy.pk,
        "owner": book.strategy.owner.slug,
        "title": book.strategy.title,
        "agreed_on": book.strategy.agreed_on,
        "source": book.strategy.source,
        "aims": [each.title for each in book.aims],
        "items": [
            {
                "item": row.item.pk,
                "board": row.item.board.slug,
                "plan": row.item.plan,
                "title": row.item.title,
                "serves": [each.title for each in row.aims],
                "serves_none_because": row.reason,
                "gap": row.gap,
                "is_invented": row.item.is_invented,
            }
            for row in book.rows
        ],
        "unserved": [each.title for each in book.unserved],
        "is_invented": book.strategy.is_invented,
    }
