"""Past figures made anew, by schedule: old and new ones are two looks at one month, and together must tell nothing.

Months know nothing of one another, so each is revised or stays by itself. It stays where an attacker who has both looks
can narrow a count that either hides, and where areas are made up otherwise than they were: the difference of an area
with a practice and without it would tell of that practice alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.progress import Report, part_of, quiet
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import read_view, work_out
from placewise.publishing.attack.earlier import Versions, add_earlier, find_months_made_up_otherwise, leave_out, relax
from placewise.publishing.attack.view import Rule, View, place_rows
from placewise.publishing.contract import SHOWN, MeasureCard, Revision
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES
from placewise.publishing.freezing import Frozen, is_in
from placewise.publishing.protection.tables import Levels, ProtectedTables, protect_tables
from placewise.publishing.release import Release


def protect_beside_earlier(
    frozen: Frozen,
    measures: Levels,
    population: pa.Table,
    cards: Sequence[MeasureCard],
    areas: Mapping[str, Mapping[str, Any]],
    rule: DisclosureRule,
    *,
    outside: bool,
    report: Report = quiet,
) -> tuple[ProtectedTables, Revision]:
    """The tables as counted now, what is frozen as it stood, and more hidden until nothing tells of what is hidden.

    population: RELEASED_POPULATION; areas, outside: as in the manifest. The revision is as the release tells it.
    """

    def protected(taken: Frozen, told: Report) -> ProtectedTables:
        return protect_tables(
            {card.measure: list(taken.hold(card, measures[card.measure])) for card in cards},
            taken.hold_people(population, cards),
            cards,
            areas,
            frozen.months,
            rule,
            outside=outside,
            find_fixed=partial(find_fixed, taken),
            report=told,
        )

    safe = protected(frozen, part_of(report, 0.0, 0.5) if frozen.is_revised else report)
    if frozen.is_revised and safe.view is not None:
        said = Rule(rule.suppress_below, rule.round_to)
        if kept := find_months_to_keep(frozen, safe.view, cards, areas, said):
            frozen = replace(frozen, revision=replace(frozen.revision, kept=kept))
            safe = protected(frozen, part_of(report, 0.5, 1.0))
    return safe, frozen.revision


def find_fixed(frozen: Frozen, view: View) -> dict[str, npt.NDArray[np.bool_]]:
    """Table -> which of its cells may not be hidden any more, bool[cells, months]: people have seen them.

    All of a frozen month; of a month made anew, those shown before and now.
    """
    fixed = {table.name: np.zeros(table.state.shape, bool) for table in view.tables}
    for table in view.tables:
        if table.name == PEOPLE:
            fixed[PEOPLE][:, -1] = frozen.people is not None
            continue
        fixed[table.name][:, np.isin(view.months, frozen.get_months_fixed(table.name))] = True
        if frozen.is_revised:
            before = frozen.read_before(table.name)
            cells, months = place_rows(before, view.cells, view.months)
            seen = is_in(before, SHOWN) & (cells >= 0) & (months >= 0) & (months < len(view.months))
            at = cells[seen], months[seen]
            fixed[table.name][at] |= table.state[at] == STATES.index(SHOWN)
    return fixed


def find_months_to_keep(
    frozen: Frozen, now: View, cards: Sequence[MeasureCard], areas: Mapping[str, Mapping[str, Any]], rule: Rule
) -> tuple[str, ...]:
    """The past months, YYYY-MM, that a revision leaves as they were. now: all made anew and protected."""
    released = {month for release in frozen.seen for month in release.months}
    moved = find_months_made_up_otherwise(areas, frozen.seen)
    new = now, {card.measure: card.version for card in cards}
    old = list(_iter_first_looks(frozen, set(now.months)))
    tell = _find_telling_months(new, old, rule)
    for look in old:
        tell |= _find_telling_months(look, [new], rule, later=True)
    return tuple(month for month in now.months if month in (tell | moved) & released)


def _iter_first_looks(frozen: Frozen, months: Collection[str]) -> Iterator[tuple[View, Versions]]:
    """What each earlier release showed of these months that no older one had: frozen months are one look for good."""
    known: set[str] = set()
    before: Release | None = None
    for release in reversed(frozen.seen):
        stands = release.manifest.release not in frozen.withdrawn
        follows = before is not None and stands and _follows(release, before)
        view = read_view(release)
        again = known if follows else set()
        if new := set(months) & set(view.months) - again:
            yield leave_out(view, set(view.months) - new), _get_versions(release)
        if stands:
            before, known = release, again | set(release.months)


def _follows(release: Release, before: Release) -> bool:
    """Whether a release has the months of another as they stood there: of the same definitions, and not made anew."""
    now, then = release.manifest.revision, before.manifest.revision
    is_frozen = now is not None and then is not None and now.last == then.last
    return is_frozen and _get_versions(release) == _get_versions(before)


def _find_telling_months(
    look: tuple[View, Versions], others: Iterable[tuple[View, Versions]], rule: Rule, *, later: bool = False
) -> set[str]:
    """The months in which a count that one look hides can be narrowed with the others."""
    view, versions = look
    known, _ = add_earlier(view, versions, others)
    lower, upper = work_out(known, rule, primary_only=False)
    relax(lower, upper, view, known, later=later)
    tells = np.zeros(len(view.months), bool)
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                narrowed = find_narrowed(lower[rows], upper[rows], table.hidden, rule, sensitive=table.sensitive)
                tells |= narrowed.any(axis=0)
    return {month for month, does in zip(view.months, tells, strict=True) if does}


def _get_versions(release: Release) -> Versions:
    return {card.measure: card.version for card in release.manifest.measures}
