"""Rows of the record as the pages show them."""

from dataclasses import dataclass
from typing import Any

from placewise_site.accounts.models import Words
from placewise_site.meetings import past
from placewise_site.meetings.models import Item, Paper, PaperVersion, Vote
from placewise_site.meetings.queries.evidence import find_cited
from placewise_site.meetings.queries.seats import find_titles
from placewise_site.meetings.rules.aims import AIM_WORDS, Aim, Score, fill_scores
from placewise_site.meetings.rules.evidence import Cited
from placewise_site.meetings.rules.voting import Choice, Tally, count_votes


@dataclass(frozen=True, slots=True)
class AimRow:
    title: str
    score: str
    told: str


@dataclass(frozen=True, slots=True)
class VoteRow:
    """seat: as it was called on the day of the vote."""

    seat: str
    choice: str
    dissent: Words | None


@dataclass(frozen=True, slots=True)
class Votes:
    tally: Tally
    rows: tuple[VoteRow, ...]


def aims_of(item: Item) -> list[AimRow]:
    """All four, each with its newest score."""
    newest = {Aim(each.aim): each for each in item.aim_scores.all()}
    scores = fill_scores({aim: Score(each.score) for aim, each in newest.items()})
    return [
        AimRow(AIM_WORDS[aim], score.replace("_", " ").capitalize(), newest[aim].told if aim in newest else "")
        for aim, score in scores.items()
    ]


def votes_of(user: Any, item: Item) -> Votes:
    cast = Vote.objects.visible_to(user).filter(item=item)
    cast = cast.select_related("membership__seat", "dissent__text", "dissent__destruction")
    titles = find_titles((each.membership.seat, each.at) for each in cast)
    rows = (VoteRow(title, each.choice, each.dissent) for each, title in zip(cast, titles, strict=True))
    return Votes(count_votes(Choice(each.choice) for each in cast), tuple(rows))


def signed_by(item: Item) -> list[str]:
    """The seats that signed for the urgent route, as they were called on the day."""
    return find_titles((each.seat, each.at) for each in item.signatures.select_related("seat"))


def papers_of(user: Any, item: Item) -> list[Paper]:
    return list(Paper.objects.visible_to(user).stated().filter(item=item))


def refusals_of(item: Item) -> list[dict[str, Any]]:
    """Each attempt that was refused, the newest first."""
    return [{"at": each.at, "objections": each.objections} for each in item.refusals.order_by("-pk")]


def current_version(paper: Paper, asked: str) -> PaperVersion | None:
    versions = paper.versions.select_related("words__text", "words__destruction")
    return versions.filter(number=asked).first() if asked.isdigit() else versions.last()


def evidence_rows(version: PaperVersion) -> tuple[Cited, ...]:
    """As they stand on the day that is looked at."""
    return find_cited(version.citations.values_list("address", flat=True), past.get_day(), past.get_moment())
