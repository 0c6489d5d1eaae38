"""Where every number comes from: files, loads, checks, releases, facts, and the list of published figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.lost import lost
from placewise_site.evidence.releases import current_release, find_withdrawals, past_releases
from placewise_site.web.opening import Opening, opens_release
from placewise_site.web.sources.facts import fact_rows


@opens_release
def sources(request: HttpRequest, opening: Opening) -> HttpResponse:
    manifest = opening.sight.manifest
    context = {
        "opening": opening,
        "manifest": manifest,
        "tables": [each for each in manifest.sources if "table" in each],
        "files": [each for each in manifest.sources if "table" not in each],
        "rows_in": sum(each["rows_in"] or 0 for each in manifest.sources),
        "lost": lost(opening.sight),
        "failed": [each for each in manifest.checks if not each["passed"]],
    }
    return render(request, "sources/sources.jinja", context)


@opens_release
def releases(request: HttpRequest, opening: Opening) -> HttpResponse:
    release = current_release()
    context = {
        "opening": opening,
        "releases": past_releases(),
        "withdrawn": find_withdrawals(),
        "in_force": release.manifest.release if release else "",
    }
    return render(request, "sources/releases.jinja", context)


@opens_release
def facts(request: HttpRequest, opening: Opening) -> HttpResponse:
    return render(request, "sources/facts.jinja", {"opening": opening, "facts": fact_rows(opening.sight)})


@opens_release
def published_list(request: HttpRequest, opening: Opening) -> HttpResponse:
    return render(
        request, "sources/published_list.jinja", {"opening": opening, "indicators": opening.sight.indicators()}
    )
