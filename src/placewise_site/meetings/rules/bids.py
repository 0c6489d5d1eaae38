"""Who may score a bid: whoever has said what they hold, and neither the bid of their own place nor of their own
organisation, unless the chair rules so. In partnerships people hold roles in two capacities; both count."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capacity:
    """As what somebody works here: role, in words, at an organisation (its code and name)."""

    role: str
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.role}, {self.name}"


@dataclass(frozen=True, slots=True)
class Bidder:
    """code: of the organisation that bids; place: of the place it bids for, "" for none."""

    code: str
    place: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What a scorer said of one item. has_interest: in any of its bids, besides the capacities."""

    capacities: tuple[Capacity, ...]
    has_interest: bool


def find_own(capacities: Iterable[Capacity], bidder: Bidder, parents: Mapping[str, str]) -> list[Capacity]:
    """The capacities in which a bid is somebody's own: of the bidder, its place, or the place that it is for.

    parents: code -> code of the organisation above, "" at the top. Who works for the whole system works for no place.
    """
    theirs = set(_iter_own(bidder.code, parents)) | set(_iter_own(bidder.place, parents))
    return [each for each in capacities if not theirs.isdisjoint(_iter_own(each.code, parents))]


def find_scoring_refusal(
    declared: Declared | None, bidder: Bidder, parents: Mapping[str, str], *, may_score: bool | None
) -> str:
    """Why somebody does not score a bid, a sentence with the remedy; "" where they do.

    declared: None where they said nothing; may_score: the chair's ruling, None where there is none.
    """
    if declared is None:
        return "Before you score a bid, say which interests you hold in it, or that you hold none."
    if may_score:
        return ""
    if may_score is False:
        return "The chair has ruled that you do not score this bid. Leave it to somebody else."
    own = find_own(declared.capacities, bidder, parents)
    if own:
        return (
            f"This is a conflict of interest: the bid is of your own place or organisation ({tell(own)}). "
            "Leave it to somebody else, or ask the chair to rule."
        )
    if declared.has_interest:
        return "You declared an interest in these bids. Leave them to somebody else, or ask the chair to rule."
    return ""


def tell(capacities: Sequence[Capacity]) -> str:
    return "; ".join(str(each) for each in capacities)


def _iter_own(code: str, parents: Mapping[str, str]) -> Iterator[str]:
    """An organisation and those above it, but for the one at the top, which everybody belongs to."""
    if code:
        yield code
    above = parents.get(code, "")
    while above and parents.get(above):
        yield above
        above = parents[above]
