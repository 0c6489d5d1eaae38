"""REST over a practice's week, for the team that treats its patients: by the page's rules, and logged as it is."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from ninja import Schema
from pydantic import Field

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import waits_for_second_factor
from placewise_site.api.resources import answers, api
from placewise_site.care.opening import find_practice, not_shown
from placewise_site.care.progress import Progress
from placewise_site.evidence.persons import AccessDenied
from placewise_site.evidence.sight import NotAllowed
from placewise_site.web.homes.digest import open_week


class ListOfWeek(Schema):
    list: str
    title: str
    to_call: int
    new: int | None = Field(description="Not to be called in the build before; null where it had no such list")
    left: int | None
    done_by_the_record: int | None = Field(description="Of those who left")
    under_way: int
    unanswered: int = Field(description="Invited two weeks ago or longer, and no answer")


class FirstToSee(Schema):
    rank: int = Field(description="The row of Make every contact count")
    row_key: str
    lists: list[str]


class Week(Schema):
    practice: str
    since: date
    until: date
    lists: list[ListOfWeek]
    first: list[FirstToSee] = Field(description="By the published rule, those with whom nothing has begun")
    recorded: dict[str, int] = Field(description="Steps of work recorded in the week")
    worse: list[str] = Field(description="What was found of the practice to its disadvantage")


@api.get("/my-patients/{practice}/this-week", response=answers(Week), summary="A practice's week on its lists")
def this_week(request: HttpRequest, response: HttpResponse, practice: str) -> dict[str, Any]:
    """For the team that treats the practice's patients. Names nobody; each asking is logged."""
    add_never_cache_headers(response)
    if not isinstance(request.user, User):
        raise NotAllowed("lists are for the team that treats a practice's patients: sign in as one of them")
    if waits_for_second_factor(request.user):
        raise NotAllowed("lists open with a one-time code: set it up in your account, then sign in with it")
    place = find_practice(request, practice)
    try:
        week = open_week(by=request.user, practice=place)
    except AccessDenied as denied:
        raise NotAllowed(not_shown(place)) from denied
    return {
        "practice": place.code,
        "since": week.since,
        "until": week.today,
        "lists": [_row(each) for each in week.progress],
        "first": week.first,
        "recorded": dict(week.done),
        "worse": [f"{each.finding.title}: {each.finding.sentence}" for each in week.worse],
    }


def _row(each: Progress) -> dict[str, Any]:
    return {
        "list": each.card.slug,
        "title": each.card.title,
        "to_call": each.change.to_call,
        "new": each.change.new,
        "left": each.change.left,
        "done_by_the_record": each.change.done,
        "under_way": each.under_way,
        "unanswered": each.unanswered,
    }
