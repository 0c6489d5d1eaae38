"""Which papers of a meeting a reader receives: what is public by then, or for members what is not kept from them."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from placewise_site.meetings import past
from placewise_site.meetings.models import Item, Meeting, Paper, PaperVersion
from placewise_site.meetings.packs.cited import find_cited_words
from placewise_site.meetings.packs.contract import Block, Kind, Pack
from placewise_site.meetings.queries.agendas import find_agenda
from placewise_site.meetings.queries.evidence import find_addresses
from placewise_site.meetings.queries.scope import bodies_open_to
from placewise_site.meetings.rules.publication import PRIVACY_WORDS, Privacy, get_public_day

FOR_MEMBERS = "For members and those who keep the record. Not for publication."
FOR_EVERYBODY = "Public papers."
KEPT = "Papers of this item are not sent to you, because of an interest that you declared or a ruling of the chair."


def build_pack(user: Any, meeting: Meeting) -> Pack:
    """meeting: one this person may see (visible_to). The same record, now or at the past moment that is looked at,
    gives the same pack."""
    starts, moment = timezone.localtime(meeting.starts_at), past.get_moment()
    stood = f" As the record stood at the end of {past.get_day():%-d %B %Y}." if moment else ""
    is_own = bodies_open_to(user).filter(pk=meeting.body_id).exists()
    return Pack(
        body=meeting.body.name,
        when=f"{starts:%-d %B %Y}, {starts:%H:%M}",
        where=meeting.where,
        reader=f"{FOR_MEMBERS if is_own else FOR_EVERYBODY}{stood}",
        is_invented=meeting.is_invented,
        blocks=tuple(_blocks(user, meeting, is_own)),
    )


def _blocks(user: Any, meeting: Meeting, is_own: bool) -> Iterator[Block]:
    days_before = meeting.body.papers_published_days_before or 0
    public_day = get_public_day(timezone.localdate(meeting.starts_at), days_before)
    agenda = find_agenda(user, meeting)
    for row in agenda.rows:
        if row.item is None:
            yield Block(Kind.ITEM, f"Item {row.number}")
            yield Block(Kind.NOTE, KEPT)
        else:
            yield Block(Kind.ITEM, f"Item {row.number}: {row.item.title}")
            yield from _item_blocks(user, row.item, public_day, is_own)
    if agenda.in_private:
        yield Block(Kind.ITEM, "Taken in private")
        number = agenda.in_private
        yield Block(Kind.NOTE, f"{number} item{' is' if number == 1 else 's are'} taken in private.")


def _item_blocks(user: Any, item: Item, public_day: date, is_own: bool) -> Iterator[Block]:
    yield Block(Kind.NOTE, f"{item.get_purpose_display()}.")
    if item.private_ground:
        yield Block(Kind.NOTE, f"Private. {PRIVACY_WORDS[Privacy(item.private_ground)]}.")
    papers = Paper.objects.visible_to(user).issued().filter(item=item).order_by("pk")
    if not papers:
        yield Block(Kind.NOTE, _no_paper(public_day, is_own))
    for paper in papers:
        yield from _paper_blocks(user, paper)


def _paper_blocks(user: Any, paper: Paper) -> Iterator[Block]:
    newest = (
        PaperVersion.objects.visible_to(user)
        .filter(paper=paper)
        .select_related("words__text", "words__destruction")
        .order_by("-number")
    )
    version = newest[0]
    yield Block(Kind.PAPER, f"{paper.title} (version {version.number})")
    for paragraph in str(version.words).splitlines():
        if words := " ".join(paragraph.split()):
            yield Block(Kind.TEXT, words)
    for line in find_cited_words(user, find_addresses([version]), past.get_day(), past.get_moment()):
        yield Block(Kind.CLAIM, line)


def _no_paper(public_day: date, is_own: bool) -> str:
    if is_own or public_day <= past.get_day():
        return "No paper."
    return f"Papers are published by {public_day:%-d %B %Y}."
