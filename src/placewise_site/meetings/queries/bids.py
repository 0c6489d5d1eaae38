"""The bids of an item with who may score them, and how they were scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from placewise_site.accounts.models import User
from placewise_site.accounts.queries import get_grants
from placewise_site.meetings.models import Bid, BidScore, Item, ScorerDeclaration, ScorerRuling
from placewise_site.meetings.queries.scope import memberships_of
from placewise_site.meetings.rules.aims import AIM_WORDS, Aim
from placewise_site.meetings.rules.bids import Bidder, Capacity, Declared, find_own, find_scoring_refusal, tell
from placewise_site.organisations.queries import get_parents


@dataclass(frozen=True, slots=True)
class Conflict:
    """A scorer whose own bid it is, told by their capacities; ruling: of the chair, None where there is none yet."""

    capacities: str
    own: str
    ruling: ScorerRuling | None


@dataclass(frozen=True, slots=True)
class BidRow:
    """refusal: why the reader does not score it, "" where they do; conflicts: of everybody who declared."""

    bid: Bid
    scores: tuple[tuple[str, BidScore], ...]
    conflicts: tuple[Conflict, ...]
    refusal: str


def get_capacities(person: User) -> tuple[Capacity, ...]:
    """Every role a person holds today, and every seat that is of an organisation."""
    held = [Capacity(each.role.title, each.organisation.code, each.organisation.name) for each in get_grants(person)]
    seats = memberships_of(person).exclude(seat__organisation=None).select_related("seat__organisation", "seat__body")
    for each in seats:
        organisation = each.seat.organisation
        assert organisation is not None
        title = f"{each.seat.title}, {each.seat.body.name}"
        held.append(Capacity(title, organisation.code, organisation.name))
    return tuple(dict.fromkeys(held))


def find_refusal(person: User, bid: Bid) -> str:
    """Why a person does not score a bid; "" where they do."""
    return _find_refusal(person, bid, _get_declared(person, bid.item), _get_rulings([bid]), get_parents())


def find_bids(user: Any, item: Item) -> list[BidRow]:
    """Every bid of an item that this person may read."""
    bids = list(Bid.objects.visible_to(user).filter(item=item).select_related("bidder", "place"))
    if not bids:
        return []
    rulings, parents = _get_rulings(bids), get_parents()
    scorers = {each.person_id: each for each in ScorerDeclaration.objects.filter(item=item).order_by("pk")}
    own = _get_declared(user, item) if user.is_authenticated else None
    return [
        BidRow(
            bid,
            _get_scores(bid),
            tuple(
                Conflict(tell(read_capacities(each)), tell(mine), rulings.get((bid.pk, person)))
                for person, each in scorers.items()
                if (mine := find_own(read_capacities(each), _bidder(bid), parents))
            ),
            _find_refusal(user, bid, own, rulings, parents) if user.is_authenticated else "",
        )
        for bid in bids
    ]


def read_capacities(declared: ScorerDeclaration) -> tuple[Capacity, ...]:
    return tuple(Capacity(*each) for each in declared.capacities)


def _find_refusal(
    person: User,
    bid: Bid,
    declared: ScorerDeclaration | None,
    rulings: dict[tuple[int, int], ScorerRuling],
    parents: dict[str, str],
) -> str:
    """By what they declared and by what they hold today: who took a new role since has it too."""
    said = None
    if declared is not None:
        held = dict.fromkeys((*read_capacities(declared), *get_capacities(person)))
        said = Declared(tuple(held), declared.words_id is not None)
    ruling = rulings.get((bid.pk, person.pk))
    return find_scoring_refusal(said, _bidder(bid), parents, may_score=ruling.may_score if ruling else None)


def _get_declared(person: User, item: Item) -> ScorerDeclaration | None:
    return ScorerDeclaration.objects.filter(item=item, person=person).order_by("pk").last()


def _get_rulings(bids: Sequence[Bid]) -> dict[tuple[int, int], ScorerRuling]:
    """The newest of each bid and person."""
    made = ScorerRuling.objects.filter(bid__in=bids).select_related("words__text", "words__destruction").order_by("pk")
    return {(each.bid_id, each.person_id): each for each in made}


def _get_scores(bid: Bid) -> tuple[tuple[str, BidScore], ...]:
    newest = {(each.by_id, each.aim): each for each in BidScore.objects.filter(bid=bid).order_by("pk")}
    in_order = sorted(newest.values(), key=lambda each: (list(Aim).index(Aim(each.aim)), each.pk))
    return tuple((AIM_WORDS[Aim(each.aim)], each) for each in in_order)


def _bidder(bid: Bid) -> Bidder:
    return Bidder(bid.bidder.code, bid.place.code if bid.place else "")
