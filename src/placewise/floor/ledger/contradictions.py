"""Claims that cannot both be true: a decision must not rest on either until one is agreed.

Three kinds, each read from the claims' own columns:
- counts that only grow, of overlapping periods, where the one that ends later is smaller, or just the same;
- figures or words for the same thing in the same place at the same time that leave nothing both allow;
- a part said to be inside a whole that counts other people, or larger than what it could be part of.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from placewise.floor.ledger.claim import NOT_STATED, STATUS, StatedClaim, overlap
from placewise.floor.ledger.finding import Finding
from placewise.floor.ledger.grouping import gather, group_by

Ledger = Sequence[StatedClaim]


def find_contradictions(claims: Ledger) -> Iterator[Finding]:
    for measurand, same in group_by(claims, lambda each: each.measurand):
        subject = measurand.replace("_", " ")
        if found := _pairs(same, _shrinks):
            told = f"counts of {subject} over overlapping periods do not grow with the period"
            yield Finding("contradiction", found, told, "ask who stated them which period each count covers")
        if found := _pairs(same, _excludes):
            told = f"what is stated of {subject} at one time cannot all be so"
            yield Finding("contradiction", found, told, "ask who answers for it which one holds")
    by_id = {each.id: each for each in claims}
    for family, related in group_by(claims, lambda each: each.family or each.measurand):
        if found := gather(related, _misplaced(related, by_id)):
            told = f"parts and wholes of {family.replace('_', ' ')} count different people"
            yield Finding("contradiction", found, told, "state both populations, and divide neither by the other")


def _pairs(claims: Ledger, clash: Callable[[StatedClaim, StatedClaim], bool]) -> tuple[str, ...]:
    return gather(claims, {each.id for pair in combinations(claims, 2) if clash(*pair) for each in pair})


def _shrinks(one: StatedClaim, other: StatedClaim) -> bool:
    if not (one.cumulative and other.cumulative and _are_comparable(one, other)):
        return False
    if one.when is None or other.when is None or one.when == other.when or not overlap(one.when, other.when):
        return False
    shorter, longer = sorted((one, other), key=lambda each: each.period_to or each.document_date)
    if longer.period_from and shorter.period_from and longer.period_from > shorter.period_from:
        return False  # it began later too: it need not hold all that the other counts
    return one.value == other.value or longer.possible[1] < shorter.possible[0]


def _excludes(one: StatedClaim, other: StatedClaim) -> bool:
    if (one.cumulative and other.cumulative and one.when != other.when) or not _are_comparable(one, other):
        return False
    if one.basis != other.basis or not overlap(one.when, other.when):
        return False
    if one.unit == STATUS:
        return one.value != other.value
    return one.possible[1] < other.possible[0] or other.possible[1] < one.possible[0]


def _are_comparable(one: StatedClaim, other: StatedClaim) -> bool:
    return one.unit == other.unit and one.geography == other.geography


def _misplaced(related: Ledger, by_id: Mapping[str, StatedClaim]) -> set[str]:
    found: set[str] = set()
    for part in related:
        whole = by_id.get(part.part_of)
        if whole is not None and part.nesting == "stated":
            counts_others = bool(part.basis and whole.basis) and part.basis != whole.basis
            if counts_others or (part.unit == whole.unit and part.possible[0] > whole.possible[1]):
                found |= {part.id, whole.id}
    for one, other in combinations(related, 2):
        if not (one.cumulative and other.cumulative and one.measurand != other.measurand):
            continue
        if not _are_comparable(one, other) or one.population != other.population:
            continue
        smaller, larger = sorted((one, other), key=lambda each: each.possible)
        if larger.nesting == NOT_STATED and larger.possible[0] > smaller.possible[1]:
            found |= {one.id, other.id}
    return found
