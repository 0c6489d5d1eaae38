"""An attacker as a program: what a reader of a release can work out of the counts that it hides.

It knows what is published and no more: the rule, every table of the release, how areas, groups, bands and registers add
up, what earlier releases of the same definitions showed of the same cells, and the official figures of the same people.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow.parquet as pq

from placewise.floor.progress import Report, part_of, quiet
from placewise.publishing.attack.bounds import (
    find_narrowed,
    find_recovered,
    get_bounds,
    get_rows,
    raise_wholes,
    tighten_small,
)
from placewise.publishing.attack.contract import Attack, Found
from placewise.publishing.attack.earlier import (
    add_earlier,
    find_months_made_up_otherwise,
    leave_out,
    leave_out_other_groups,
    leave_out_other_homes,
    relax,
)
from placewise.publishing.attack.exact import Decided, sharpen
from placewise.publishing.attack.means import find_deduced
from placewise.publishing.attack.official import get_official_bounds, with_official
from placewise.publishing.attack.relations import find_relations, find_sums_of_fifths
from placewise.publishing.attack.steps import draw_from_steps, get_steps, in_steps
from placewise.publishing.attack.sums import Integers, Mask, propagate
from placewise.publishing.attack.tell import tell_how
from placewise.publishing.attack.view import Rule, View, build_view
from placewise.publishing.contract import (
    HIDDEN,
    MEASURES_FOLDER,
    POPULATION_FILE,
    PRIMARY_ONLY,
    PUBLISHED_FILE,
    SCHEME,
    SHOWN,
)
from placewise.publishing.disclosure import STATES
from placewise.publishing.release import Release

_EXPLAINED = 5
_MOST_TURNS = 50


def attack(release: Release, earlier: Sequence[Release] = (), *, exact: bool = False, report: Report = quiet) -> Attack:
    """earlier: releases made before it; exact: also solve what only several sums tell together, which takes minutes
    and stops after so much work.

    Nothing but released files is read. Months that an earlier release showed with areas made up otherwise stand as they
    did there: attack that one for them.
    """
    report("Reading what is released", 0.0)
    edition = release.manifest.deprivation_edition
    before = (
        (leave_out_other_groups(read_view(each), each.manifest.deprivation_edition, edition), _versions(each))
        for each in earlier
    )
    view = leave_out(read_view(release), find_months_made_up_otherwise(release.manifest.areas, earlier))
    view = leave_out_other_homes(view, earlier)
    known, shown_before = add_earlier(view, _versions(release), before)
    rule = get_rule(release)
    scheme = release.manifest.disclosure["scheme"]
    report("Adding up and taking away", 0.2)
    first = get_bounds(known)
    lower, upper = work_out(known, rule, primary_only=scheme == PRIMARY_ONLY)
    contradictory = int((lower > upper).sum())
    relax(lower, upper, view, known)
    decided = _sharpen(known, lower, upper, rule, part_of(report, 0.3, 0.9)) if exact else Decided(0, 0)
    report("Looking at what is hidden", 0.9)
    relations = find_relations(known)
    told = get_official_bounds(known, relations)
    by_table: dict[str, dict[str, int]] = {}
    found: list[tuple[str, int, int]] = []
    for table in view.tables:
        hidden = table.hidden
        recovered, narrowed = np.zeros_like(hidden), np.zeros_like(hidden)
        for rows in get_rows(view, table):
            if rows is not None:
                official = told[0][rows], told[1][rows]
                here = find_recovered(lower[rows], upper[rows], hidden, rule, official)
                narrowed |= find_narrowed(
                    lower[rows], upper[rows], hidden, rule, sensitive=table.sensitive, official=official
                )
                recovered |= here
                if here.any() and table.name not in (name for name, _, _ in found):
                    cell, month = np.argwhere(here)[0].tolist()
                    found.append((table.name, rows.start + cell, month))
        if table.is_mean:
            narrowed |= find_deduced(view, table, relations)
        by_table[table.name] = {
            "hidden": int((table.state == STATES.index(HIDDEN)).sum()),
            "recovered": int(recovered.sum()),
            "narrowed": int((narrowed & ~recovered).sum()),
        }
    total = {what: sum(each[what] for each in by_table.values()) for what in ("hidden", "recovered", "narrowed")}
    shown = _find_shown(view)
    said = raise_wholes(first[0], shown, [(sums.whole, sums.parts, sums.starts) for sums in relations])
    closer = (lower > said) | (upper < first[1])
    return Attack(
        release=release.manifest.release,
        earlier=tuple(each.manifest.release for each in earlier),
        scheme=scheme,
        hidden=total["hidden"],
        recovered=total["recovered"],
        narrowed=total["narrowed"],
        shown_before=shown_before,
        shown_narrowed=int((closer & shown).sum()),
        contradictory=int((lower > upper).sum()) if earlier else contradictory,
        official=len(known.known),
        asked_exactly=decided.asked,
        undecided=decided.asked - decided.decided,
        by_table=by_table,
        found=tuple(
            Found(
                table=name,
                cell=view.cells[place % len(view.cells)],
                month=view.months[month],
                counted=view.counts[place // len(view.cells)],
                count=int(lower[place, month]),
                told=tell_how(view, lower, upper, relations, place, month),
            )
            for name, place, month in found[:_EXPLAINED]
        ),
    )


def work_out(view: View, rule: Rule, *, primary_only: bool) -> tuple[Integers, Integers]:
    """The bounds when nothing more follows. primary_only: whether what a measure hides is known to be small."""
    lower, upper = get_bounds(view)
    relations = find_relations(view)
    if rule.adds_up:
        draw_from_steps(lower, upper, get_steps(view, rule, relations), rule)
    relations += find_sums_of_fifths(view)
    small = [(table, table.hidden) for table in view.tables if any(table.counts[:2])]
    for _ in range(_MOST_TURNS):
        propagate(lower, upper, relations)
        if not (primary_only and tighten_small(lower, upper, view, small, rule)):
            break
    return lower, upper


def _sharpen(view: View, lower: Integers, upper: Integers, rule: Rule, report: Report) -> Decided:
    """Draw the bounds closer by what several sums tell together: of the roundings first, then of the counts."""
    decided = Decided(0, 0)
    if rule.adds_up and in_steps(rule).suppress_below > 1:
        steps = get_steps(view, rule, find_relations(view))
        decided = sharpen(view, *steps, in_steps(rule), report=part_of(report, 0.0, 0.5))
        draw_from_steps(lower, upper, steps, rule)
    return decided + sharpen(view, lower, upper, rule, report=part_of(report, 0.5, 1.0))


def read_view(release: Release) -> View:
    manifest = release.manifest
    view = build_view(
        {
            card.measure: pq.read_table(release.folder / MEASURES_FOLDER / f"{card.measure}.parquet")
            for card in manifest.measures
        },
        pq.read_table(release.folder / POPULATION_FILE),
        manifest.measures,
        release.areas,
        release.months,
        get_rule(release),
        outside=bool(manifest.disclosure.get("outside")),
    )
    return with_official(view, pq.read_table(release.folder / PUBLISHED_FILE), manifest.indicators)


def get_rule(release: Release) -> Rule:
    """As the release tells it."""
    said = release.manifest.disclosure
    return Rule(said["suppress_below"], said["round_to"], said["scheme"] == SCHEME)


def _versions(release: Release) -> dict[str, str]:
    return {card.measure: card.version for card in release.manifest.measures}


def _find_shown(view: View) -> Mask:
    """The counts that some table shows."""
    shown = np.zeros((len(view.counts) * len(view.cells), len(view.months)), bool)
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                shown[rows] |= table.state == STATES.index(SHOWN)
    return shown
