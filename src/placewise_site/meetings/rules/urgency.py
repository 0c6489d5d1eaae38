"""The urgent route: the named seats sign together, within stated powers, and the next meeting is told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from placewise_site.meetings.rules.objections import Objection, Slug
from placewise_site.meetings.rules.powers import is_over, pounds


@dataclass(frozen=True, slots=True)
class UrgentPower:
    """What may be decided between meetings. signed_by: seats that must all sign; limit: pounds, None for no limit."""

    signed_by: tuple[str, ...]
    limit: int | None


def find_urgency_objections(
    power: UrgentPower | None, amount: int | None, signed: Collection[str]
) -> Iterator[Objection]:
    """signed: the seats whose holders have signed."""
    if power is None:
        yield Objection(
            Slug.NO_URGENT_POWER,
            "No rule lets anybody decide for this body between its meetings.",
            "Call a meeting of the body.",
        )
        return
    if is_over(amount, power.limit):
        yield Objection(
            Slug.OVER_LIMIT,
            f"{pounds(amount)} is above what may be decided between meetings, {pounds(power.limit)}.",
            "Call a meeting of the body.",
        )
    if missing := [each for each in power.signed_by if each not in signed]:
        names = " and ".join(each.replace("_", " ") for each in missing)
        yield Objection(Slug.NOT_SIGNED, f"The {names} has not signed.", f"Have the {names} sign, then decide.")


def is_missed(decided: date, reported: date | None, meetings_held: Collection[date]) -> bool:
    """Whether a meeting was held after an urgent decision and the decision was not reported to the first of them."""
    first = min((each for each in meetings_held if each > decided), default=None)
    return first is not None and (reported is None or reported > first)
