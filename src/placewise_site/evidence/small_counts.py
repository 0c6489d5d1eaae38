"""Counts of the site's own rows, hidden and rounded by the same rule as those of a release, and the groups both use."""

from collections.abc import Sequence

from placewise.floor.vocabulary.people import AGE_BANDS, ETHNIC_GROUPS, SEXES, TITLES
from placewise.publishing.disclosure import get_rounded
from placewise_site.evidence.deployment import get_deployment

NOT_RECORDED = "not_recorded"
ADULT_AGE_BANDS = tuple(each for each in AGE_BANDS if each != "0-17")
RECORDED_SEXES = tuple(each for each in SEXES if each != NOT_RECORDED)
RECORDED_ETHNIC_GROUPS = tuple(each for each in ETHNIC_GROUPS if each != NOT_RECORDED)


def get_group_title(group: str) -> str:
    return TITLES.get(group, group)


def is_small(count: int) -> bool:
    """Too small to be told; nobody is not small."""
    return get_rounded(count, get_deployment().disclosure) is None


def tell_whole(count: int) -> int | None:
    """Rounded, or None where it is small."""
    return get_rounded(count, get_deployment().disclosure)


def tell_parts(counts: Sequence[int]) -> list[int | None]:
    """The parts of one whole, each rounded or None. What is hidden is small in no sum a reader could take from the
    whole: while it would be, the smallest part still told is hidden too."""
    rule = get_deployment().disclosure
    told = [get_rounded(each, rule) for each in counts]
    while is_small(sum(count for count, shown in zip(counts, told, strict=True) if shown is None)):
        shown = [(count, place) for place, count in enumerate(counts) if told[place]]
        if not shown:
            break
        told[min(shown)[1]] = None
    return told
