"""How far a practice has come with its lists: its own exact counts, for its own team alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placewise_site.care.lifecycle import State
from placewise_site.care.queries import ListCard, steps_since, works_by_list
from placewise_site.care.standing import Work
from placewise_site.evidence.persons import ListChange
from placewise_site.organisations.models import Organisation

ANSWERS_WITHIN = timedelta(days=14)
"""Whoever was invited so long ago and has not answered is to be asked again, by another route."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Progress:
    """One list. change: who is to be called, and what changed since the build before; under_way, finished: people whom
    the practice works with or has done with; unanswered: of those under way, invited long ago."""

    card: ListCard
    change: ListChange
    under_way: int
    finished: int
    unanswered: int

    @property
    def grew_by(self) -> int:
        """More came than left; 0 where fewer did, or nothing is known of before."""
        return max(0, (self.change.new or 0) - (self.change.left or 0))


def build_progress(
    lists: list[ListCard],
    changes: tuple[ListChange, ...],
    works: Mapping[str, Mapping[str, Work]],
    today: date,
) -> list[Progress]:
    """Of each list with its change, those with most people to call first."""
    of_list = {each.slug: each for each in changes}
    found = []
    for card in lists:
        if card.slug in of_list:
            work = list(works.get(card.slug, {}).values())
            found.append(
                Progress(
                    card=card,
                    change=of_list[card.slug],
                    under_way=sum(each.is_under_way for each in work),
                    finished=sum(each.is_finished for each in work),
                    unanswered=sum(_is_unanswered(each, today) for each in work),
                )
            )
    return sorted(found, key=lambda each: (-each.change.to_call, each.card.slug))


def progress_of(
    practice: Organisation, lists: list[ListCard], changes: tuple[ListChange, ...], today: date
) -> list[Progress]:
    return build_progress(lists, changes, works_by_list(practice), today)


def done_since(practice: Organisation, day: date) -> list[tuple[str, int]]:
    """What was recorded on and after a day, in words, with how often; in the order of the states."""
    counted = Counter(steps_since(practice, day))
    return [(state.label, counted[state]) for state in State if counted[state]]


def _is_unanswered(work: Work, today: date) -> bool:
    return work.state == State.INVITED and work.on is not None and work.on <= today - ANSWERS_WITHIN
