"""The tartan rug: every measure in every area of a level, each in one word beside the whole system, with its figure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from placewise_site.evidence.beside import Beside, get_beside
from placewise_site.evidence.cells import Cell
from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Area, MeasureCard, Sight
from placewise_site.web.figures.table import Column, Row, Table, number_entry, words_entry
from placewise_site.web.figures.wording import (
    BETTER_WORDS,
    count_words,
    month_words,
    unit_words,
    value_number,
    value_words,
)


@dataclass(frozen=True, slots=True)
class Patch:
    """One cell of the rug. cell: None where the area never reported the measure."""

    area: Area
    cell: Cell | None
    word: Beside

    @property
    def figure(self) -> str:
        return value_words(self.cell.value, self.cell.scale) if self.cell else ""

    @property
    def kind(self) -> str:
        """The word as a class of the style sheet."""
        return self.word.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Thread:
    """One measure across areas, at its newest month that is complete."""

    card: MeasureCard
    month: str
    whole: Cell
    patches: tuple[Patch, ...]

    @property
    def whole_figure(self) -> str:
        return value_words(self.whole.value, self.whole.scale) or self.whole.state


@dataclass(frozen=True, slots=True)
class Rug:
    """areas: those of every thread's patches, in their order; threads: by programme, as the release lists measures."""

    areas: tuple[Area, ...]
    threads: tuple[Thread, ...]

    @property
    def programmes(self) -> list[tuple[str, list[Thread]]]:
        return [(title, list(each)) for title, each in groupby(self.threads, lambda each: each.card.programme_title)]

    def within(self, areas: Sequence[Area]) -> "Rug":
        """The same rug of some of its areas only."""
        places = [self.areas.index(each) for each in areas]
        return Rug(
            tuple(areas),
            tuple(
                Thread(each.card, each.month, each.whole, tuple(each.patches[place] for place in places))
                for each in self.threads
            ),
        )

    def told_of(self, area: Area) -> str:
        """How often each word is said of an area: 2 worse, 1 better, 9 similar."""
        place = self.areas.index(area)
        said = Counter(thread.patches[place].word for thread in self.threads)
        return ", ".join(f"{said[word]} {word}" for word in Beside if said[word])


def build_rug(sight: Sight, areas: Sequence[Area]) -> Rug:
    """areas: all of one level. Raises NotReleased where the release counts nobody."""
    last = sight.last_month
    threads = []
    for card in sight.measures():
        month = sight.release.months[-1 - card.settles_after] if card.settles_after else last
        with suppress(NotReleased):
            threads.append(_thread(sight, card, month, areas))
    return Rug(tuple(areas), tuple(sorted(threads, key=lambda each: each.card.programme_title)))


def _thread(sight: Sight, card: MeasureCard, month: str, areas: Sequence[Area]) -> Thread:
    whole = sight.at_level(card.measure, sight.whole.code, sight.whole.level, month)[0]
    try:
        of = {each.area: each for each in sight.at_level(card.measure, sight.whole.code, areas[0].level, month)}
    except NotReleased:
        of = {}
    cells = [of[area.code] for area in areas if area.code in of]
    words = dict(zip((each.area for each in cells), get_beside(card.better, cells, whole), strict=True))
    patches = (Patch(area, of.get(area.code), words.get(area.code, Beside.NOT_REPORTED)) for area in areas)
    return Thread(card, month, whole, tuple(patches))


def by_parent(sight: Sight, areas: Sequence[Area]) -> list[tuple[Area | None, list[Area]]]:
    """Areas under the one above each, both in the order of the release: a table for each fits a sheet of paper."""
    parents = {each.parent: sight.areas.get(each.parent) for each in areas}
    order = [code for code in sight.areas if code in parents] + [code for code in parents if code not in sight.areas]
    return [(parents[code], [each for each in areas if each.parent == code]) for code in order]


COLUMNS = (
    Column("programme", "Programme"),
    Column("measure", "Measure"),
    Column("better", "Which way is better"),
    Column("month", "Month"),
    Column("area", "Area"),
    Column("beside", "Beside the whole system"),
    Column("value", "Figure", is_number=True),
    Column("unit", "Unit"),
    Column("numerator", "Counted", is_number=True),
    Column("denominator", "Out of", is_number=True),
    Column("whole", "Whole system", is_number=True),
)


def rug_table(rug: Rug) -> Table:
    """Every patch of the rug as a row, in the order in which it is read."""
    return Table(COLUMNS, tuple(_iter_rows(rug)))


def _iter_rows(rug: Rug) -> Iterator[Row]:
    for thread in rug.threads:
        scale = thread.whole.scale
        for patch in thread.patches:
            value, numerator, denominator = (
                (patch.cell.value, patch.cell.numerator, patch.cell.denominator) if patch.cell else (None, None, None)
            )
            yield Row(
                thread.card.title,
                (
                    words_entry(thread.card.programme_title),
                    words_entry(thread.card.title),
                    words_entry(BETTER_WORDS[thread.card.better]),
                    words_entry(month_words(thread.month)),
                    words_entry(patch.area.name),
                    words_entry(patch.word),
                    number_entry(value_number(value, scale), value),
                    words_entry(unit_words(scale).strip()),
                    number_entry(count_words(numerator), numerator),
                    number_entry(count_words(denominator), denominator),
                    number_entry(value_number(thread.whole.value, scale), thread.whole.value),
                ),
            )
