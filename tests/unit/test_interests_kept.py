"""An interest is public until six months after it ended, kept six years, and then due for destruction."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.governance.rules.interests import (
    Stage,
    get_last_kept_day,
    get_last_public_day,
    get_stage,
    is_public,
)

ENDED = date(2025, 3, 15)


@pytest.mark.parametrize(
    ("on", "stage"),
    [
        (date(2025, 3, 15), Stage.HELD),
        (date(2025, 3, 16), Stage.ENDED),
        (date(2025, 9, 15), Stage.ENDED),
        (date(2025, 9, 16), Stage.PRIVATE),
        (date(2031, 3, 15), Stage.PRIVATE),
        (date(2031, 3, 16), Stage.DUE),
    ],
)
def test_the_stages_of_an_interest_that_ended(on, stage):
    assert get_stage(ENDED, on) is stage
    assert is_public(ENDED, on) == (stage in (Stage.HELD, Stage.ENDED))


def test_one_that_has_not_ended_is_public():
    assert is_public(None, date(2099, 1, 1))


@pytest.mark.parametrize(
    ("ended", "last"), [(date(2025, 8, 31), date(2026, 3, 1)), (date(2023, 8, 29), date(2024, 2, 29))]
)
def test_a_shorter_month_never_shortens_the_time(ended, last):
    assert get_last_public_day(ended) == last


@given(ended=st.dates(date(2000, 1, 1), date(2080, 12, 31)))
def test_public_at_least_half_a_year_and_kept_at_least_six(ended):
    assert get_last_public_day(ended) - ended >= timedelta(days=181)
    assert get_last_kept_day(ended) - ended >= timedelta(days=6 * 365)
    assert get_last_public_day(ended) < get_last_kept_day(ended)
