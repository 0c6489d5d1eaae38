"""What the members of a body know together, what is missing, and which gap would open if one of them left."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

M = TypeVar("M", bound=Hashable)


def find_skill_gaps(needed: Mapping[str, int], held: Mapping[M, Collection[str]]) -> dict[str, int]:
    """How many members are missing of each skill that the body needs; only skills of which some are.

    needed: skill -> how many members should have it; held: member -> their skills.
    """
    known = Counter(skill for skills in held.values() for skill in set(skills))
    return {skill: number - known[skill] for skill, number in needed.items() if known[skill] < number}


def find_gaps_opened(needed: Mapping[str, int], held: Mapping[M, Collection[str]], leaver: M) -> dict[str, int]:
    """How many more would be missing of each skill if one member left."""
    before = find_skill_gaps(needed, held)
    after = find_skill_gaps(needed, {member: skills for member, skills in held.items() if member != leaver})
    return {skill: missing - before.get(skill, 0) for skill, missing in after.items() if missing > before.get(skill, 0)}
