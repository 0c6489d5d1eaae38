"""Who decides what in which place: the scheme of delegation as a table, what is wrong with it first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from placewise_site.governance.models import Body
from placewise_site.governance.queries import Decider, Matrix, get_matrix
from placewise_site.governance.rules.delegation import Gap, Overlap
from placewise_site.web.evidence.day import AskedDay, read_day
from placewise_site.web.figures.files import csv_file
from placewise_site.web.figures.table import Column, Row, Table, words_entry
from placewise_site.web.governance import wording
from placewise_site.web.opening import tells_what_is_closed


@tells_what_is_closed
def delegation(request: HttpRequest) -> HttpResponse:
    day = read_day(request)
    matrix = get_matrix(day.on)
    names = {each.slug: each for each in Body.objects.visible_to(request.user)}
    if request.GET.get("format") == "csv":
        return csv_file(_table(matrix, names), f"delegation-{day.on}")
    context = {"day": day, "matrix": matrix, "names": names, "wording": wording, "file": _file(day)}
    return render(request, "governance/delegation.jinja", context)


def _file(day: AskedDay) -> str:
    return day.link("delegation", {"format": "csv"})


def _table(matrix: Matrix, names: dict[str, Body]) -> Table:
    """The matrix as a file, word for word."""
    columns = (Column("function", "Function"), *(Column(each.code, each.name) for each in matrix.places))
    rows = [
        Row(
            function.title,
            (words_entry(function.title), *(words_entry(told(found, names)) for found in deciders)),
        )
        for function, deciders in matrix.rows
    ]
    return Table(columns, tuple(rows))


def told(found: Decider | Gap | Overlap, names: dict[str, Body]) -> str:
    if isinstance(found, Gap):
        return "nobody"
    if isinstance(found, Overlap):
        return " and ".join(names[slug].name for slug in found.deciders)
    ends = wording.until(found.expires)
    until = f", until {ends}" if ends else ""
    invented = " (invented for this demonstration)" if found.is_invented else ""
    return f"{found.body.name}, {wording.pounds_words(found.limit)}{until}{invented}"
