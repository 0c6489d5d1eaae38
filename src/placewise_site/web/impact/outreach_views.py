"""Where teams could go: the sites that raise the lowest uptake of any fifth most, beside the simplest choice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.outreach import MOST_TEAMS, RESTS_ON, ReleasedPlan, find_plan
from placewise_site.evidence.releases import NotReleased
from placewise_site.web.figures.files import FigureLinks, answer, csv_file, in_order, with_source
from placewise_site.web.figures.table import Column, Row, Table, words_entry
from placewise_site.web.impact.outreach_figure import FIFTHS, KEY, outreach_figure
from placewise_site.web.opening import Opening, opens_release

TEAMS = 4
"""Where nobody asks for another number."""
SITES = "sites"
SITE_COLUMNS = (Column("site", "Site"), Column("fairest", "Fairest"), Column("simplest", "Simplest"))


@opens_release
def outreach_page(request: HttpRequest, opening: Opening, measure: str) -> HttpResponse:
    sight = opening.sight
    card, teams = sight.measure(measure), read_teams(request.GET.get("teams", ""))
    found = find_plan(sight, measure, teams)
    figure = in_order(outreach_figure(sight, card.title, found), request.GET.get("sort", ""))
    context = {
        "opening": opening,
        "card": card,
        "found": found,
        "level": sight.level_title(found.level),
        "unknown": [sight.group_title(FIFTHS, each) for each in found.unknown],
        "rests_on": RESTS_ON,
        "links": FigureLinks(opening, figure, "outreach", "outreach_file", {"measure": measure}, {"teams": str(teams)}),
        "sites": site_table(found),
        "sites_file": opening.pinned(
            "outreach_file", {"teams": str(teams)}, measure=measure, figure=SITES, format="csv"
        ),
        "numbers": range(1, MOST_TEAMS + 1),
    }
    return render(request, "impact/outreach.jinja", context)


@opens_release
def outreach_file(request: HttpRequest, opening: Opening, measure: str, figure: str, format: str) -> HttpResponse:
    """The figure in any format, and the table of sites as CSV."""
    sight = opening.sight
    card, teams = sight.measure(measure), read_teams(request.GET.get("teams", ""))
    found, name = find_plan(sight, measure, teams), f"{measure}-outreach-{figure}-{teams}-{sight.last_month}"
    if (figure, format) == (SITES, "csv"):
        return csv_file(site_table(found), name)
    if figure != KEY:
        raise NotReleased(f"there is no figure {figure} of an outreach plan")
    made = in_order(outreach_figure(sight, card.title, found), request.GET.get("sort", ""))
    return answer(request, with_source(made, opening), format, name)


def read_teams(asked: str) -> int:
    """Raises NotReleased for a number that no page offers."""
    if not asked:
        return TEAMS
    if not asked.isdecimal() or not 1 <= int(asked) <= MOST_TEAMS:
        raise NotReleased(f"a plan is made for 1 to {MOST_TEAMS} teams")
    return int(asked)


def site_table(found: ReleasedPlan) -> Table:
    """A row for each site that either choice opens."""
    plan = found.plan
    rows = []
    for site in sorted({*plan.fairest.sites, *plan.simplest.sites}):
        marks = (words_entry("open" if site in choice.sites else "not") for choice in (plan.fairest, plan.simplest))
        rows.append(Row(found.titles[site], (words_entry(found.titles[site]), *marks)))
    return Table(SITE_COLUMNS, tuple(rows))
