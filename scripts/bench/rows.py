"""What the benchmark tells: a row for each goal, and what was measured on the way to them."""

from dataclasses import dataclass

from bench.measuring import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure against its goal. at_least: the figure may be higher than the goal, else it may be lower."""

    name: str
    figure: float
    unit: str
    goal: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.figure >= self.goal if self.at_least else self.figure <= self.goal


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One piece of work: how long it took and how much memory. told: what a reader must know of it."""

    name: str
    measured: Measured
    told: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Of one part of the benchmark. skipped: why it did not run, or nothing."""

    rows: tuple[Row, ...] = ()
    runs: tuple[Run, ...] = ()
    skipped: str = ""
