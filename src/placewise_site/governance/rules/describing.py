"""Groups by which members may describe themselves, and counts of them in which whoever said nothing is a group too."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

NOT_SAID = "not_said"
YES_OR_NO = ("yes", "no")


def check_description(said: Mapping[str, str], groups: Mapping[str, Sequence[str]]) -> None:
    """Raises ValueError for a characteristic or group that is none of these."""
    for characteristic, group in said.items():
        if group not in groups.get(characteristic, ()):
            raise ValueError(f"{group} is no group of {characteristic}; choose one of the list")


def count_groups(described: Iterable[Mapping[str, str]], characteristic: str, groups: Sequence[str]) -> dict[str, int]:
    """Group -> how many are in it; `not_said` last, so that the counts add up to everybody.

    described: a mapping for each person, empty for who said nothing.
    """
    held = Counter(each.get(characteristic, NOT_SAID) for each in described)
    return {group: held[group] for group in (*groups, NOT_SAID)}
