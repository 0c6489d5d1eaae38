"""Waiting: every trust, one trust by specialty, and the same rows as a file."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.hospitals.queries import (
    ALL,
    Waits,
    by_specialty,
    by_trust,
    has_waits,
    in_all,
    specialties,
    system_waits,
    waits_source,
)
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.table import Table
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.waiting.series import series_notes
from placewise_site.web.waiting.table import waits_table


@opens_release
def waiting(request: HttpRequest, opening: Opening) -> HttpResponse:
    """Every trust, in all specialties or one."""
    sight, sort = opening.sight, request.GET.get("sort", "")
    titles = dict(specialties(sight))
    specialty = request.GET.get("specialty") or ALL
    if has_waits(sight) and specialty != ALL and specialty not in titles:
        raise Http404("no trust reports this specialty")

    def page_of(trust: Waits) -> str:
        return opening.link("waiting_at", code=trust.code)

    trusts = by_trust(sight, specialty)
    table = waits_table("Trust", trusts, page_of).sort(sort)
    if request.GET.get("format") == "csv":
        return csv_file(table, "-".join(["waiting", specialty, *{each.period for each in trusts}]))
    chosen = {"specialty": specialty if specialty != ALL else ""}
    context = {
        "whole": system_waits(sight) if specialty == ALL else None,
        "specialty": specialty,
        "title": titles.get(specialty, "all specialties"),
        "specialties": titles,
        "series": series_notes(sight, lambda indicator: opening.link("published", indicator=indicator)),
        **_shown(opening, table, "waiting", chosen),
    }
    return render(request, "waiting/waiting.jinja", context)


@opens_release
def waiting_at(request: HttpRequest, opening: Opening, code: str) -> HttpResponse:
    """One trust, or the whole system, by specialty."""
    whole = in_all(opening.sight, code)
    if whole is None:
        raise Http404("no waits were published for this organisation")
    table = waits_table("Specialty", by_specialty(opening.sight, code)).sort(request.GET.get("sort", ""))
    if request.GET.get("format") == "csv":
        return csv_file(table, f"waiting-{code}-{whole.period}")
    shown = _shown(opening, table, "waiting_at", {}, code=code)

    def page_of(indicator: str) -> str:
        return opening.link("published", {"area": code}, indicator=indicator)

    series = series_notes(opening.sight, page_of, code)
    return render(request, "waiting/waiting_at.jinja", {"whole": whole, "series": series, **shown})


def _shown(opening: Opening, table: Table, page: str, chosen: dict[str, str], **parts: str) -> dict[str, Any]:
    """The table of a page, where to sort it and where to take it away."""
    return {
        "opening": opening,
        "table": table,
        "sort": opening.sorting(page, chosen, **parts),
        "file": opening.pinned(page, {**chosen, "sort": table.sorted_by, "format": "csv"}, **parts),
        "source": waits_source(opening.sight),
    }
