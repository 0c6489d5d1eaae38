"""A paper that states a figure must cite one. Days, years, items and documents are no figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placewise_site.meetings.rules.figures import find_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("142 strokes prevented and about 35 bleeds a year", ["142", "35"]),
        ("known on registers: 62.5% of 400,000 carers", ["62.5%", "400,000"]),
        ("more than £4.5m for 11 projects", ["£4.5m", "11"]),
        ("Meeting of 1 November 2017, item 4, section 2.1", []),
        ("the plan for 2025/26 and 2026-27, last reviewed in March 2024", []),
        ("as on 2025-09-16, the 2nd reading of version 3", []),
        ("claims C12 and X9, place 36J, body X2C4Y", []),
        ("in 2,019 homes and for 2019 people", ["2,019", "2019"]),
        ("Nothing is counted here.", []),
    ],
)
def test_figures_are_told_from_names(text, figures):
    assert list(find_figures(text)) == figures


def test_what_a_body_is_asked_for_is_no_evidence():
    text = "Approve £250,000 (£250k) of the £1.2m that was set aside."
    assert find_figures(text, 250_000) == ("£1.2m",)
    assert len(find_figures(text)) == 3


@given(st.integers(0, 10**9), st.sampled_from(["%", " per cent", " people"]))
def test_every_number_of_something_is_a_figure(number, unit):
    assert len(find_figures(f"We found {number:,}{unit} in all.")) == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Nd", "No", "Nl", "Cs"])))
def test_without_a_digit_there_is_no_figure(text):
    assert find_figures(text) == ()
