"""A mean that is hidden is not left over when the others are taken from the whole's."""

from dataclasses import replace

import numpy as np

from builders.released_tables import MEASURE, NaiveRule, rule_of, show
from placewise.publishing.attack.means import find_deduced
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.view import Table, View
from placewise.publishing.contract import HIDDEN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

PARENTS = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE", "WEST": "WHOLE"}
MANY = {"WHOLE": 1005, "NORTH": 600, "SOUTH": 400, "WEST": 5}
COUNTS = {(area, "all", "all"): (many, many) for area, many in MANY.items()}


def as_means(view: View) -> View:
    """The same counts, of people who have a value, and their mean beside it."""
    counts = (None, None, f"{MEASURE}: values")
    tables = (replace(each, counts=counts, is_mean=True) if each.name == MEASURE else each for each in view.tables)
    return replace(view, tables=tuple(tables), counts=(*view.counts, counts[2]))


def get_hidden(table: Table, view: View) -> set[str]:
    return {view.cells[place][0] for place in np.flatnonzero(table.state[:, 0] == STATES.index(HIDDEN))}


def test_a_second_area_is_hidden_with_the_one_that_is_small() -> None:
    """Five of a thousand are between bounds as a count, and still their mean would be left over, roughly."""
    view = as_means(show(COUNTS, PARENTS))
    table = view.tables[-1]
    assert get_hidden(table, view) == {"WEST"}
    assert find_deduced(view, table, find_relations(view)).sum() == 1
    done = protect(view, rule_of(NaiveRule(8, 5))).view
    assert get_hidden(done.tables[-1], done) == {"WEST", "SOUTH"}
    assert not find_deduced(done, done.tables[-1], find_relations(done)).any()
