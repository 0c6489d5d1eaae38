"""Small released tables written by hand: exact counts in, what a reader may see out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from builders.release_texts import build_card
from placewise.publishing.attack.view import Cell, Rule, View, build_view
from placewise.publishing.contract import RELEASED_MEASURE, RELEASED_POPULATION
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose
from placewise.publishing.rounding.tables import round_tables
from placewise.publishing.tables import COUNTED_MEASURE, COUNTED_POPULATION

MONTH = "2026-03"
MEASURE = "measure"
Counts = Mapping[Cell, tuple[int, int]]
"""Area, split and group -> numerator and denominator."""


@dataclass(frozen=True)
class NaiveRule:
    """Hides small numbers and rounds nothing: looser than any release may be."""

    suppress_below: int = 8
    round_to: int = 1


def show(
    counts: Counts,
    parents: Mapping[str, str],
    rule: NaiveRule | None = None,
    *,
    sensitive: bool = False,
    outside: bool = False,
) -> View:
    """One measure in one month, as released under a rule (without one: 1 to 7 hidden, the others to the nearest 5).

    parents: area -> the area it is part of, "" for the whole system.
    """
    rule = rule or NaiveRule(8, 5)
    numerator, denominator = np.array(list(counts.values()), np.int64).T
    seen = disclose(numerator, denominator, np.ones(len(counts), bool), rule, sensitive=sensitive)  # type: ignore[arg-type]
    rows = [
        {
            "level": "",
            "area": area,
            "split": split,
            "group": group,
            "month": date(2026, 3, 31),
            "numerator": int(seen.numerator[at]) if seen.shown[at] else None,
            "denominator": int(seen.denominator[at]) if seen.shown[at] else None,
            "state": STATES[seen.state[at]],
        }
        for at, (area, split, group) in enumerate(counts)
    ]
    return build_view(
        {MEASURE: pa.Table.from_pylist(rows, RELEASED_MEASURE)},
        RELEASED_POPULATION.empty_table(),
        [build_card(MEASURE, "A measure", "a programme", sensitive=sensitive)],
        {area: {"level": "some", "reported": True, "parent": parent} for area, parent in parents.items()},
        [MONTH],
        rule_of(rule),
        outside=outside,
    )


def show_together(
    counts: Counts, parents: Mapping[str, str], rule: DisclosureRule | None = None, *, sensitive: bool = False
) -> View:
    """The same as a release has it: rounded together."""
    rule = rule or DisclosureRule()
    numerator, denominator = np.array(list(counts.values()), np.int64).T
    seen = disclose(numerator, denominator, np.ones(len(counts), bool), rule, sensitive=sensitive)
    rows = [
        {
            "level": "",
            "area": area,
            "split": split,
            "group": group,
            "month": date(2026, 3, 31),
            "numerator": float(numerator[at]),
            "denominator": float(denominator[at]),
            "state": STATES[seen.state[at]],
        }
        for at, (area, split, group) in enumerate(counts)
    ]
    cards = [build_card(MEASURE, "A measure", "a programme", sensitive=sensitive)]
    areas = {area: {"level": "some", "reported": True, "parent": parent} for area, parent in parents.items()}
    done = round_tables(
        {MEASURE: [pa.Table.from_pylist(rows, COUNTED_MEASURE)]},
        COUNTED_POPULATION.empty_table(),
        cards,
        areas,
        [MONTH],
        rule,
        outside=False,
    )
    tables = {MEASURE: done.measures[MEASURE][0]}
    said = Rule(rule.suppress_below, rule.round_to, adds_up=True)
    return build_view(tables, RELEASED_POPULATION.empty_table(), cards, areas, [MONTH], said)


def rule_of(rule: NaiveRule) -> Rule:
    return Rule(rule.suppress_below, rule.round_to)
