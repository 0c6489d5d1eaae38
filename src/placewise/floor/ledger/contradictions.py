"""Claims that cannot both be true: a decision must not rest on either until one is agreed.

Three kinds, each read from the claims' own columns:
- counts that only grow, of overlapping periods, where the one that ends later is smaller, or just the same;
- figures or words for the same thing in the same place at the same time that leave nothing both allow;
- a part said to be inside a whole that counts other people, or larger than what it could be part of.

Only claims that can be compared (of one unit and place, and where it matters one basis) are held against one another.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from placewise.floor.ledger.claim import StatedClaim
from placewise.floor.ledger.finding import Finding
from placewise.floor.ledger.grouping import gather, group_by
from placewise.floor.ledger.pairs import Side, get_clashing, overlap

Ledger = Sequence[StatedClaim]
Clash = Callable[[Side, Side], npt.NDArray[np.bool_]]


def find_contradictions(claims: Ledger) -> Iterator[Finding]:
    for measurand, same in group_by(claims, lambda each: each.measurand):
        subject = measurand.replace("_", " ")
        if found := gather(same, find_shrinking(same)):
            told = f"counts of {subject} over overlapping periods do not grow with the period"
            yield Finding("contradiction", found, told, "ask who stated them which period each count covers", measurand)
        if found := gather(same, _clashing(same, lambda each: (*_comparable(each), each.basis), _excludes)):
            told = f"what is stated of {subject} at one time cannot all be so"
            yield Finding("contradiction", found, told, "ask who answers for it which one holds", measurand)
    by_id = {each.id: each for each in claims}
    for family, related in group_by(claims, lambda each: each.family or each.measurand):
        if found := gather(related, _misplaced(related, by_id)):
            told = f"parts and wholes of {family.replace('_', ' ')} count different people"
            yield Finding(
                "contradiction", found, told, "state both populations, and divide neither by the other", family
            )


def find_shrinking(same: Ledger) -> set[str]:
    """The ids of counts of one thing that do not fit each other: over overlapping periods, the one that ends later and
    need not have begun later is smaller or just the same.

    Where nobody states when a count began it may have begun with the other, or before. The two could both be right if
    it did begin earlier, or if they count different things; only whoever stated them can say.
    """
    counts = [each for each in same if each.cumulative and each.when and not isinstance(each.value, str)]
    return _clashing(counts, _comparable, _shrinks)


def _clashing(claims: Ledger, key: Callable[[StatedClaim], tuple[str, ...]], clash: Clash) -> set[str]:
    """Those in a clashing pair, of which both have the same key."""
    buckets: dict[tuple[str, ...], list[StatedClaim]] = {}
    for each in claims:
        buckets.setdefault(key(each), []).append(each)
    return set().union(*(get_clashing(bucket, clash) for bucket in buckets.values()))


def _comparable(claim: StatedClaim) -> tuple[str, ...]:
    return claim.unit, claim.geography


def _shrinks(shorter: Side, longer: Side) -> npt.NDArray[np.bool_]:
    ends_later = (longer.end > shorter.end) | ((longer.end == shorter.end) & (longer.begin < shorter.begin))
    began_later = longer.started & shorter.started & (longer.begin > shorter.begin)  # need not hold all of the other's
    is_no_larger = (longer.value == shorter.value) | (longer.high < shorter.low)
    return ends_later & ~began_later & overlap(shorter, longer) & is_no_larger


def _excludes(one: Side, other: Side) -> npt.NDArray[np.bool_]:
    same_period = (one.begin == other.begin) & (one.end == other.end) & (one.timed == other.timed)
    of_other_periods = one.cumulative & other.cumulative & ~same_period
    return ~of_other_periods & overlap(one, other) & (one.high < other.low)


def _misplaced(related: Ledger, by_id: Mapping[str, StatedClaim]) -> set[str]:
    found: set[str] = set()
    for part in related:
        whole = by_id.get(part.part_of)
        if whole is not None and part.nesting == "stated":
            counts_others = bool(part.basis and whole.basis) and part.basis != whole.basis
            if counts_others or (part.unit == whole.unit and part.possible[0] > whole.possible[1]):
                found |= {part.id, whole.id}
    counts = [each for each in related if each.cumulative]
    return found | _clashing(counts, lambda each: (*_comparable(each), each.population), _exceeds)


def _exceeds(larger: Side, smaller: Side) -> npt.NDArray[np.bool_]:
    return larger.unnested & (larger.measurand != smaller.measurand) & (larger.low > smaller.high)
