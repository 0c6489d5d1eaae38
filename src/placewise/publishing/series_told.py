"""What a release tells of the published series that programmes rest on: a line for each group, as it was published."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from placewise.gaps.ambitions.contract import Line
from placewise.gaps.ambitions.outcome import at, get_points
from placewise.gaps.ambitions.reading import Reading
from placewise.publishing.contract import SeriesCard
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.series import get_shown


def tell_series(
    cards: Iterable[SeriesCard],
    series: Mapping[str, Reading],
    official: Mapping[str, bool],
    rule: DisclosureRule,
    areas: Mapping[str, str],
) -> tuple[SeriesCard, ...]:
    """The cards with their lines. official: of each series whether its publisher released the counts; those of any
    other are rounded and hidden as our own are. areas: names by code, for series that are told by area."""

    def tell(card: SeriesCard) -> SeriesCard:
        reading = series.get(card.slug)
        if reading is None:
            return card
        seen = reading if official[card.slug] else get_shown(reading, rule)
        lines = tuple(line.model_dump(mode="json") for line in get_lines(seen, areas))
        return replace(card, source=reading.source, lines=lines)

    return tuple(map(tell, cards))


def get_lines(reading: Reading, areas: Mapping[str, str]) -> list[Line]:
    """Every period of each group, the groups by name; of a reading of everybody one line, named as the series is."""
    levels = reading.levels()
    lines = [
        Line(
            title=reading.title if len(reading.groups) == 1 else areas.get(group, group),
            scale=reading.scale,
            points=get_points(reading.periods, reading.ends, at(levels, row), reading.number[row], reading.of[row]),
        )
        for row, group in enumerate(reading.groups)
    ]
    return sorted(lines, key=lambda line: line.title)
