"""How Placewise says that something is wrong: one sentence with the file, the line or row, the fault and the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass


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


def refuse(file: object, fault: str, remedy: str, line: int | None = None) -> FaultsFound:
    """The exception for a single fault: `raise refuse(path, "it is cut short", "send it again")`."""
    return FaultsFound([Fault(str(file), line, fault, remedy)])
