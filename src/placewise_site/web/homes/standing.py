"""Where an area stands on a measure beside the whole system, without calling chance good or bad."""

from dataclasses import dataclass

from placewise_site.evidence.cells import Cell
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, Sight


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
        """How many people the measure misses: those without the good thing, or those with the bad one."""
        if not self.cell.is_shown or self.better == "neither":
            return None
        assert self.cell.numerator is not None and self.cell.denominator is not None
        return self.cell.denominator - self.cell.numerator if self.better == "higher" else self.cell.numerator

    @property
    def is_worse(self) -> bool:
        """Worse than the whole by more than chance: the whole lies beyond the 95% interval, on the good side."""
        return self._lies("below") if self.better == "higher" else self.better == "lower" and self._lies("above")

    @property
    def verdict(self) -> str:
        if not (self.cell.is_shown and self.whole.is_shown):
            return ""
        below, above = self._lies("below"), self._lies("above")
        if not (below or above):
            return "No clear difference"
        if self.better == "neither":
            return "Lower" if below else "Higher"
        return "Worse" if self.is_worse else "Better"

    def _lies(self, side: str) -> bool:
        if self.whole.value is None or self.cell.upper is None or self.cell.lower is None:
            return False
        return self.cell.upper < self.whole.value if side == "below" else self.cell.lower > self.whole.value


def standings_of(sight: Sight, area: Area) -> list[Standing]:
    """The area on every measure, lead measures first."""
    cards = sorted(sight.measures(), key=lambda card: not card.lead)
    whole = sight.whole.code
    return [
        Standing(
            card.measure,
            card.title,
            card.better,
            sight.latest(card.measure, area.code),
            sight.latest(card.measure, whole),
        )
        for card in cards
    ]


def standings_within(sight: Sight, area: Area, level: str) -> list[Standing]:
    """Every area of a level within an area on every lead measure, the most people missing out first."""
    found = [
        Standing(card.measure, card.title, card.better, cell, sight.latest(card.measure, sight.whole.code))
        for card in sight.measures()
        if card.lead
        for cell in sight.at_level(card.measure, area.code, level)
    ]
    return most_missing_first(found)


def worse_off_groups(sight: Sight, area: Area) -> list[Standing]:
    """The groups of people within an area that fare worse on a lead measure than everybody there, beyond chance."""
    found = []
    for card in sight.measures():
        if not card.lead:
            continue
        whole = sight.latest(card.measure, area.code)
        for split in sight.splits(card.measure, area):
            try:
                cells = sight.groups(card.measure, area.code, split)
            except NotReleased:
                continue
            found += [Standing(card.measure, card.title, card.better, cell, whole) for cell in cells]
    return most_missing_first([each for each in found if each.is_worse])


def most_missing_first(standings: list[Standing]) -> list[Standing]:
    return sorted(standings, key=lambda each: (each.missing_out is None, -(each.missing_out or 0)))
