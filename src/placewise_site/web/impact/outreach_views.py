"""Where teams could go: the sites that raise the lowest uptake of any fifth most, beside the simplest choice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.evidence.outreach import MOST_TEAMS, RESTS_ON, OutreachPlan, ReleasedPlan, find_plan, tell_plan
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, percent_words
from placewise_site.web.opening import Opening, opens_release

TEAMS = 4
"""Where nobody asks for another number."""
FIFTHS = "deprivation_fifth"

GROUP_COLUMNS = (
    Column("group", "Deprivation fifth"),
    Column("people", "People asked", is_number=True),
    Column("before", "Reached now", is_number=True),
    Column("fairest", "With the fairest sites", is_number=True),
    Column("newly_fairest", "Newly reached, fairest", is_number=True),
    Column("simplest", "With the simplest sites", is_number=True),
    Column("newly_simplest", "Newly reached, simplest", is_number=True),
)
SITE_COLUMNS = (Column("site", "Site"), Column("fairest", "Fairest"), Column("simplest", "Simplest"))


@opens_release
def outreach_page(request: HttpRequest, opening: Opening, measure: str) -> HttpResponse:
    sight = opening.sight
    card, teams = sight.measure(measure), read_teams(request.GET.get("teams", ""))
    found = find_plan(sight, measure, teams)
    tables = {
        "groups": ("Uptake by deprivation fifth", group_table(sight, found.plan)),
        "sites": ("Sites chosen", site_table(found)),
    }
    if asked := request.GET.get("table"):
        if asked not in tables:
            raise NotReleased(f"there is no table {asked} of an outreach plan")
        return csv_file(tables[asked][1], f"{measure}-outreach-{asked}-{teams}-{sight.last_month}")
    context = {
        "opening": opening,
        "card": card,
        "found": found,
        "level": sight.level_title(found.level),
        "sentence": tell_plan(found.plan),
        "unknown": [sight.group_title(FIFTHS, each) for each in found.unknown],
        "rests_on": RESTS_ON,
        "tables": tables,
        "files": {
            key: opening.pinned("outreach", {"teams": str(teams), "table": key}, measure=measure) for key in tables
        },
        "numbers": range(1, MOST_TEAMS + 1),
    }
    return render(request, "impact/outreach.jinja", context)


def read_teams(asked: str) -> int:
    """Raises NotReleased for a number that no page offers."""
    if not asked:
        return TEAMS
    if not asked.isdecimal() or not 1 <= int(asked) <= MOST_TEAMS:
        raise NotReleased(f"a plan is made for 1 to {MOST_TEAMS} teams")
    return int(asked)


def group_table(sight: Sight, plan: OutreachPlan) -> Table:
    """A row a fifth, the most deprived first, and the total."""
    need = plan.need
    people, reached = need.people.sum(axis=0), need.reached.sum(axis=0)
    rows = [
        _row(sight.group_title(FIFTHS, group), *map(float, numbers))
        for group, *numbers in zip(need.groups, people, reached, plan.fairest.newly, plan.simplest.newly, strict=True)
    ]
    whole = (people.sum(), reached.sum(), plan.fairest.total, plan.simplest.total)
    return Table(GROUP_COLUMNS, (*rows, _row("All of them", *map(float, whole))))


def site_table(found: ReleasedPlan) -> Table:
    """A row for each site that either choice opens."""
    plan = found.plan
    rows = []
    for site in sorted({*plan.fairest.sites, *plan.simplest.sites}):
        marks = (words_entry("open" if site in choice.sites else "not") for choice in (plan.fairest, plan.simplest))
        rows.append(Row(found.titles[site], (words_entry(found.titles[site]), *marks)))
    return Table(SITE_COLUMNS, tuple(rows))


def _row(title: str, people: float, reached: float, fairest: float, simplest: float) -> Row:
    entries: list[Entry] = [
        words_entry(title),
        number_entry(count_words(round(people)), people),
        _share(reached / people),
    ]
    for newly in (fairest, simplest):
        entries += [_share((reached + newly) / people), number_entry(count_words(round(newly)), newly)]
    return Row(title, tuple(entries))


def _share(share: float) -> Entry:
    return number_entry(percent_words(share), share)
