"""Whether a board's plan shows regard to the strategy: each item serves an aim of the one in force, or says why not.

An integrated care board must have regard to the strategy of its partnership (Local Government and Public Involvement in
Health Act 2007, sections 116ZB and 116B).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Gap(StrEnum):
    """Why an item shows no regard. The slugs are permanent."""

    NOTHING_SAID = "nothing_said"
    EARLIER_STRATEGY = "earlier_strategy"


GAP_WORDS = {
    Gap.NOTHING_SAID: "It names no aim of the strategy and does not say why not",
    Gap.EARLIER_STRATEGY: "It names only aims of an earlier strategy",
}


@dataclass(frozen=True, slots=True)
class Regard:
    """What an item says: the keys of the aims it serves, of any strategy; reason: why it serves none, or ""."""

    aims: frozenset[int]
    reason: str


def find_gap(said: Regard, in_force: Collection[int]) -> Gap | None:
    """in_force: the keys of the aims of the strategy in force."""
    if said.reason or not said.aims.isdisjoint(in_force):
        return None
    return Gap.EARLIER_STRATEGY if said.aims else Gap.NOTHING_SAID


def find_unserved(in_force: Collection[int], items: Mapping[int, Regard]) -> list[int]:
    """The aims of the strategy in force that no item of the plan serves, in their order."""
    served = frozenset[int]().union(*(each.aims for each in items.values()))
    return [aim for aim in in_force if aim not in served]
