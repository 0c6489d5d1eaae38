"""How Placewise says that something is wrong: one sentence with the file, the line or row, the fault and the remedy."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake in something a person gave us.

    file: the file as the person knows it; line: its line (or data row) from 1, or None for the whole file;
    fault: what is wrong, and remedy: what to do, each a clause without a full stop.
    """

    file: str
    line: int | None
    fault: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.fault}; {self.remedy}."


class FaultsFound(Exception):
    """The work stops because of these faults. Nothing was half done: the last good state still stands."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type["FaultsFound"], tuple[tuple[Fault, ...]]]:
        """It may be found in another process, and must reach the user as it is."""
        return FaultsFound, (self.faults,)


def refuse(file: object, fault: str, remedy: str, line: int | None = None) -> FaultsFound:
    """The exception for a single fault: `raise refuse(path, "it is cut short", "send it again")`."""
    return FaultsFound([Fault(str(file), line, fault, remedy)])


SHOWN = 12
"""As many names are told in one sentence."""


def nearest(word: str, known: Collection[str], otherwise: str = "") -> str:
    """The remedy for a name that is not known: the known one most like it; else `otherwise`, or those there are."""
    if close := get_close_matches(word, sorted(known), n=1, cutoff=0.6):
        return f"did you mean `{close[0]}`"
    return otherwise or (f"use one of {listed(known)}" if known else "remove it")


def listed(names: Collection[str]) -> str:
    """The first of the names in alphabetical order, with dots for the rest."""
    shown = sorted(names)[:SHOWN]
    return ", ".join(shown) + (" ..." if len(names) > len(shown) else "")
