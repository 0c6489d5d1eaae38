"""The figures of an ambition's page: of each target what there is to draw, and the rows that stand beside it."""

from collections.abc import Iterator

from placewise_site.evidence.ambitions import AmbitionCard, Line, TargetCard, between
from placewise_site.evidence.releases import NotReleased
from placewise_site.web.figures.between_events import between_events
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.table import Column, Entry, Row, Table, number_entry, words_entry
from placewise_site.web.figures.trajectory import lines_apart, trajectory
from placewise_site.web.figures.trajectory_drawing import COLOURS


def target_figures(number: int, card: TargetCard) -> list[Figure]:
    """number: the target's place in its ambition, from 1, which its figures are named by."""
    return list(_iter_figures(number, card))


def find_figure(card: AmbitionCard, key: str) -> Figure:
    """Raises NotReleased where the ambition has no such figure."""
    for number, target in enumerate(card.targets, start=1):
        for figure in _iter_figures(number, target):
            if figure.key == key:
                return figure
    raise NotReleased(f"this ambition has no figure called {key}")


def beside_table(card: TargetCard) -> Table | None:
    """What is told of one period beside what is judged, such as every group's value."""
    lines = [line for line in card.beside if len(line.points) == 1]
    if not lines:
        return None
    columns = (
        Column("name", lines[0].points[0].period),
        Column("value", "Value", is_number=True),
        Column("lower", "Lower 95% limit", is_number=True),
        Column("upper", "Upper 95% limit", is_number=True),
        Column("unit", "Unit"),
    )
    return Table(columns, tuple(_row(line) for line in lines))


def _iter_figures(number: int, card: TargetCard) -> Iterator[Figure]:
    if sum(point.value is not None for point in card.points) > 1:
        yield trajectory(f"target-{number}", card)
    series = [line for line in card.beside if len(line.points) > 1][: len(COLOURS)]
    if series:
        told = "Each is shown apart, and none makes up for another."
        yield lines_apart(f"apart-{number}", f"{card.says[:1].upper()}{card.says[1:]}: each apart", series, told)
    if chart := between(card.between):
        told = next((note for note in card.notes if "chart for rare events" in note), "")
        yield between_events(
            f"between-{number}", f"{card.says[:1].upper()}{card.says[1:]}: from one to the next", chart, told
        )


def _row(line: Line) -> Row:
    point = line.points[0]
    numbers: list[Entry] = [
        number_entry("" if each is None else line.scale.number(each), each, "not known" if place == 0 else "")
        for place, each in enumerate((point.value, point.lower, point.upper))
    ]
    return Row(line.title, (words_entry(line.title), *numbers, words_entry(line.scale.unit)))
