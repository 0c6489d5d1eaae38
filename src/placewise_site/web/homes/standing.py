"""Where an area stands on a measure beside the whole system, without calling chance good or bad."""

from dataclasses import dataclass

from placewise_site.evidence.beside import get_beside
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.sight import Area, MeasureCard, Sight

NEITHER = "neither"


def missing_out(better: str, numerator: int, denominator: int) -> int | None:
    """How many people a measure misses: those without the good thing, or those with the bad one."""
    if better == NEITHER:
        return None
    return denominator - numerator if better == "higher" else numerator


@dataclass(frozen=True, slots=True)
class Standing:
    """One area or group on one measure. cell: its own figures; whole: those it is compared with."""

    measure: str
    title: str
    better: str  # higher, lower or neither
    cell: Cell
    whole: Cell

    @property
    def missing_out(self) -> int | None:
        """None where no people are counted: a pathway that misses a target is not a person who does."""
        scale = self.cell.scale
        if self.cell.numerator is None or self.cell.denominator is None or not (scale.is_share and scale.of_people):
            return None
        return missing_out(self.better, self.cell.numerator, self.cell.denominator)

    @property
    def is_worse(self) -> bool:
        """Worse than the whole by more than chance: the whole lies beyond the 95% interval, on the good side.

        Of a month that is not complete yet nothing is concluded.
        """
        return self._lies("below") if self.better == "higher" else self.better == "lower" and self._lies("above")

    @property
    def verdict(self) -> str:
        """The word of the page of all measures; empty where one of the two is not shown."""
        if not (self.cell.is_shown and self.whole.is_shown):
            return ""
        return str(get_beside(self.better, [self.cell], self.whole)[0]).capitalize()

    def _lies(self, side: str) -> bool:
        if not self.cell.settled or self.whole.value is None or self.cell.upper is None or self.cell.lower is None:
            return False
        return self.cell.upper < self.whole.value if side == "below" else self.cell.lower > self.whole.value


def standings_of(sight: Sight, area: Area, *, only_lead: bool = False) -> list[Standing]:
    """The area on every measure, lead measures first."""
    cards = sorted(sight.measures(), key=lambda card: not card.lead)
    return [
        _standing(card, sight.latest(card.measure, area.code), _whole(sight, card))
        for card in cards
        if card.lead or not only_lead
    ]


def standings_within(sight: Sight, area: Area, level: str) -> list[Standing]:
    """Every area of a level within an area, on every measure that has a better and a worse, most missing out first."""
    return most_missing_first(
        [
            _standing(card, cell, whole)
            for card in judged(sight)
            for whole in [_whole(sight, card)]
            for cell in sight.at_level(card.measure, area.code, level)
        ]
    )


def worse_off_groups(sight: Sight, area: Area) -> list[Standing]:
    """The groups of people within an area that fare worse on a measure than everybody there, beyond chance."""
    found = [
        _standing(card, cell, whole)
        for card in judged(sight)
        for whole in [sight.latest(card.measure, area.code)]
        for split in sight.splits(card.measure, area)
        for cell in sight.groups(card.measure, area.code, split)
    ]
    return most_missing_first([each for each in found if each.is_worse])


def judged(sight: Sight) -> list[MeasureCard]:
    """The measures of which more or less is better. How common a condition is says nothing about its care."""
    return [card for card in sight.measures() if card.better != NEITHER]


def _standing(card: MeasureCard, cell: Cell, whole: Cell) -> Standing:
    return Standing(card.measure, card.title, card.better, cell, whole)


def _whole(sight: Sight, card: MeasureCard) -> Cell:
    return sight.latest(card.measure, sight.whole.code)


def most_missing_first(standings: list[Standing]) -> list[Standing]:
    return sorted(standings, key=lambda each: (each.missing_out is None, -(each.missing_out or 0)))
