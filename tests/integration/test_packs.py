"""Packs of papers: one record, one pack, byte for byte; each reader's own, and the public's on the day it is due."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from builders.ledger import record
from builders.meetings import DAY, Board, add_meeting, bring, build_board
from builders.pages import words_in
from placewise.publishing.contract import ClaimAddress
from placewise.publishing.release import Release
from placewise_site.governance.actions import declare_interest
from placewise_site.meetings import clock
from placewise_site.meetings.models import Meeting
from placewise_site.meetings.packs.build import KEPT, build_pack
from placewise_site.meetings.packs.contract import Block, Kind, Pack
from placewise_site.meetings.packs.typesetting import find_pages, render_pdf
from placewise_site.meetings.rules.interests import Subject
from placewise_site.meetings.rules.publication import Privacy

pytestmark = pytest.mark.usefixtures("site")
PUBLIC_WORDS, PRIVATE_WORDS, AWARD_WORDS = "Beds are short in winter.", "One clinic will close.", "Zephyr bids lowest."


@pytest.fixture
def board(site: Any) -> Board:
    return build_board()


@pytest.fixture
def meeting(board: Board) -> Meeting:
    """One public item, one in private, one award in which the member for hospices has an interest."""
    with clock.standing_at(DAY - timedelta(days=400)):
        declare_interest(
            by=None,
            member=board.seats["hospice"].member,
            kind="financial",
            words="Shares in a bidder",
            held_from=(DAY - timedelta(days=400)).date(),
        )
    meeting = add_meeting(board)
    bring(board, meeting, words=PUBLIC_WORDS, title="Winter plan")
    bring(board, meeting, words=PRIVATE_WORDS, title="A clinic", private_ground=Privacy.PERSONAL)
    bring(board, meeting, words=AWARD_WORDS, title="An award", subject=Subject.AWARD, amount=1000)
    return meeting


def words_of(pack: Pack) -> str:
    return " ".join(each.words for each in pack.blocks)


def pack_on(user: Any, meeting: Meeting, days_before: int) -> Pack:
    with clock.standing_at(DAY - timedelta(days=days_before)):
        return build_pack(user, meeting)


def test_a_pack_rebuilt_from_the_record_is_the_same_to_the_byte(board: Board, meeting: Meeting):
    first, again = (render_pdf(pack_on(board.chair, meeting, 1)) for _ in range(2))
    assert first == again
    assert first.startswith(b"%PDF-1.7")
    assert b"CreationDate" not in first and b"/Lang(en-GB)" in first and b"/MarkInfo" in first
    assert b"pdfuaid:part" in first, "it claims PDF/UA, which typst refuses to write where it does not hold"


@pytest.mark.requirement("S052")
def test_the_public_reads_papers_from_the_set_number_of_days_before(board: Board, meeting: Meeting):
    days = board.body.papers_published_days_before
    before, due = pack_on(AnonymousUser(), meeting, days + 1), pack_on(AnonymousUser(), meeting, days)
    assert PUBLIC_WORDS not in words_of(before) and "Papers are published by 11 September 2025." in words_of(before)
    assert PUBLIC_WORDS in words_of(due)
    kinds = {seat.kind for seat in board.body.seats.all()}
    assert {"chair", "lay", "executive"} <= kinds, "members of several kinds sit there"


def test_a_public_pack_tells_of_private_items_only_that_there_are_some(board: Board, meeting: Meeting):
    told = words_of(pack_on(AnonymousUser(), meeting, 1))
    assert "A clinic" not in told and PRIVATE_WORDS not in told
    assert told.endswith("Taken in private 1 item is taken in private.")
    own = words_of(pack_on(board.chair, meeting, 1))
    assert "Private. It is about people who could be recognised." in own and PRIVATE_WORDS in own


def test_a_member_barred_from_a_paper_gets_a_pack_without_it(board: Board, meeting: Meeting):
    barred, other = (pack_on(board.people[seat], meeting, 1) for seat in ("hospice", "lay"))
    assert AWARD_WORDS not in words_of(barred) and "An award" not in words_of(barred)
    assert f"Item 3 {KEPT}" in words_of(barred)
    assert AWARD_WORDS in words_of(other)
    assert render_pdf(barred) != render_pdf(other)


@pytest.mark.parametrize("published", [True, False])
def test_figures_that_a_paper_cites_stand_in_the_pack_of_those_who_may_read_them(
    board: Board, tmp_path: Path, published: bool
):
    record(tmp_path, "n1 900 people measurand=trained bound=at_least", published={"Z": published})
    meeting = add_meeting(board)
    bring(board, meeting, words="We have trained over 900 people.", cites=("n1",))
    public, own = words_of(pack_on(AnonymousUser(), meeting, 1)), words_of(pack_on(board.chair, meeting, 1))
    assert "(n1): over 900 people. n1 is proposed: nobody has agreed or disputed it yet." in own
    assert ("(n1): over 900 people" in public) == published
    assert ("n1: a claim that is not public." in public) != published


def test_a_figure_of_our_own_stands_in_the_pack_with_its_number(board: Board, release: Release):
    address = f"{release.manifest.release}/af_anticoagulated/HVS/2026-03/all/all"
    figure = release.claim(ClaimAddress.parse(address))
    meeting = add_meeting(board)
    bring(board, meeting, cites=(address,))
    told = words_of(pack_on(AnonymousUser(), meeting, 1))
    assert f"({address}): {figure.value:.1%} ({figure.numerator:,.0f} of {figure.denominator:,.0f}). " in told


def test_the_page_has_the_page_numbers_of_the_pdf(board: Board, meeting: Meeting):
    long = "\n".join(f"Paragraph {number}. " + "Words of the paper. " * 40 for number in range(20))
    bring(board, meeting, words=long, title="A long paper")
    browser = Client()
    browser.force_login(board.chair, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(f"/packs/{meeting.pk}/").content.decode()
    file = browser.get(f"/packs/{meeting.pk}.pdf")
    assert file["Content-Type"] == "application/pdf"
    sheets = len(re.findall(rb"/Type\s*/Page\b", file.content))
    told = [int(number) for number in re.findall(r'id="page-(\d+)"', page)]
    assert told == list(range(told[0], sheets + 1)) and sheets > 3
    pages = find_pages(build_pack(board.chair, meeting))
    assert pages == sorted(pages) and pages[-1] == sheets
    assert "A long paper page" in words_in(page)


def test_words_of_a_paper_are_never_read_as_markup():
    words = '#panic("x") *bold* $x^2$ <script>alert(1)</script> \\ [x]'
    pack = Pack("Board", "1 April 2026", "Online", "Public papers.", False, (Block(Kind.TEXT, words),))
    assert render_pdf(pack).startswith(b"%PDF")


def test_a_meeting_of_a_body_that_does_not_meet_in_public_has_no_public_pack(board: Board, meeting: Meeting):
    type(board.body).objects.filter(pk=board.body.pk).update(meets_in_public=False)
    assert Client().get(f"/packs/{meeting.pk}/").status_code == 404
    assert Client().get(f"/packs/{meeting.pk}.pdf").status_code == 404
