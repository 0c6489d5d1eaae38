"""Small systems of random people, protected, and then every table of whole numbers that fits what is shown."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from builders.released_tables import MEASURE, Counts, NaiveRule, rule_of, show
from placewise.publishing.attack.bounds import find_narrowed, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.exact import sharpen
from placewise.publishing.attack.view import Cell
from placewise.publishing.contract import SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

PARENTS = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE"}
SEXES = ("female", "male")
RULE = NaiveRule(4, 1)
"""1 to 3 are hidden, and nothing is rounded: the hardest to protect, and few tables to write out."""
MOST = 9


def add_up(people: np.ndarray) -> dict[Cell, np.ndarray]:
    """people: by area and sex, and further axes that are kept."""
    cells = {}
    for area, inside in (("WHOLE", [0, 1]), ("NORTH", [0]), ("SOUTH", [1])):
        groups = people[inside].sum(axis=0)
        cells[area, "all", "all"] = groups.sum(axis=0)
        for sex, number in zip(SEXES, groups, strict=True):
            cells[area, "sex", sex] = number
    return cells


def count(people: np.ndarray) -> Counts:
    """Everybody of whom the measure is asked meets it, so that a cell is one count."""
    return {cell: (int(number), int(number)) for cell, number in add_up(people).items()}


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.int64, (2, 2), elements=st.integers(0, MOST)))
def test_every_hidden_count_that_may_be_small_may_be_any_small_number(people: np.ndarray) -> None:
    view = protect(show(count(people), PARENTS, RULE), rule_of(RULE)).view
    table = next(each for each in view.tables if each.name == MEASURE)
    shown = {
        cell: int(table.denominator[place, 0])
        for place, cell in enumerate(view.cells)
        if table.state[place, 0] == STATES.index(SHOWN)
    }
    # Twice as many as anybody has: what is hidden has no end that a reader knows of.
    every = add_up(np.indices((2 * MOST + 1,) * 4).reshape(2, 2, -1))
    fits = np.logical_and.reduce([every[cell] == number for cell, number in shown.items()] or [True])
    for cell in view.cells:
        if cell not in shown:
            numbers = set(np.unique(every[cell][fits]).tolist())
            assert numbers >= {1, 2, 3} or not numbers & {1, 2, 3}, f"{cell} is one of {sorted(numbers)}"


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.int64, (2, 2), elements=st.integers(0, 30)))
def test_linear_programming_finds_nothing_more(people: np.ndarray) -> None:
    rule = rule_of(NaiveRule(8, 5))
    view = protect(show(count(people), PARENTS, NaiveRule(8, 5)), rule).view
    lower, upper = work_out(view, rule, primary_only=False)
    sharpen(view, lower, upper, rule)
    for table in view.tables:
        for rows in get_rows(view, table):
            if rows is not None:
                assert not find_narrowed(lower[rows], upper[rows], table.hidden, rule, sensitive=False).any()
