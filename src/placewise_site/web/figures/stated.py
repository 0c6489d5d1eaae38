"""Counts that somebody stated, as rows of a page: for what months, by whom, and whether another one disputes them."""

from dataclasses import dataclass
from datetime import timedelta

from placewise_site.evidence.sight import Dispute, Sight, StatedCount
from placewise_site.web.figures.wording import count_words, month_words


@dataclass(frozen=True, slots=True)
class StatedRow:
    title: str
    stated: str
    period: str
    source: str
    measure: str
    """Our own count of the same thing; empty where the release does not hold it."""
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class OwnCount:
    """Ours, beside the stated: of other months, and so no answer to them."""

    title: str
    counted: str
    period: str
    address: str


def stated_rows(sight: Sight, stated: list[StatedCount]) -> list[StatedRow]:
    disputes = sight.disputes()
    disputed = [each for dispute in disputes for each in (dispute.shorter, dispute.longer)]
    released = {card.measure for card in sight.measures()}
    return [
        StatedRow(
            title=each.title,
            stated=_count(each),
            period=_period(each),
            source=each.source,
            measure=each.measure if each.measure in released else "",
            is_disputed=each in disputed,
        )
        for each in stated
    ]


def dispute_rows(sight: Sight) -> list[StatedRow]:
    """Every stated count that another one disputes."""
    return [row for row in stated_rows(sight, sight.stated()) if row.is_disputed]


def dispute_sentences(sight: Sight, stated: list[StatedCount]) -> list[str]:
    """Why some of these are disputed, a sentence for each pair."""
    return [_sentence(each) for each in sight.disputes() if each.shorter in stated and each.longer in stated]


def own_counts(sight: Sight, stated: list[StatedCount], area: str) -> list[OwnCount]:
    """Our own count of what was stated, in an area over the last 12 months."""
    found = []
    for measure in dict.fromkeys(each.measure for each in stated):
        cell = sight.latest(measure, area)
        counted = count_words(cell.numerator) if cell.is_shown else ""
        first = cell.month.replace(day=1) + timedelta(days=31)  # the month after, a year earlier: the first of twelve
        period = f"{month_words(first.replace(year=first.year - 1))} to {month_words(cell.month)}"
        found.append(OwnCount(sight.measure(measure).title, counted, period, cell.address))
    return found


def _sentence(dispute: Dispute) -> str:
    shorter, longer = dispute.shorter, dispute.longer
    told = (
        f"{_count(shorter).capitalize()} ({_period(shorter)}) and {_count(longer)} ({_period(longer)}) do not fit each "
        "other: the periods overlap, and the longer one has no larger count"
    )
    if shorter.since is None and longer.since is not None and shorter.count > longer.count:
        fewest, since = count_words(shorter.count - longer.count), month_words(longer.since)
        told += f". Both could hold only if {fewest} or more were counted before {since}, which nobody states"
    return f"{told}. Neither is preferred here."


def _count(stated: StatedCount) -> str:
    return f"about {count_words(stated.count)}" if stated.about else count_words(stated.count)


def _period(stated: StatedCount) -> str:
    until = month_words(stated.until)
    return f"{month_words(stated.since)} to {until}" if stated.since else f"to {until}, from when is not stated"
