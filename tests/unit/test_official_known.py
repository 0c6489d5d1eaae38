"""What a publisher tells of the same people is known to the attacker, and hidden beside by the protection."""

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from builders.released_tables import MEASURE, MONTH, Counts, NaiveRule, rule_of, show
from placewise.publishing.attack.bounds import find_narrowed, find_recovered, get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.official import get_official_bounds, with_official
from placewise.publishing.attack.relations import find_relations
from placewise.publishing.attack.view import View
from placewise.publishing.contract import HIDDEN, NO_DATA, RELEASED_PUBLISHED
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

PLACES = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE"}
COUNTS: Counts = {
    ("WHOLE", "all", "all"): (56, 290),
    ("NORTH", "all", "all"): (51, 250),
    ("SOUTH", "all", "all"): (5, 40),
}
RULE = rule_of(NaiveRule(8, 5))


def publish(view: View, within: float = 0.0, period: str = "2025-26", **counts: int) -> View:
    """The view with a register as its publisher gives it for the end of March, area by area."""
    rows: list[dict[str, Any]] = [
        {
            "indicator": "register", "area": area, "area_name": area, "area_kind": "place", "period": period,
            "split": "all", "group": "all", "numerator": count, "unit": "people", "source": "register",
        }
        for area, count in counts.items()
    ]  # fmt: skip
    same = {"measure": MEASURE, "months": {"2025-26": MONTH}, "of": False, "within": within}
    return with_official(view, pa.Table.from_pylist(rows, RELEASED_PUBLISHED), {"register": {"same_as": same}})


def find(view: View) -> tuple[tuple[int, int], int]:
    """What is known of the numerator of the south; and how many hidden counts come out or are narrowed."""
    lower, upper = work_out(view, RULE, primary_only=False)
    told = get_official_bounds(view, find_relations(view))
    table = next(each for each in view.tables if each.name == MEASURE)
    found = 0
    for rows in get_rows(view, table):
        assert rows is not None
        bounds, official = (lower[rows], upper[rows]), (told[0][rows], told[1][rows])
        found += int(find_recovered(*bounds, table.hidden, RULE, official).sum())
        found += int(find_narrowed(*bounds, table.hidden, RULE, sensitive=False, official=official).sum())
    place = view.place(table.counts[0] or "") + view.cells.index(("SOUTH", "all", "all"))
    return (int(lower[place, 0]), int(upper[place, 0])), found


def test_rounding_protects_until_a_publisher_tells_the_total() -> None:
    view = show(COUNTS, PLACES)
    assert find(view) == ((1, 9), 0)
    assert find(publish(view, WHOLE=56)) == ((4, 8), 1), "56 less 48 to 52"


@pytest.mark.requirement("S085")
def test_protection_hides_beside_what_is_published() -> None:
    done = protect(publish(show(COUNTS, PLACES), WHOLE=56), RULE)
    assert done.in_doubt == ()
    assert find(done.view) == ((0, 56), 0), "the north is hidden too, and the publisher's 56 is all that is known"


def test_what_publishers_tell_by_themselves_is_no_find_and_nothing_is_hidden_for_it() -> None:
    view = publish(show(COUNTS, PLACES), WHOLE=56, NORTH=51)
    assert find(view) == ((5, 5), 0)
    assert protect(view, RULE).by_table == {MEASURE: 0, "people": 0}


def test_a_figure_that_may_lie_apart_tells_bounds() -> None:
    assert find(publish(show(COUNTS, PLACES), within=0.05, WHOLE=56)) == ((1, 9), 0), "53 to 59, as rounded"


def test_figures_of_another_day_or_that_contradict_the_release_tell_nothing() -> None:
    view = show(COUNTS, PLACES)
    assert publish(view, period="2024-25", WHOLE=56).known == ()
    assert publish(view, WHOLE=80).known == (), "shown as 55"


def test_an_area_without_records_is_left_out() -> None:
    view = show(COUNTS, PLACES)
    tables = [
        replace(table, state=np.full_like(table.state, STATES.index(NO_DATA))) if table.name == MEASURE else table
        for table in view.tables
    ]
    assert publish(replace(view, tables=tuple(tables)), SOUTH=5).known == ()


def test_what_bounds_leave_in_doubt_is_solved_exactly_and_a_nought_is_hidden_where_it_tells() -> None:
    """The publisher says 5 in all, and a shown nought in the north would leave the south no choice."""
    counts = {("WHOLE", "all", "all"): (5, 290), ("NORTH", "all", "all"): (0, 250), ("SOUTH", "all", "all"): (5, 40)}
    view = publish(show(counts, PLACES), WHOLE=5)
    assert find(view)[0] == (5, 5)
    done = protect(view, RULE)
    assert (find(done.view), done.in_doubt) == (((0, 5), 0), ())
    north = done.view.cells.index(("NORTH", "all", "all"))
    assert next(table for table in done.view.tables if table.name == MEASURE).state[north, 0] == STATES.index(HIDDEN)
