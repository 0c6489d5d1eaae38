"""Our own figure among those of every body of its kind in the country: its place, and a funnel of them all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from placewise_site.evidence.charts.place import Standing, find_places, find_standing
from placewise_site.evidence.charts.points import number_or_none, numbers
from placewise_site.web.figures.figure import Figure
from placewise_site.web.figures.funnel_plot import funnel_plot
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.rows import plural
from placewise_site.web.figures.table import Column, Row, Table, number_entry
from placewise_site.web.figures.wording import percent_number, percent_words

NOT_PUBLISHED = "not published"
PLACE = Column("place", "Place (1 is best)", is_number=True)


def counterparts_figure(
    subject: Subject, points: Sequence[Point], *, key: str, compared: str, own: str, period: str
) -> Figure:
    """points: every body's share with its counts, or why it has none. Raises NotDrawn where ours or most have none."""
    standing = find_standing(points, own, subject.better)
    figure = funnel_plot(subject, points, period=period, compared=compared, own=own, key=key, title=subject.title)
    places = find_places(numbers(points, "value"), subject.better)
    column = {point.name: number_or_none(place) for point, place in zip(points, places, strict=True)}
    return replace(
        figure,
        full_title=f"{subject.title}, {subject.where}, {period}",
        sentence=f"{standing_words(standing, subject.better, compared)} {figure.sentence}",
        table=_with(figure.table, PLACE, {name: _whole(place) for name, place in column.items()}, column),
    )


def with_completeness(figure: Figure, title: str, known: Mapping[str, Point], own: str) -> Figure:
    """The same figure beside how much of it is known. known: by name, a share of each body; own: the name of ours."""
    shares = {name: point.value for name, point in known.items()}
    told = [value for value in shares.values() if value is not None]
    here = shares.get(own)
    words = f"{title}: {percent_words(here) if here is not None else NOT_PUBLISHED} in {own}"
    if told:
        words += f", from {percent_words(min(told))} to {percent_words(max(told))} in all"
    column = Column("completeness", f"{title} (%)", is_number=True)
    table = _with(figure.table, column, {name: percent_number(value) for name, value in shares.items()}, shares)
    return replace(figure, sentence=f"{figure.sentence} {words}.", table=table)


def standing_words(standing: Standing, better: str, compared: str) -> str:
    """Where ours stands; from how many others chance does not tell it apart is said beside its place."""
    own, best = standing.own, standing.best
    assert own.value is not None and best.value is not None
    told = [
        f"{own.name}: {percent_words(own.value)}, place {standing.place} of {standing.of} {plural(compared)} (1 is the "
        f"{'highest' if better == 'higher' else 'lowest'}).",
        f"It lies {_apart(own.value, standing.middle)} the middle one ({percent_words(standing.middle)})",
    ]
    if standing.place == 1:
        told.append("and none is better.")
    else:
        told.append(f"and {_apart(own.value, best.value)} the best, {best.name} ({percent_words(best.value)}).")
    told.append(
        f"By more than chance (99.8%) {standing.ahead or 'none'} {'does' if standing.ahead == 1 else 'do'} better and "
        f"{standing.behind or 'none'} worse."
    )
    if rest := standing.of - 1 - standing.ahead - standing.behind:
        places = f"{standing.ahead + 1} to {standing.of - standing.behind}"
        told.append(f"Chance does not tell it apart from the other {rest}, so any place from {places} may be its own.")
    return " ".join(told)


def _apart(value: float, other: float) -> str:
    """How far above or below, in percentage points, as the two are written."""
    points = round(100 * value, 1) - round(100 * other, 1)
    return f"{abs(points):.1f} percentage points {'above' if points >= 0 else 'below'}"


def _whole(number: float | None) -> str:
    return "" if number is None else f"{number:.0f}"


def _with(table: Table, column: Column, words: Mapping[str, str], numbers: Mapping[str, float | None]) -> Table:
    """The table with one column more, by the titles of its rows."""
    rows = tuple(
        Row(
            row.title,
            (*row.entries, number_entry(words.get(row.title, ""), numbers.get(row.title), NOT_PUBLISHED)),
            row.marks,
            row.page,
        )
        for row in table.rows
    )
    return Table((*table.columns, column), rows, table.sorted_by)
