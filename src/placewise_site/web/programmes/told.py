"""What a programme's file says and where its measures stand, from the release in force; of its lists the rule alone."""

from dataclasses import dataclass
from datetime import date

from placewise_site.care.queries import ListCard
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.scale import scale_of
from placewise_site.evidence.sight import MeasureCard, SeriesCard, Sight
from placewise_site.web.figures.ambition import Ambition, read_ambition
from placewise_site.web.homes.standing import NEITHER, Standing


@dataclass(frozen=True, slots=True)
class Programme:
    """cards: of its measures, the leading one first; series: of published figures that it rests on; lists: its call
    lists, of which the rule is no secret."""

    slug: str
    cards: tuple[MeasureCard, ...]
    series: tuple[SeriesCard, ...]
    lists: tuple[ListCard, ...]

    @property
    def lead(self) -> MeasureCard | SeriesCard:
        """What the programme says of itself is the same on each of its cards."""
        return self.cards[0] if self.cards else self.series[0]

    @property
    def steps(self) -> tuple[MeasureCard, ...]:
        """The measures that people pass through, in their order."""
        return tuple(sorted((card for card in self.cards if card.step), key=lambda card: card.step))

    def is_overdue(self, today: date) -> bool:
        """False of a release from before programmes of series alone told it."""
        return bool(self.lead.next_review) and date.fromisoformat(self.lead.next_review) < today


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure with its newest figure of the whole system and what the programme wants to reach."""

    card: MeasureCard
    latest: Cell
    ambition: Ambition | None


def find_programmes(sight: Sight, lists: list[ListCard]) -> list[Programme]:
    """Those of the release, by title: also those that rest on published series alone."""
    cards = sorted(sight.measures(), key=lambda card: (card.programme_title, card.programme, not card.lead))
    series = sorted(sight.series(), key=lambda card: (card.programme_title, card.programme, not card.lead))
    titles = {card.programme: card.programme_title for card in cards}
    titles |= {card.programme: card.programme_title for card in series}
    return [
        Programme(
            slug,
            tuple(card for card in cards if card.programme == slug),
            tuple(card for card in series if card.programme == slug),
            tuple(each for each in lists if each.programme == slug),
        )
        for slug in sorted(titles, key=lambda slug: (titles[slug], slug))
    ]


def measure_all(sight: Sight, programme: Programme) -> list[Measured]:
    return [
        Measured(card, sight.latest(card.measure, sight.whole.code), read_ambition(card.ambition, scale_of(card)))
        for card in programme.cards
    ]


def standings_for(sight: Sight, card: MeasureCard, cells: list[Cell]) -> list[Standing]:
    """How many people a measure misses in each of some areas, rounded as released."""
    whole = sight.latest(card.measure, sight.whole.code)
    return [Standing(card.measure, card.title, card.better, cell, whole) for cell in cells]


def find_listed_measures(sight: Sight, lists: list[ListCard]) -> list[tuple[ListCard, MeasureCard]]:
    """The lists of measures that the release shows and of which more or less is better."""
    cards = {card.measure: card for card in sight.measures() if card.better != NEITHER}
    return [(each, cards[each.measure]) for each in lists if each.measure in cards]
