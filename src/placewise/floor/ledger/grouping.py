"""Claims by what they share, in the order of the ledger."""

from collections.abc import Callable, Collection, Sequence

from placewise.floor.ledger.claim import StatedClaim


def group_by(claims: Sequence[StatedClaim], key: Callable[[StatedClaim], str]) -> list[tuple[str, list[StatedClaim]]]:
    """Those without a key are left out; groups come in the order of their first claim."""
    groups: dict[str, list[StatedClaim]] = {}
    for each in claims:
        if name := key(each):
            groups.setdefault(name, []).append(each)
    return list(groups.items())


def gather(claims: Sequence[StatedClaim], chosen: Collection[str]) -> tuple[str, ...]:
    """The chosen ids in the order of the claims."""
    return tuple(each.id for each in claims if each.id in chosen)
