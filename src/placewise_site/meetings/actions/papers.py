"""Papers: written in versions, issued and then frozen, recalled to be corrected."""

import hashlib
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.accounts.words import write_words
from placewise_site.meetings import clock
from placewise_site.meetings.actions.steps import KEEP, check_may, check_said, lock_item, written
from placewise_site.meetings.lifecycle import PAPER_MOVES, ItemState, PaperState, check_move
from placewise_site.meetings.models import Citation, Item, Paper, PaperStep, PaperVersion, Placement
from placewise_site.meetings.rules.publication import get_public_day

MOST_LETTERS = 100_000


@transaction.atomic
def add_paper(*, by: User | None, item: Item, title: str, words: str, cites: Iterable[str] = ()) -> Paper:
    """A draft with its first version. cites: names of stated claims and addresses of computed ones."""
    check_may(by, KEEP, item.body)
    paper = Paper.objects.create(item=item, title=check_said(title, "Give the paper a title."), **written(by))
    PaperStep.objects.create(paper=paper, state=PaperState.DRAFT, **written(by))
    _write(by, paper, words, cites)
    record_event(by=by, action="paper_added", subject=item.body.slug, item=item.pk, paper=paper.pk)
    return paper


@transaction.atomic
def write_version(*, by: User | None, paper: Paper, words: str, cites: Iterable[str] = ()) -> PaperVersion:
    """Raises ValidationError for a paper that is issued: it is frozen."""
    check_may(by, KEEP, paper.item.body)
    if _lock(paper) is PaperState.ISSUED:
        raise ValidationError("The paper is issued and frozen. Recall it with the reason, then write a new version.")
    version = _write(by, paper, words, cites)
    record_event(by=by, action="paper_version_written", subject=paper.item.body.slug, version=version.pk)
    return version


@transaction.atomic
def issue_paper(*, by: User | None, paper: Paper) -> PaperStep:
    """To members at once; to the public, of a public item, so many days before the meeting.

    Raises ValidationError where the item is on no agenda.
    """
    check_may(by, KEEP, paper.item.body)
    check_move(PAPER_MOVES, _lock(paper), PaperState.ISSUED)
    placed = Placement.objects.filter(item=paper.item).select_related("meeting").order_by("-pk").first()
    if placed is None:
        raise ValidationError("The item is on no agenda. Place it on one, then issue its papers.")
    due = get_public_day(placed.meeting.starts_at.date(), paper.item.body.papers_published_days_before or 0)
    step = PaperStep.objects.create(
        paper=paper, state=PaperState.ISSUED, public_on=max(due, clock.today()), **written(by)
    )
    record_event(by=by, action="paper_issued", subject=paper.item.body.slug, paper=paper.pk)
    return step


@transaction.atomic
def recall_paper(*, by: User | None, paper: Paper, reason: str) -> PaperStep:
    """Every page shows that it was recalled, when and why, until it is issued again. Not once the item is settled."""
    check_may(by, KEEP, paper.item.body)
    if lock_item(paper.item) in (ItemState.DECIDED, ItemState.NOTED):
        raise ValidationError("The item is settled, and its papers stay as they were then.")
    check_move(PAPER_MOVES, _lock(paper), PaperState.RECALLED)
    said = check_said(reason, "Say why the paper is recalled.")[:300]
    step = PaperStep.objects.create(paper=paper, state=PaperState.RECALLED, reason=said, **written(by))
    record_event(by=by, action="paper_recalled", subject=paper.item.body.slug, paper=paper.pk)
    return step


def _lock(paper: Paper) -> PaperState:
    Paper.objects.select_for_update().get(pk=paper.pk)
    return PaperState(PaperStep.objects.filter(paper=paper).order_by("-pk").values_list("state", flat=True)[0])


def _write(by: User | None, paper: Paper, words: str, cites: Iterable[str]) -> PaperVersion:
    cited = [each for each in dict.fromkeys(address.strip().strip("/") for address in cites) if each]
    version = PaperVersion.objects.create(
        paper=paper,
        number=PaperVersion.objects.filter(paper=paper).count() + 1,
        words=write_words(by=by, words=words, most_letters=MOST_LETTERS),
        digest=hashlib.sha256("\n".join([words.strip(), *cited]).encode()).hexdigest(),
        **written(by),
    )
    Citation.objects.bulk_create(Citation(version=version, address=each, **written(by)) for each in cited)
    return version
