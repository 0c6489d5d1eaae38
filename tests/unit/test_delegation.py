"""Each function has exactly one decider in each place; where it has none or two, that is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.governance.rules.delegation import (
    Gap,
    NotDelegated,
    Overlap,
    Power,
    check_amount,
    find_decider,
    find_gaps,
    find_overlaps,
    find_powers,
)

ON = date(2026, 4, 1)
GRANTS = Power(
    function="grants",
    place="NORTH",
    decider="north_committee",
    limit=100_000,
    above="board",
    starts=date(2022, 7, 1),
    expires=date(2026, 6, 30),
)
PLAN = Power(function="plan", place=None, decider="board", starts=date(2022, 7, 1))


def test_a_power_for_every_place_holds_in_each():
    assert find_decider([GRANTS, PLAN], "plan", "SOUTH", ON) == PLAN


def test_a_function_without_a_decider_is_a_gap():
    assert find_gaps([GRANTS, PLAN], ["grants", "plan"], ["NORTH", "SOUTH"], ON) == [Gap("grants", "SOUTH")]


def test_a_power_holds_on_its_last_day_and_leaves_a_gap_after_it():
    assert find_decider([GRANTS], "grants", "NORTH", date(2026, 6, 30)) == GRANTS
    assert find_decider([GRANTS], "grants", "NORTH", date(2026, 7, 1)) == Gap("grants", "NORTH", date(2026, 6, 30))


def test_two_deciders_are_both_named():
    too = Power(function="plan", place="NORTH", decider="north_committee", starts=ON)
    assert find_overlaps([PLAN, too], ["plan"], ["NORTH", "SOUTH"], ON) == [
        Overlap("plan", "NORTH", ("board", "north_committee"))
    ]


@pytest.mark.requirement("S039")
def test_a_use_above_the_limit_is_refused_with_who_decides_above_it():
    check_amount(GRANTS, 100_000)
    with pytest.raises(NotDelegated, match=r"£100,001 is above the limit of £100,000 .*; put it to board"):
        check_amount(GRANTS, 100_001)


days = st.integers(0, 40).map(lambda ahead: ON + timedelta(days=ahead))
powers = st.lists(
    st.builds(
        lambda place, decider, starts, lasts: Power(
            function="grants",
            place=place,
            decider=decider,
            starts=starts,
            expires=None if lasts is None else starts + timedelta(days=lasts),
        ),
        place=st.sampled_from(["NORTH", "SOUTH", None]),
        decider=st.sampled_from(["a", "b"]),
        starts=days,
        lasts=st.none() | st.integers(0, 20),
    ),
    max_size=6,
)


@given(made=powers, place=st.sampled_from(["NORTH", "SOUTH"]), on=days)
def test_a_day_has_one_decider_a_gap_or_an_overlap(made, place, on):
    found = find_decider(made, "grants", place, on)
    number = len(find_powers(made, "grants", place, on))
    assert (isinstance(found, Gap), isinstance(found, Power), isinstance(found, Overlap)) == (
        number == 0,
        number == 1,
        number > 1,
    )
