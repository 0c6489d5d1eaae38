"""Money of one system in one financial year, in whole pounds: what adds up, and who bears an overspend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

WHOLE = 10_000
"""All shares of a risk together, in hundredths of a percent."""
APRIL = 4


@dataclass(frozen=True, slots=True)
class Money:
    """What one organisation receives and spends in the year, in pounds."""

    income: int
    spending: int

    @property
    def balance(self) -> int:
        """Below nothing for a deficit."""
        return self.income - self.spending

    def __add__(self, other: "Money") -> "Money":
        return Money(self.income + other.income, self.spending + other.spending)


@dataclass(frozen=True, slots=True)
class Borne:
    """own: how much worse an organisation's balance is than planned; bears: its part of what all overspend together.

    pays: what it hands to the others, below nothing for what it is handed. All of them together come to nothing.
    """

    own: int
    bears: int

    @property
    def pays(self) -> int:
        return self.bears - self.own


def add_up(held: Iterable[Money]) -> Money:
    return sum(held, Money(0, 0))


def get_year(starts_in: int) -> str:
    """2026 -> 2026/27."""
    return f"{starts_in}/{(starts_in + 1) % 100:02}"


def get_months(starts_in: int) -> list[date]:
    """The first days of the twelve months, from April."""
    return [date(starts_in + month // 12, month % 12 + 1, 1) for month in range(APRIL - 1, APRIL + 11)]


def find_entry_refusals(envelope: int, parts: Mapping[str, Money], shares: Mapping[str, int]) -> list[str]:
    """Why a system plan is not entered, a sentence each. parts: organisation -> what the system plans for it.

    Every pound of the envelope is some organisation's income, and the shares of the risk are the whole of it.
    """
    refusals = []
    income = add_up(parts.values()).income
    if income != envelope:
        told = ", ".join(f"{name} {pounds(money.income)}" for name, money in parts.items())
        refusals.append(
            f"The organisations' parts come to {pounds(income)}, {_apart(income, envelope)} the envelope of "
            f"{pounds(envelope)}: {told}. Correct a part or the envelope."
        )
    if sum(shares.values()) != WHOLE:
        told = ", ".join(f"{name} {percent(share)}" for name, share in shares.items())
        refusals.append(f"The shares of the risk come to {percent(sum(shares.values()))}, not 100%: {told}.")
    return refusals


def find_closing_refusals(parts: Mapping[str, Money], plans: Mapping[str, Money]) -> list[str]:
    """Why a system plan is not closed: the difference in all, then each organisation's, a sentence each.

    parts: organisation -> what the system plans for it; plans: organisation -> its own plan, where it entered one.
    An organisation that lies too high does not make up for one that lies too low.
    """
    refusals = [f"{name} has not entered its plan yet." for name in parts if name not in plans]
    if refusals:
        return refusals
    whole, all_plans = add_up(parts.values()), add_up(plans[name] for name in parts)
    for word, planned, entered in (
        ("income", whole.income, all_plans.income),
        ("spending", whole.spending, all_plans.spending),
    ):
        if planned != entered:
            refusals.append(
                f"The organisations' {word} comes to {pounds(entered)}, {_apart(entered, planned)} the system plan's "
                f"{pounds(planned)}."
            )
    for name, part in parts.items():
        for word, planned, entered in (
            ("income", part.income, plans[name].income),
            ("spending", part.spending, plans[name].spending),
        ):
            if planned != entered:
                refusals.append(f"{name}: {word} {pounds(entered)}, {_apart(entered, planned)} its part.")
    return refusals


def share_out(total: int, shares: Mapping[str, int]) -> dict[str, int]:
    """A whole number of pounds, from nothing up, in proportion to the shares, by largest remainder: the parts add up to
    it. Of equal remainders the bigger share comes first, then the name. Raises ValueError for no share at all."""
    if total < 0 or sum(shares.values()) <= 0:
        raise ValueError("there is nothing to share, or nobody to share it")
    whole = sum(shares.values())
    parts = {name: total * share // whole for name, share in shares.items()}
    in_turn = sorted(shares, key=lambda name: (-(total * shares[name] % whole), -shares[name], name))
    for name in in_turn[: total - sum(parts.values())]:
        parts[name] += 1
    return parts


def share_overspend(
    plans: Mapping[str, Money], forecasts: Mapping[str, Money], shares: Mapping[str, int]
) -> dict[str, Borne]:
    """Who bears what, where the balance of all together is worse than planned; empty where it is not.

    One organisation's overspend that another makes up for is nobody's to share.
    """
    own = {name: plans[name].balance - forecasts[name].balance for name in shares}
    overspend = sum(own.values())
    if overspend <= 0:
        return {}
    borne = share_out(overspend, shares)
    return {name: Borne(own[name], borne[name]) for name in shares}


def pounds(amount: int) -> str:
    return f"{'−' if amount < 0 else ''}£{abs(amount):,}"


def percent(share: int) -> str:
    """Hundredths of a percent, written without noughts that say nothing."""
    return f"{share / 100:.2f}".rstrip("0").rstrip(".") + "%"


def _apart(entered: int, planned: int) -> str:
    return f"{pounds(abs(entered - planned))} {'more' if entered > planned else 'less'} than"
