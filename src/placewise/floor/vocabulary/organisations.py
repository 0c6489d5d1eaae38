"""Organisations and the levels they form: depth and names are the deployment's own; only `practice` is known here."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property

PRACTICE = "practice"
"""The unit of care: the one level every deployment has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One row of a deployment's organisations.csv.

    level: one of the deployment's levels, or "" for an organisation outside them (a trust, a council); kind: practice,
    network, place, system, trust, council, hospice ...; parent: the code of the organisation above, "" for none.
    """

    code: str
    name: str
    kind: str
    level: str
    parent: str
    open_from: date | None
    open_to: date | None
    synthetic: bool
    source: str

    def as_row(self) -> dict[str, object]:
        """The columns of organisations.csv."""
        return {column.name: getattr(self, column.name) for column in fields(self)}


@dataclass(frozen=True)
class Hierarchy:
    """The levels, top first and ending in practice, and who is under whom."""

    levels: tuple[str, ...]
    organisations: Mapping[str, Organisation]

    @property
    def top(self) -> Organisation:
        return self.at(self.levels[0])[0]

    def at(self, level: str) -> list[Organisation]:
        """The organisations of a level, by name."""
        found = (each for each in self.organisations.values() if each.level == level)
        return sorted(found, key=lambda each: (each.name, each.code))

    @cached_property
    def chains(self) -> dict[str, dict[str, str]]:
        """Practice code -> level -> the code it belongs to at that level (itself at practice)."""
        chains = {}
        for practice in self.at(PRACTICE):
            chain, each = {}, practice
            while True:
                chain[each.level] = each.code
                if not each.parent:
                    break
                each = self.organisations[each.parent]
            chains[practice.code] = chain
        return chains
