"""What impact hands on: events for so many people treated, benefit beside harm, each with its horizon and source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events of one kind among the people treated: not rounded, so that groups of people may be added up first."""

    measure: str
    event: str
    effect: str  # prevents or causes
    number: float
    fewest: float | None  # as the source's range has it; None where it states none
    most: float | None
    one_in: float
    horizon: str  # 12 months, or `not stated`
    population: str
    kind: str  # claimed, observed, trial, modelled
    source: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """Events prevented less events caused: a range only, since the two are not equal events. Not rounded."""

    low: float
    high: float
    horizon: str
    readings: tuple[tuple[str, float], ...]  # title -> events fewer
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What treating so many people does. Of groups of people, never of one."""

    measure: str
    people: int
    people_are: str
    prevented: tuple[Events, ...]
    caused: tuple[Events, ...]
    net: Net | None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source once, in the order in which its number is told."""
        told = [each.source for each in (*self.prevented, *self.caused)]
        return tuple(dict.fromkeys([*told, *(self.net.sources if self.net else ())]))
