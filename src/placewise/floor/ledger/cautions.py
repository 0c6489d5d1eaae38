"""Findings that warn: figures which can be true together and are easily misread beside one another."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.floor.ledger.claim import NOT_STATED, StatedClaim
from placewise.floor.ledger.finding import Finding
from placewise.floor.ledger.grouping import gather, group_by
from placewise.floor.ledger.pairs import Side, get_clashing, overlap

Ledger = Sequence[StatedClaim]
FULL_TIME = re.compile(r"\b(FTE|WTE|(full|whole)-time equivalents?)\b", re.IGNORECASE)
IMPLIED = re.compile(r"implies ([\d,]*\d)")
MONTHS_A_YEAR = 12


def find_definitions(claims: Ledger) -> Iterator[Finding]:
    """Counts of one subject whose basis is not told, and that differ: nobody may subtract them."""
    for family, related in group_by(claims, lambda each: each.family):
        unlike = get_clashing([each for each in related if _counts_unsaid(each)], _counts_another)
        if unlike:
            told = f"figures of {family.replace('_', ' ')} count by {len(unlike)} definitions"
            remedy = "write down each definition; subtract none"
            yield Finding("definition", gather(related, unlike), told, remedy, family)


def find_units(claims: Ledger) -> Iterator[Finding]:
    """People and full-time equivalents of one subject: adding them is an error."""
    for family, related in group_by(claims, lambda each: each.family):
        posts = [each for each in related if _in_full_time(each)]
        people = [each for each in related if not _in_full_time(each) and each.unit.startswith("people")]
        if posts and people:
            told = f"figures of {family.replace('_', ' ')} are in people and in full-time equivalents"
            found = gather(related, {each.id for each in (*posts, *people)})
            yield Finding("unit", found, told, "turn one into the other with a source, or keep them apart", family)


def find_footprints(claims: Ledger) -> Iterator[Finding]:
    """One subject in several footprints: a footprint belongs to a programme and a date."""
    for measurand, same in group_by(claims, lambda each: each.measurand):
        placed = [each for each in same if each.names_a_place]
        unlike = {
            id_ for _, alike in group_by(placed, lambda each: each.unit) for id_ in get_clashing(alike, _elsewhere)
        }
        if unlike:
            told = f"{measurand.replace('_', ' ')} are told of several footprints"
            remedy = "name programme and date, and re-base or refuse"
            yield Finding("footprint", gather(same, unlike), told, remedy, measurand)


def find_overlaps(claims: Ledger) -> Iterator[Finding]:
    """Amounts of one subject of which nobody says whether one is inside another."""
    for family, related in group_by(claims, lambda each: each.family):
        for unit, amounts in group_by(related, lambda each: each.unit):
            unsaid = [each for each in amounts if each.nesting == NOT_STATED and not each.part_of]
            each_once = {each.measurand: float(each.value) for each in unsaid if not isinstance(each.value, str)}
            if len(each_once) > 1:
                least, most = max(each_once.values()), sum(each_once.values())
                told = (
                    f"amounts of {family.replace('_', ' ')} may lie inside one another: at least {least:,.0f} {unit}, "
                    f"and {most:,.0f} only if each is exact and all are separate"
                )
                found = tuple(each.id for each in unsaid)
                yield Finding("overlap", found, told, "ask for each whether it is inside another; add none", family)


def find_misprints(claims: Ledger) -> Iterator[Finding]:
    """A number printed more than once in one sentence, with the other wordings of the same target."""
    wordings: dict[str, list[StatedClaim]] = {}
    for each in claims:
        if each.nesting == "same target":
            wordings.setdefault(each.part_of, []).append(each)
    for each in claims:
        if each.times_printed > 1:
            others = wordings.get(each.id, [])
            implied = [words for other in others if (words := _tell_baseline(each, other))]
            told = f"“{each.statement}” is printed {each.times_printed} times in one sentence"
            if implied:
                told += f"; it implies at the start {' and '.join(implied)}"
            yield Finding(
                "misprint", (each.id, *(other.id for other in others)), told, "keep one and its wording", each.id
            )


def find_overdue(claims: Ledger, today: date | None = None) -> Iterator[Finding]:
    """Targets whose date had passed. today: the clock to judge by; None: each document's own date."""
    late = [each for each in claims if each.target_by and each.target_by < (today or each.document_date)]
    if late:
        yield tell_overdue([each.id for each in late], today)


def tell_overdue(late: Sequence[str], today: date | None) -> Finding:
    """late: the ids of the targets that had fallen due, by the same clock."""
    when = "today" if today else "when its document was dated"
    told = f"{len(late)} target{'' if len(late) == 1 else 's'} had fallen due {when}"
    return Finding("overdue", tuple(late), told, "state met, missed or not measured", "")


def _counts_unsaid(claim: StatedClaim) -> bool:
    return (claim.unit.startswith("people") and NOT_STATED in claim.basis) or bool(IMPLIED.search(claim.basis))


def _counts_another(one: Side, other: Side) -> npt.NDArray[np.bool_]:
    linked = (one.whole == other.own) | (other.whole == one.own)
    return (one.measurand != other.measurand) & overlap(one, other) & ~linked


def _elsewhere(one: Side, other: Side) -> npt.NDArray[np.bool_]:
    return (one.place != other.place) & (one.value != other.value)


def _in_full_time(claim: StatedClaim) -> bool:
    return any(FULL_TIME.search(words) and NOT_STATED not in words for words in (claim.unit, claim.basis))


def _tell_baseline(share: StatedClaim, months: StatedClaim) -> str:
    """10.0 years (men): what a gap of so many months is a share of."""
    if isinstance(share.value, str) or isinstance(months.value, str) or months.unit != "months" or not share.value:
        return ""
    return f"{months.value / (share.value / 100) / MONTHS_A_YEAR:.1f} years ({months.population})"
