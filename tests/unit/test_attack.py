"""Worked by hand: what a reader can take away from what is shown. Nought, 1 to 7 hidden, and the rest."""

from pathlib import Path

import numpy as np
import pytest

from builders.released_tables import MEASURE, MONTH, Counts, NaiveRule, rule_of, show
from placewise.floor.faults import FaultsFound
from placewise.publishing.attack.bounds import get_rows
from placewise.publishing.attack.build import work_out
from placewise.publishing.attack.view import Cell, View
from placewise.publishing.checks import check_doubt
from placewise.publishing.protection.build import protect

PLACES = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE"}
FOUR = {"WHOLE": "", "NORTH": "WHOLE", "SOUTH": "WHOLE", "N1": "NORTH", "N2": "NORTH", "S1": "SOUTH", "S2": "SOUTH"}


def find(view: View, cell: Cell, rule: NaiveRule, *, primary_only: bool = True) -> dict[str, tuple[int, int]]:
    """What a reader knows of numerator, missed and denominator of one cell: the least and the most."""
    lower, upper = work_out(view, rule_of(rule), primary_only=primary_only)
    table = next(each for each in view.tables if each.name == MEASURE)
    places = [rows.start + view.cells.index(cell) for rows in get_rows(view, table) if rows is not None]
    names = ("met", "missed", "of")
    return {name: (int(lower[at, 0]), int(upper[at, 0])) for name, at in zip(names, places, strict=True)}


def everyone(**areas: tuple[int, int]) -> Counts:
    return {(area, "all", "all"): count for area, count in areas.items()}


def test_the_total_less_the_rows_tells_the_one_that_is_hidden() -> None:
    counts = everyone(WHOLE=(56, 290), NORTH=(51, 250), SOUTH=(5, 40))
    naive = find(show(counts, PLACES, NaiveRule()), ("SOUTH", "all", "all"), NaiveRule())
    assert naive == {"met": (5, 5), "missed": (35, 35), "of": (40, 40)}


def test_where_nothing_more_can_be_hidden_the_release_is_refused() -> None:
    """Everybody has seen the whole and the north: they stay, and tell of the south. Only men and women are new."""
    sexes = {("WHOLE", "sex", "male"): (28, 140), ("WHOLE", "sex", "female"): (28, 150)}
    view = show(everyone(WHOLE=(56, 290), NORTH=(51, 250), SOUTH=(5, 40)) | sexes, PLACES, NaiveRule())
    seen = np.array([[area != "SOUTH" and split == "all"] for area, split, _ in view.cells])
    left = protect(view, rule_of(NaiveRule()), fixed={MEASURE: seen}).in_doubt
    free = protect(view, rule_of(NaiveRule())).in_doubt
    assert (left, free) == ((MONTH,), ())
    assert check_doubt(free, Path("releases")).passed
    with pytest.raises(FaultsFound, match=r"^releases: in 2026-03 .* so the release in force stays; withdraw "):
        check_doubt(left, Path("releases"))


def test_rounding_leaves_it_between_bounds() -> None:
    """55 of 290 less 50 of 250: 53 to 57 less 48 to 52 is 1 to 9, and what is hidden is 1 to 7."""
    counts = everyone(WHOLE=(56, 290), NORTH=(51, 250), SOUTH=(5, 40))
    rounded = find(show(counts, PLACES), ("SOUTH", "all", "all"), NaiveRule(8, 5))
    assert rounded == {"met": (1, 7), "missed": (29, 43), "of": (36, 44)}


def test_all_less_males_tells_one_female() -> None:
    counts = {
        ("WHOLE", "all", "all"): (58, 115),
        ("WHOLE", "sex", "male"): (57, 64),
        ("WHOLE", "sex", "female"): (1, 51),
    }
    # 57 of 64 leaves out 7, so that the row of males is hidden as well; with 9 left out it is not.
    both = find(show(counts, {"WHOLE": ""}, NaiveRule()), ("WHOLE", "sex", "female"), NaiveRule(), primary_only=False)
    assert both["met"] == (0, 58)
    counts = counts | {("WHOLE", "all", "all"): (56, 115), ("WHOLE", "sex", "male"): (55, 64)}
    assert find(show(counts, {"WHOLE": ""}, NaiveRule()), ("WHOLE", "sex", "female"), NaiveRule())["met"] == (1, 1)


def test_two_levels_tell_together_what_neither_tells_alone() -> None:
    """Both parts of the north are hidden, and the north: but the whole less the south is the north."""
    counts = everyone(
        WHOLE=(47, 300), NORTH=(7, 150), SOUTH=(40, 150), N1=(0, 90), N2=(7, 60), S1=(20, 75), S2=(20, 75)
    )  # fmt: skip
    assert find(show(counts, FOUR, NaiveRule()), ("N2", "all", "all"), NaiveRule())["met"] == (7, 7)


def test_nobody_of_a_sensitive_measure_is_worked_out_from_the_total() -> None:
    counts = everyone(WHOLE=(20, 60), NORTH=(20, 40), SOUTH=(0, 20))
    view = show(counts, PLACES, NaiveRule(), sensitive=True)
    assert find(view, ("SOUTH", "all", "all"), NaiveRule())["met"] == (0, 0)


def test_people_of_no_area_keep_the_total_less_the_rows_from_telling() -> None:
    counts = everyone(WHOLE=(70, 290), NORTH=(51, 240), SOUTH=(5, 40))
    view = show(counts, PLACES, NaiveRule(), outside=True)
    assert find(view, ("SOUTH", "all", "all"), NaiveRule(), primary_only=False)["met"] == (0, 19)
