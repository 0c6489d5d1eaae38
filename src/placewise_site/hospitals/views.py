"""Waiting: every trust, one trust by specialty, and the same rows as a file."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.releases import current_release
from placewise_site.evidence.sight import Sight
from placewise_site.hospitals.queries import (
    ALL,
    COLUMNS,
    WAITING,
    Waits,
    by_specialty,
    by_trust,
    in_all,
    in_order,
    sort_columns,
    specialties,
    system_waits,
)


def waiting(request: HttpRequest) -> HttpResponse:
    """Every trust, in all specialties or one."""
    sight = _sight(request)
    if sight is None:
        return render(request, "hospitals/nothing_yet.jinja")
    titles = dict(specialties(sight))
    specialty = request.GET.get("specialty") or ALL
    if specialty != ALL and specialty not in titles:
        raise Http404("no trust reports this specialty")
    sort = request.GET.get("sort", "")
    rows = in_order(by_trust(sight, specialty), sort)
    if request.GET.get("format") == "csv":
        return _file("Trust", rows, "waiting")
    context = {
        "rows": rows,
        "whole": system_waits(sight) if specialty == ALL else None,
        "specialty": specialty,
        "title": titles.get(specialty, "all specialties"),
        "specialties": titles,
        "columns": sort_columns("Trust", sort, request.path, specialty=specialty if specialty != ALL else ""),
        "source": _source(sight),
    }
    return render(request, "hospitals/waiting.jinja", context)


def waiting_at(request: HttpRequest, code: str) -> HttpResponse:
    """One trust, or the whole system, by specialty."""
    sight = _sight(request)
    whole = in_all(sight, code) if sight else None
    if sight is None or whole is None:
        raise Http404("no waits were published for this organisation")
    sort = request.GET.get("sort", "")
    rows = in_order(by_specialty(sight, code), sort)
    if request.GET.get("format") == "csv":
        return _file("Specialty", rows, f"waiting-{code}")
    columns = sort_columns("Specialty", sort, request.path)
    return render(
        request,
        "hospitals/waiting_at.jinja",
        {"rows": rows, "whole": whole, "columns": columns, "source": _source(sight)},
    )


def _sight(request: HttpRequest) -> Sight | None:
    release = current_release()
    return Sight(release, request.user) if release and WAITING in release.manifest.indicators else None


def _source(sight: Sight) -> dict[str, str]:
    used = sight.published(WAITING)["source"].to_pylist()
    return next(each for each in sight.manifest.sources if each.get("source") == used[-1])


def _file(first: str, rows: list[Waits], name: str) -> HttpResponse:
    """Exactly the rows on the page, in their order, with the counts as they were published."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response, lineterminator="\n")
    writer.writerow(["code", *(title or first for _, title, _ in COLUMNS), "period"])
    for row in rows:
        writer.writerow([row.code, *(_plain(getattr(row, key)) for key, _, _ in COLUMNS), row.period])
    return response


def _plain(value: str | float | None) -> str | float | None:
    """A count without its decimal point, anything else as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
