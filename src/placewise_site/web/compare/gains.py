"""Biggest opportunities first: the measures of an area by how many of its people would gain."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from placewise_site.care.queries import ListCard
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.gains import Gain, get_best_level, get_gain
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.figures.ambition import read_ambition
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import count_words, month_words, percent_words

LEVELS = {"peers": "Best quarter of its peers", "whole": "Whole system", "ambition": "Programme's ambition"}
"""What a measure may reach, in the order in which opportunities are ranked unless another is asked for."""

NO_LEVEL = {"peers": "too few peers are shown", "whole": "not compared", "ambition": "none stated"}


@dataclass(frozen=True, slots=True)
class Opportunity:
    """gains: by what is to be reached; lists: the call lists of the people concerned."""

    card: MeasureCard
    cell: Cell
    gains: Mapping[str, Gain | None]
    lists: tuple[ListCard, ...] = ()

    def people(self, to: str) -> int:
        """0 where nobody, or too few to tell, would gain."""
        gain = self.gains[to]
        return (gain.people or 0) if gain else 0

    @property
    def most(self) -> tuple[str, int]:
        """What would bring most people the better, and how many."""
        to = max(self.gains, key=self.people)
        return to, self.people(to)


def find_opportunities(sight: Sight, area: Area, lists: Sequence[ListCard] = ()) -> list[Opportunity]:
    """Of every share of people with a better direction that is shown, most people first; peers before the system."""
    least, step = (int(sight.manifest.disclosure[name]) for name in ("suppress_below", "round_to"))
    found = []
    for card in sight.measures():
        month = sight.release.months[-1 - card.settles_after]
        with suppress(NotReleased):
            cells = {each.area: each for each in sight.at_level(card.measure, sight.whole.code, area.level, month)}
            whole = sight.at_level(card.measure, sight.whole.code, sight.whole.level, month)[0]
            if area.code not in cells or not whole.scale.of_people:
                continue
            peers = [cells[each.code] for each in sight.peers(area) if each.code in cells]
            ambition = read_ambition(card.ambition)
            levels = {
                "peers": get_best_level(peers, card.better),
                "whole": whole.value if area != sight.whole else None,
                "ambition": ambition.value if ambition else None,
            }
            cell = cells[area.code]
            gains = {to: get_gain(cell, card.better, level, least, step) for to, level in levels.items()}
            if any(gains.values()):
                mine = tuple(each for each in lists if each.measure == card.measure)
                found.append(Opportunity(card, cell, gains, mine))
    return sorted(found, key=lambda each: (-each.people("peers"), -each.people("whole"), -each.people("ambition")))


def most_to_gain(sight: Sight | None, code: str, lists: Sequence[ListCard] = (), most: int = 3) -> list[Opportunity]:
    """The first few of an area, by what would bring most people the better; none of an area that has no figure."""
    if sight is None or code not in sight.areas or sight.manifest.last_month is None:
        return []
    found = find_opportunities(sight, sight.areas[code], lists)
    return sorted((each for each in found if each.most[1]), key=lambda each: -each.most[1])[:most]


def gain_words(gain: Gain, least: int) -> str:
    """About 120 (75 to 165), to 81.3%: one gain as a table writes it."""
    to = percent_words(gain.level)
    if gain.is_reached:
        return f"reached ({to})"
    if gain.people is None:
        return f"fewer than {least}, to {to}"
    return f"about {count_words(gain.people)} ({count_words(gain.lower)} to {count_words(gain.upper)}), to {to}"


def opportunity_table(found: Sequence[Opportunity], least: int) -> Table:
    """A row an opportunity; each column of people is sorted by its number."""
    columns = (
        Column("measure", "Measure"),
        Column("month", "Month"),
        Column("here", "Here", is_number=True),
        Column("of", "Out of", is_number=True),
        *(Column(to, f"People who would gain: {title.lower()}", is_number=True) for to, title in LEVELS.items()),
    )
    return Table(columns, tuple(_row(each, least) for each in found))


def _row(each: Opportunity, least: int) -> Row:
    gains = (_entry(each.gains[to], NO_LEVEL[to], least) for to in LEVELS)
    month = month_words(each.cell.month)
    entries = (
        words_entry(each.card.title),
        Entry(month, month, each.cell.month.isoformat()),
        number_entry(percent_words(each.cell.value), each.cell.value, address=each.cell.address),
        number_entry(count_words(each.cell.denominator), each.cell.denominator),
        *gains,
    )
    return Row(each.card.title, entries, {"opportunity": each})


def _entry(gain: Gain | None, missing: str, least: int) -> Entry:
    words = gain_words(gain, least) if gain else missing
    return Entry(words, words, gain.people if gain else None)
