"""Which areas are compared side by side, and on what: as an address says it, without script."""

from dataclasses import dataclass

from django.http import QueryDict

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.levels import MOST_ROWS

FEW = 12
"""So many areas of a level are compared all together where none is chosen."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """areas: side by side, in the order of the release, but that an area stands before its peers; peers_of: whose
    peers they are, where that was asked; cards: the measures; what: the measure's or programme's slug."""

    level: str
    areas: tuple[Area, ...]
    peers_of: Area | None
    cards: tuple[MeasureCard, ...]
    what: str

    @property
    def query(self) -> dict[str, str]:
        """The choice as an address holds it."""
        chosen = {"level": self.level, "what": self.what}
        if self.peers_of:
            return chosen | {"peers_of": self.peers_of.code}
        return chosen | {"with": ",".join(each.code for each in self.areas)}


def read_chosen(sight: Sight, asked: QueryDict) -> Chosen:
    """Of what is asked, the areas of one level. Raises NotReleased for what the release lacks, and NotAllowed."""
    cards, what = _read_what(sight, asked.get("what", ""))
    peers_of = sight.area(code) if (code := asked.get("peers_of", "")) else None
    named = [sight.area(code) for each in asked.getlist("with") for code in each.split(",") if code]
    level = asked.get("level") or (peers_of.level if peers_of else named[0].level if named else "")
    below = sight.levels[1:] or sight.levels
    if level not in below:
        level = below[0]
    everybody = sight.below(sight.whole, level)
    if peers_of and peers_of.level == level:
        return Chosen(level, (peers_of, *sight.peers(peers_of)), peers_of, cards, what)
    picked = [each for each in everybody if each in named][:MOST_ROWS]
    if not picked and len(everybody) > FEW:
        return Chosen(level, (everybody[0], *sight.peers(everybody[0])), everybody[0], cards, what)
    return Chosen(level, tuple(picked or everybody), None, cards, what)


def _read_what(sight: Sight, asked: str) -> tuple[tuple[MeasureCard, ...], str]:
    """The measure or all of the programme; the first lead measure where nothing is asked."""
    cards = sight.measures()
    if not asked:
        lead = next((card for card in cards if card.lead), cards[0] if cards else None)
        if lead is None:
            raise NotReleased("this release has no measures of its own")
        return (lead,), lead.measure
    if found := tuple(card for card in cards if card.programme == asked):
        return found, asked
    return (sight.measure(asked),), asked
