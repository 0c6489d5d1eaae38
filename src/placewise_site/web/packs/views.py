"""The papers of a meeting as a page and as a PDF, with the same page numbers, for whoever asks."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from placewise_site.meetings.packs.build import build_pack
from placewise_site.meetings.packs.contract import Block, Kind, Pack
from placewise_site.meetings.packs.typesetting import find_pages, render_pdf
from placewise_site.meetings.queries.looks import open_meeting_page
from placewise_site.web.evidence.day import AskedDay
from placewise_site.web.meetings.day import of_a_day


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its page in the PDF; opens: it is the first on that page. key: its place in the list."""

    block: Block
    page: int
    opens: bool
    key: int


@of_a_day
def pack(request: HttpRequest, day: AskedDay, meeting: int) -> HttpResponse:
    found = open_meeting_page(request.user, meeting)
    made = build_pack(request.user, found)
    placed = _place(made)
    items = [each for each in placed if each.block.kind == Kind.ITEM]
    context = {"day": day, "meeting": found, "pack": made, "placed": placed, "items": items, "kind": Kind}
    return render(request, "packs/pack.jinja", context)


@of_a_day
def pack_file(request: HttpRequest, day: AskedDay, meeting: int) -> HttpResponse:
    found = open_meeting_page(request.user, meeting)
    made = build_pack(request.user, found)
    name = slugify(f"{found.body.slug}-{found.starts_at:%Y-%m-%d}-papers")
    answer = HttpResponse(render_pdf(made), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _place(made: Pack) -> list[Placed]:
    pages = find_pages(made)
    before = [0, *pages]
    return [
        Placed(block, page, page != before[key], key)
        for key, (block, page) in enumerate(zip(made.blocks, pages, strict=True))
    ]
