"""May this body decide this, on this day, for this much? By the scheme of delegation, never by custom."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from placewise_site.governance.rules.delegation import Gap, Overlap, Power, find_decider
from placewise_site.meetings.rules.objections import Objection, Slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a body is asked to decide. amount: whole pounds, None where no money is asked for; places: codes."""

    body: str
    function: str
    title: str
    places: tuple[str, ...]
    amount: int | None = None
    open_from: date | None = None
    open_to: date | None = None


def find_power_objections(
    asked: Asked, powers: Collection[Power], names: Mapping[str, str], on: date
) -> Iterator[Objection]:
    """powers: the scheme of delegation; names: of bodies, by slug. What holds in several places is said once."""
    if not (asked.open_from or on) <= on <= (asked.open_to or on):
        yield Objection(
            Slug.BODY_NOT_OPEN,
            f"{names[asked.body]} does not sit on {_day(on)}.",
            "Put it to the body that has taken over its functions.",
            asked.body,
        )
        return
    found = (_find_objection(asked, find_decider(powers, asked.function, place, on), names) for place in asked.places)
    yield from dict.fromkeys(each for each in found if each is not None)


def _find_objection(asked: Asked, found: Power | Gap | Overlap, names: Mapping[str, str]) -> Objection | None:
    here = names[asked.body]
    if isinstance(found, Gap):
        ended = f" since {_day(found.ended)}" if found.ended else ""
        return Objection(
            Slug.NO_DECIDER,
            f"Nobody decides “{asked.title}” in every place that this concerns{ended}.",
            "Have the scheme of delegation name one decider for it, then decide.",
            asked.function,
        )
    if isinstance(found, Overlap):
        deciders = " and ".join(names[each] for each in found.deciders)
        return Objection(
            Slug.SEVERAL_DECIDERS,
            f"More than one body decides “{asked.title}”: {deciders}.",
            "Have the scheme of delegation name one decider for it, then decide.",
            asked.function,
        )
    if found.decider != asked.body:
        decider = names[found.decider]
        return Objection(
            Slug.OUTSIDE_REMIT,
            f"“{asked.title}” is not for {here} to decide.",
            f"Put it to {decider}, which decides it.",
            found.decider,
        )
    if is_over(asked.amount, found.limit):
        above = names[found.above] if found.above else "whoever delegated the power"
        return Objection(
            Slug.OVER_LIMIT,
            f"{pounds(asked.amount)} is above the limit up to which {here} decides this, {pounds(found.limit)}.",
            f"Put it to {above}, or ask for no more than the limit.",
            asked.body,
        )
    return None


def is_over(amount: int | None, limit: int | None) -> bool:
    return amount is not None and limit is not None and amount > limit


def pounds(amount: int | None) -> str:
    return "no amount" if amount is None else f"£{amount:,}"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
