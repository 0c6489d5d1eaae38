"""What earlier releases showed of the cells that this one hides, or has no more.

Each release was rounded by itself, so what its roundings tell is worked out of its own cells, and then holds for the
counts: a practice hidden in both may be known to be large by groups that only the earlier one shows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_bounds, get_range_of_steps, get_ranges, get_rows
from placewise.publishing.attack.official import add_known
from placewise.publishing.attack.relations import BY_DEPRIVATION, find_relations
from placewise.publishing.attack.steps import draw_from_steps, get_steps
from placewise.publishing.attack.sums import UNBOUNDED, Integers, propagate
from placewise.publishing.attack.view import ABSENT, Home, Table, View
from placewise.publishing.contract import SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.release import Release, tell_residence

Versions = Mapping[str, str]
"""Measure -> the version of its definition: cells of another version count something else."""


def add_earlier(view: View, versions: Versions, earlier: Iterable[tuple[View, Versions]]) -> tuple[View, int]:
    """The view with tables more of what was shown and is not shown now; and how many cells of those are hidden now.

    A cell that is shown now is left as it is: late records may have changed it, and it is no secret.
    """
    looks: dict[str, list[Table]] = {table.name: [] for table in view.tables}
    shape = (len(view.counts) * len(view.cells), len(view.months))
    told = np.zeros(shape, np.int64), np.full(shape, UNBOUNDED, np.int64)
    for before, said in earlier:
        view = add_known(view, before.known)
        rows, columns = _match(view.cells, before.cells), _match(view.months, before.months)
        then = {table.name: table for table in before.tables}
        tells_more = np.zeros(len(view.months), bool)
        counted = [table for table in view.tables if table.name in then and _is_same(table.name, versions, said)]
        for table in counted:
            old = replace(_line_up(then[table.name], rows, columns), counts=table.counts, is_apart=True)
            _add_look(looks[table.name], old, _is_shown(old) & ~_is_shown(table))
            tells_more |= (_is_shown(old) & ~_shows_the_same(table, old)).any(axis=0)
        _draw_from_roundings(told, view, before, counted, (rows, np.where(tells_more, columns, -1)))
    shown_before = sum(
        int((np.logical_or.reduce([_is_shown(look) for look in looks[table.name]]) & table.hidden).sum())
        for table in view.tables
        if looks[table.name]
    )
    tables = *view.tables, *(look for each in looks.values() for look in each)
    return replace(view, tables=tables, told_elsewhere=told), shown_before


def find_months_made_up_otherwise(areas: Mapping[str, Mapping[str, Any]], earlier: Iterable[Release]) -> set[str]:
    """The months of earlier releases in which something that reported belonged to another area than now.

    These stand in every later release as they did then, and add up as they did then. areas: as in the manifest.
    """
    months: set[str] = set()
    for release in earlier:
        then = release.manifest.areas
        if any(
            code in areas and (said["level"], said["parent"]) != (areas[code]["level"], areas[code]["parent"])
            for code, said in then.items()
            if said["reported"]
        ):
            months.update(release.months)
    return months


def leave_out_other_homes(view: View, earlier: Iterable[Release]) -> View:
    """The view without where people live in the months of earlier releases in which a small area lay in another middle
    area or fifth than now, or is one no more: these years stand as they did then, and add up as they did then."""
    months: set[str] = set()
    for release in earlier:
        then = tell_residence(release.residence)
        if any(code not in view.homes or Home.of(said) != view.homes[code] for code, said in then.items()):
            months.update(release.months)
    return _leave_out_cells(view, [area in view.homes for area, _, _ in view.cells], months)


def leave_out_other_groups(view: View, edition: str | None, now: str | None) -> View:
    """What another release shows, without the groups of deprivation where that is by another edition of the index than
    now, so that other people are in them."""
    if edition == now:
        return view
    return _leave_out_cells(view, [split in BY_DEPRIVATION for _, split, _ in view.cells], view.months)


def _leave_out_cells(view: View, left_out: Sequence[bool], months: Collection[str]) -> View:
    """As if the release had no such cells in these months."""
    there = ~np.outer(left_out, np.isin(view.months, list(months)))
    tables = (replace(each, state=np.where(there, each.state, ABSENT).astype(np.int8)) for each in view.tables)
    return replace(view, tables=tuple(tables))


def leave_out(view: View, months: Collection[str]) -> View:
    """The view without some months."""
    kept = ~np.isin(view.months, list(months))
    return replace(
        view,
        months=tuple(month for month in view.months if month not in months),
        tables=tuple(
            replace(
                table,
                state=table.state[:, kept],
                numerator=table.numerator[:, kept],
                denominator=table.denominator[:, kept],
            )
            for table in view.tables
        ),
        known=tuple(each for each in view.known if each.month not in months),
        told_elsewhere=view.told_elsewhere and (view.told_elsewhere[0][:, kept], view.told_elsewhere[1][:, kept]),
    )


def relax(lower: Integers, upper: Integers, view: View, known: View, *, later: bool = False) -> None:
    """In months in which the looks contradict each other, since counts have changed between them, work them out again.

    Records come in late and seldom leave, so a count was no larger in an earlier look, and no smaller in a later one.
    Where even that contradicts, the other looks tell nothing. lower, upper: as worked out of `known`, which is the view
    with tables more of the other looks; changed in place. later: whether these are of later releases.
    """
    relations = find_relations(view)
    for looks in (known.tables[len(view.tables) :], ()):
        torn = (lower > upper).any(axis=0)
        if not torn.any():
            return
        least, most = get_bounds(view)
        rule = view.tables[0].rule
        if rule.adds_up:
            draw_from_steps(least, most, get_steps(view, rule, relations), rule)
        if looks and known.told_elsewhere and later:
            np.minimum(most, known.told_elsewhere[1], out=most)
        elif looks and known.told_elsewhere:
            np.maximum(least, known.told_elsewhere[0], out=least)
        for look in looks:
            numerator, _, denominator = get_ranges(look, look.numerator, look.denominator)
            first, _, last = get_rows(view, look)
            for rows, (low, high) in ((first, numerator), (last, denominator)):
                if rows is not None and later:
                    most[rows] = np.where(_is_shown(look), np.minimum(most[rows], high), most[rows])
                elif rows is not None:
                    least[rows] = np.where(_is_shown(look), np.maximum(least[rows], low), least[rows])
        again = np.ascontiguousarray(least[:, torn]), np.ascontiguousarray(most[:, torn])
        propagate(*again, relations)
        lower[:, torn], upper[:, torn] = again


def _add_look(looks: list[Table], old: Table, shown: npt.NDArray[np.bool_]) -> None:
    """Put what was shown where nothing stood yet; where something else did, it is another look at the same cell."""
    for place, look in enumerate(looks):
        put = shown & ~_is_shown(look)
        same = (look.numerator == old.numerator) & (look.denominator == old.denominator)
        looks[place] = replace(
            look,
            state=np.where(put, old.state, look.state),
            numerator=np.where(put, old.numerator, look.numerator),
            denominator=np.where(put, old.denominator, look.denominator),
        )
        shown = shown & ~put & ~same
    if shown.any():
        looks.append(replace(old, state=np.where(shown, old.state, ABSENT).astype(np.int8)))


def _draw_from_roundings(
    told: tuple[Integers, Integers],
    view: View,
    before: View,
    tables: Sequence[Table],
    places: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]],
) -> None:
    """Draw the bounds `told` closer, in place, by what the roundings of another release tell of the counts of these
    tables. places: of the view's cells and months in it, -1 for those it has not or that tell nothing more."""
    rows, columns = places
    rule = before.tables[0].rule
    if not rule.adds_up or (columns < 0).all():
        return
    apart = leave_out(before, set(before.months) - {before.months[each] for each in columns[columns >= 0]})
    least, most = get_range_of_steps(*get_steps(apart, rule, find_relations(apart)), rule)
    month = _match([before.months[each] for each in columns[columns >= 0]], apart.months)
    here, there = np.flatnonzero(rows >= 0), rows[rows >= 0]
    then = {table.name: table for table in before.tables}
    for table in tables:
        for mine, theirs in zip(get_rows(view, table), get_rows(before, then[table.name]), strict=True):
            if mine is not None and theirs is not None:
                at = np.ix_(mine.start + here, np.flatnonzero(columns >= 0))
                of = np.ix_(theirs.start + there, month)
                told[0][at] = np.maximum(told[0][at], least[of])
                told[1][at] = np.minimum(told[1][at], most[of])


def _is_same(name: str, versions: Versions, said: Versions) -> bool:
    return name == PEOPLE or versions.get(name) == said.get(name, "")


def _shows_the_same(table: Table, old: Table) -> npt.NDArray[np.bool_]:
    return _is_shown(table) & (table.numerator == old.numerator) & (table.denominator == old.denominator)


def _is_shown(table: Table) -> npt.NDArray[np.bool_]:
    return table.state == STATES.index(SHOWN)


def _line_up(table: Table, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Table:
    """On the cells and months of another view; ABSENT where it has none of them."""
    missing = (rows < 0)[:, None] | (columns < 0)[None, :]
    at = np.ix_(np.maximum(rows, 0), np.maximum(columns, 0))
    return replace(
        table,
        state=np.where(missing, ABSENT, table.state[at]).astype(np.int8),
        numerator=table.numerator[at],
        denominator=table.denominator[at],
    )


def _match(these: Sequence[object], those: Sequence[object]) -> npt.NDArray[np.intp]:
    """The place of each of these among those, or -1."""
    at = {each: place for place, each in enumerate(those)}
    return np.array([at.get(each, -1) for each in these], np.intp)
