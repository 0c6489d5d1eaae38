"""A count is hidden only where no other table, and no other release, tells of it."""

import numpy as np

from builders.released_tables import MEASURE, show_together
from placewise.measures.cube import PEOPLE
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.earlier import add_earlier
from placewise.publishing.attack.view import Rule, Table, View
from placewise.publishing.contract import HIDDEN, SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

RULE = Rule(8, 5, adds_up=True)
PLACES = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE"}
VERSIONS = {MEASURE: "the same"}


def table_of_nobody(name: str, counts: tuple[str | None, str | None, str], state: str, *, sensitive: bool) -> Table:
    grid = np.zeros((1, 1), np.int64)
    return Table(name, counts, np.full((1, 1), STATES.index(state), np.int8), grid, grid, RULE, sensitive)


def test_that_nobody_is_on_a_sensitive_register_is_told_by_no_measure_of_their_care() -> None:
    tables = (
        table_of_nobody(PEOPLE, (None, None, "everyone"), HIDDEN, sensitive=False),
        table_of_nobody("register", ("on it", "not on it", "everyone"), HIDDEN, sensitive=True),
        table_of_nobody("care", ("asked", "not asked", "on it"), SHOWN, sensitive=False),
    )
    counts = tuple(count for table in tables for count in table.counts if count)
    view = View((("WHOLE", "all", "all"),), ("2026-03",), tuple(dict.fromkeys(counts)), tables, {}, {"WHOLE": ""})
    done = protect(view, RULE)
    assert [int(table.state[0, 0]) for table in done.view.tables] == [STATES.index(HIDDEN)] * 3
    assert done.in_doubt == ()


def test_how_groups_were_rounded_before_is_known_where_they_are_shown_no_more() -> None:
    """In the north few met it, so it is hidden; men and women are shown once a quarter, and tell of those missed."""
    areas = {
        ("WHOLE", "all", "all"): (43, 240),
        ("NORTH", "all", "all"): (3, 120),
        ("SOUTH", "all", "all"): (40, 120),
    }
    sexes = {
        (area, "sex", sex): count
        for area, of in {"WHOLE": (41, 200, 2, 40), "NORTH": (1, 80, 2, 40), "SOUTH": (40, 120, 0, 0)}.items()
        for sex, count in (("female", of[:2]), ("male", of[2:]))
    }
    before = protect(show_together(areas | sexes, PLACES), RULE).view
    now = protect(show_together(areas, PLACES), RULE).view
    known, _ = add_earlier(now, VERSIONS, [(before, VERSIONS)])

    def missed_in_the_north(view: View) -> tuple[int, int]:
        lower, upper = work_out(view, RULE, primary_only=False)
        rows = get_rows(view, next(table for table in view.tables if table.name == MEASURE))[1]
        assert rows is not None
        at = rows.start + view.cells.index(("NORTH", "all", "all"))
        return int(lower[at, 0]), int(upper[at, 0])

    assert known.told_elsewhere is not None
    alone, before_alone, together = (missed_in_the_north(each) for each in (now, before, known))
    assert together[0] >= max(alone[0], before_alone[0]) and together[1] <= min(alone[1], before_alone[1])
