"""Agreements with their versions, and which of them applied on a day between whom."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.governance.models import Engagement, Instrument, InstrumentVersion
from placewise_site.governance.queries import as_version, find_version, get_versions
from placewise_site.governance.rules.instruments import NoOneAnswer, find_doubled
from placewise_site.organisations.models import Organisation
from placewise_site.web.evidence.day import read_day
from placewise_site.web.governance import wording
from placewise_site.web.opening import tells_what_is_closed


@tells_what_is_closed
def instruments(request: HttpRequest) -> HttpResponse:
    """?instrument= and ?party= (a code, any number of them) ask which version bound these parties on the day."""
    day = read_day(request)
    versions = list(get_versions(day.on))
    organisations = {each.code: each for each in Organisation.objects.visible_to(request.user)}
    asked, parties = request.GET.get("instrument", ""), [each for each in request.GET.getlist("party") if each]
    context = {
        "day": day,
        "wording": wording,
        "instruments": _grouped(versions),
        "engagements": {each.slug: each for each in Engagement.objects.visible_to(request.user)},
        "may_put_out": day.known_by is None and request.user.has_perm("governance.keep_registers"),
        "doubled": find_doubled([as_version(each) for each in versions]),
        "organisations": organisations,
        "parties": sorted({code for each in versions for code in each.parties}, key=lambda c: organisations[c].name),
        "asked": asked,
        "chosen": parties,
        **_answer(asked, parties, day.on),
    }
    return render(request, "governance/instruments.jinja", context)


def _grouped(versions: list[InstrumentVersion]) -> list[tuple[Instrument, list[InstrumentVersion]]]:
    grouped: dict[Instrument, list[InstrumentVersion]] = {}
    for each in versions:
        grouped.setdefault(each.instrument, []).append(each)
    return list(grouped.items())


def _answer(asked: str, parties: list[str], on: date) -> dict[str, Any]:
    if not asked:
        return {"answer": None, "claiming": ()}
    try:
        return {"answer": find_version(asked, parties, on), "claiming": ()}
    except NoOneAnswer as none:
        return {"answer": None, "claiming": none.claiming}
