"""Record work with people on a list: ticked on the page, or read back from the practice's clinical system."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from placewise_site.accounts.views import asks_for_second_factor
from placewise_site.care.actions import Refused, record_steps
from placewise_site.care.forms import OutcomesForm, get_step_form
from placewise_site.care.lifecycle import ATTENDED, OF_RECIPIENTS, Route, State
from placewise_site.care.opening import find_asked, open_list, signed_in
from placewise_site.care.outcomes import MOST_ROWS, Rejected, read_outcomes
from placewise_site.care.queries import ListCard
from placewise_site.care.standing import Wanted
from placewise_site.care.views import call_list, show_list
from placewise_site.care.working_list import get_listed


@asks_for_second_factor
def record_work(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    """The same step for everybody who was ticked: for all of them, or for none. Come back to, it shows the list."""
    if request.method != "POST":
        return call_list(request, practice=practice, list_slug=list_slug)
    place, card = find_asked(request, practice, list_slug)
    rows = open_list(request, place, card)
    form, who = (
        get_step_form(card.recipient)(request.POST),
        list(dict.fromkeys(request.POST.getlist("who")[:MOST_ROWS])),
    )
    if not form.is_valid():
        return show_list(request, place, card, rows, form, chosen=frozenset(who))
    said = form.cleaned_data
    wanted = [Wanted(key, State(said["state"]), said["route"], said["on"]) for key in who]
    try:
        record_steps(by=signed_in(request), practice=place, list_slug=card.slug, listed=get_listed(rows), wanted=wanted)
    except Refused as refused:
        ranks = dict(zip(rows["row_key"].to_pylist(), rows["rank"].to_pylist(), strict=True))
        wrong = tuple(
            f"Row {ranks[who[at]]}: {why}" if who[at] in ranks else why for at, why in refused.reasons.items()
        )
        return show_list(request, place, card, rows, form, wrong, frozenset(who))
    except ValidationError as error:
        return show_list(request, place, card, rows, form, tuple(error.messages), frozenset(who))
    people = "1 person" if len(who) == 1 else f"{len(who):,} people"
    route = f", {Route(said['route']).label}" if said["route"] else ""
    done = ATTENDED if card.recipient and said["state"] == State.SEEN else State(said["state"]).label
    messages.success(request, f"Recorded for {people}: {done}{route}.")
    return HttpResponseRedirect(reverse("call_list", kwargs={"practice": place.code, "list_slug": card.slug}))


@asks_for_second_factor
def outcomes(request: HttpRequest, practice: str, list_slug: str) -> HttpResponse:
    """All rows of a file are recorded, or none, with each row that was rejected and why."""
    place, card = find_asked(request, practice, list_slug)
    rows = open_list(request, place, card)
    form = OutcomesForm(request.POST or None, request.FILES or None)
    rejected: list[Rejected] = []
    if request.method == "POST" and form.is_valid():
        steps, rejected = read_outcomes(form.cleaned_data["file"].read())
        if not rejected:
            try:
                record_steps(
                    by=signed_in(request),
                    practice=place,
                    list_slug=card.slug,
                    listed=get_listed(rows),
                    wanted=[each for _, each in steps],
                )
            except Refused as refused:
                rejected = [Rejected(steps[at][0], why) for at, why in refused.reasons.items()]
            except ValidationError as error:
                rejected = [Rejected(1, why) for why in error.messages]
            else:
                messages.success(request, f"Recorded: {len(steps):,} {'row' if len(steps) == 1 else 'rows'}.")
                here = reverse("call_list", kwargs={"practice": place.code, "list_slug": card.slug})
                return HttpResponseRedirect(here)
    context = {
        "practice": place,
        "card": card,
        "form": form,
        "rejected": rejected,
        "states": _states(card),
        "routes": Route,
    }
    status = HTTPStatus.BAD_REQUEST if rejected or form.errors else HTTPStatus.OK
    response = render(request, "care/outcomes.jinja", context, status=status)
    add_never_cache_headers(response)
    return response


def _states(card: ListCard) -> list[str]:
    """What a file of outcomes may say."""
    return [each.value for each in State if not card.recipient or each in OF_RECIPIENTS]
