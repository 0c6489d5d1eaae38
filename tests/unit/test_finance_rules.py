"""A system's money adds up to the pound, whatever is entered; an overspend is shared to the pound."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from placewise_site.assurance.rules.finance import (
    WHOLE,
    Money,
    add_up,
    find_closing_refusals,
    find_entry_refusals,
    get_months,
    get_year,
    share_out,
    share_overspend,
)

POUNDS = some.integers(0, 10**11)
NAMES = some.lists(some.text("ABCDEFG", min_size=1, max_size=3), min_size=1, max_size=9, unique=True)
MONEY = some.builds(Money, POUNDS, POUNDS)


@some.composite
def agreed_shares(draw: some.DrawFn) -> dict[str, int]:
    """Of any number of organisations, which come to the whole."""
    names = draw(NAMES)
    cuts = sorted(draw(some.lists(some.integers(0, WHOLE), min_size=len(names) - 1, max_size=len(names) - 1)))
    return {name: upper - lower for name, lower, upper in zip(names, [0, *cuts], [*cuts, WHOLE], strict=True)}


def test_a_financial_year_begins_in_april() -> None:
    months = get_months(2026)
    assert (months[0], months[8], months[-1]) == (date(2026, 4, 1), date(2026, 12, 1), date(2027, 3, 1))
    assert (len(months), get_year(2026), get_year(2099)) == (12, "2026/27", "2099/00")


def test_parts_a_pound_short_of_the_envelope_are_refused_by_name() -> None:
    parts = {"North": Money(600, 600), "South": Money(399, 399)}
    assert find_entry_refusals(1_000, parts, {"North": 6_000, "South": 3_950}) == [
        "The organisations' parts come to £999, £1 less than the envelope of £1,000: North £600, South £399. "
        "Correct a part or the envelope.",
        "The shares of the risk come to 99.5%, not 100%: North 60%, South 39.5%.",
    ]


def test_one_organisation_too_high_does_not_make_up_for_one_too_low() -> None:
    parts = {"North": Money(600, 600), "South": Money(400, 400)}
    plans = {"North": Money(600, 605), "South": Money(400, 395)}
    assert find_closing_refusals(parts, plans) == [
        "North: spending £605, £5 more than its part.",
        "South: spending £395, £5 less than its part.",
    ]
    assert find_closing_refusals(parts, {"North": Money(600, 600)}) == ["South has not entered its plan yet."]


@given(agreed_shares(), some.data())
def test_a_plan_that_is_entered_and_closed_adds_up_to_the_pound(shares: dict[str, int], data: some.DataObject) -> None:
    parts = {name: data.draw(MONEY) for name in shares}
    whole = add_up(parts.values())
    assert find_entry_refusals(whole.income, parts, shares) == []
    assert find_closing_refusals(parts, parts) == []
    assert find_entry_refusals(whole.income + data.draw(some.integers(1, 9)), parts, shares)
    name, more = data.draw(some.sampled_from(sorted(parts))), data.draw(some.integers(1, 10**9))
    changed = parts | {name: parts[name] + Money(0, more)}
    told = find_closing_refusals(parts, changed)
    assert len(told) == 2, "the difference of all together, and of the organisation"
    assert all(f"£{more:,} more than" in each for each in told)
    assert told[1].startswith(f"{name}: spending")


@given(some.integers(0, 10**12), agreed_shares())
def test_parts_of_a_whole_add_up_to_it_and_lie_within_a_pound_of_their_share(
    total: int, shares: dict[str, int]
) -> None:
    parts = share_out(total, shares)
    assert sum(parts.values()) == total
    assert all(abs(parts[name] * WHOLE - total * share) < WHOLE for name, share in shares.items())
    assert share_out(total, dict(reversed(shares.items()))) == parts, "whatever the order"


@given(agreed_shares(), some.data())
def test_an_overspend_is_borne_to_the_pound_and_what_is_paid_comes_to_nothing(
    shares: dict[str, int], data: some.DataObject
) -> None:
    plans, forecasts = ({name: data.draw(MONEY) for name in shares} for _ in range(2))
    overspend = add_up(plans.values()).balance - add_up(forecasts.values()).balance
    borne = share_overspend(plans, forecasts, shares)
    assert bool(borne) is (overspend > 0)
    if borne:
        assert sum(each.bears for each in borne.values()) == overspend
        assert sum(each.pays for each in borne.values()) == 0


def test_three_equal_shares_of_a_pound_more_than_they_divide() -> None:
    assert share_out(100, {"A": 1, "B": 1, "C": 1}) == {"A": 34, "B": 33, "C": 33}
    with pytest.raises(ValueError, match="nobody to share"):
        share_out(1, {})
