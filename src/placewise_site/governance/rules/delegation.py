"""Who decides what, where, up to which amount and until when: each function has one decider in each place on a day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One row of the scheme of delegation. place: an organisation's code, None for every place; limit in pounds."""

    function: str
    place: str | None
    decider: str
    limit: int | None = None
    above: str = ""
    starts: date
    expires: date | None = None

    def holds(self, place: str, on: date) -> bool:
        return self.place in (None, place) and self.starts <= on and (self.expires is None or on <= self.expires)


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody decides a function in a place. ended: the last day on which somebody did, None where nobody ever did."""

    function: str
    place: str
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """More than one body decides a function in a place."""

    function: str
    place: str
    deciders: tuple[str, ...]


class NotDelegated(ValueError):
    """There is not one decider, or the amount is above what it may decide."""


def find_powers(powers: Iterable[Power], function: str, place: str, on: date) -> list[Power]:
    return [each for each in powers if each.function == function and each.holds(place, on)]


def find_decider(powers: Collection[Power], function: str, place: str, on: date) -> Power | Gap | Overlap:
    """The one power, or what is wrong instead."""
    found = find_powers(powers, function, place, on)
    if len(found) == 1:
        return found[0]
    if found:
        return Overlap(function, place, tuple(sorted(each.decider for each in found)))
    over = [
        each.expires
        for each in powers
        if each.function == function and each.place in (None, place) and each.expires and each.expires < on
    ]
    return Gap(function, place, max(over, default=None))


def find_gaps(powers: Collection[Power], functions: Iterable[str], places: Collection[str], on: date) -> list[Gap]:
    found = (find_decider(powers, function, place, on) for function in functions for place in places)
    return [each for each in found if isinstance(each, Gap)]


def find_overlaps(
    powers: Collection[Power], functions: Iterable[str], places: Collection[str], on: date
) -> list[Overlap]:
    found = (find_decider(powers, function, place, on) for function in functions for place in places)
    return [each for each in found if isinstance(each, Overlap)]


def check_amount(power: Power, pounds: int) -> None:
    """Raises NotDelegated where the amount is above the limit, with who decides above it."""
    if power.limit is not None and pounds > power.limit:
        remedy = f"put it to {power.above}" if power.above else "ask whoever delegated the power"
        raise NotDelegated(
            f"£{pounds:,} is above the limit of £{power.limit:,} up to which {power.decider} decides {power.function}; "
            f"{remedy}"
        )
