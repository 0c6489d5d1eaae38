"""What may be seen of a count. Suppress below 8, round to 5."""

import numpy as np
import pytest

from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import STATES, disclose, get_rounded, hide_together

RULE = DisclosureRule()


def see(numerator: int, denominator: int, *, reported: bool = True, sensitive: bool = False) -> str:
    seen = disclose(np.array([numerator]), np.array([denominator]), np.array([reported]), RULE, sensitive=sensitive)
    state = STATES[seen.state[0]]
    return f"{seen.numerator[0]} of {seen.denominator[0]}" if state == "shown" else state


@pytest.mark.parametrize(
    ("met", "eligible", "seen"),
    [
        (0, 0, "0 of 0"),  # zero stays zero
        (0, 40, "0 of 40"),
        (40, 40, "40 of 40"),
        (8, 16, "10 of 15"),
        (12, 23, "10 of 25"),
        (7, 40, "hidden"),  # the numerator
        (1, 40, "hidden"),
        (33, 40, "hidden"),  # the seven who were missed
        (39, 40, "hidden"),
        (0, 7, "hidden"),  # the denominator
        (0, 8, "0 of 10"),
    ],
)  # fmt: skip
def test_a_cell_is_hidden_for_its_numerator_denominator_or_their_difference(met: int, eligible: int, seen: str) -> None:
    assert see(met, eligible) == seen


@pytest.mark.parametrize(
    ("on_register", "not_on_it", "seen"),
    [
        (0, 40, ["hidden", "hidden"]),  # nobody of the area is on it
        (40, 0, ["hidden", "hidden"]),  # everybody is
        (7, 33, ["hidden", "hidden"]),
        (20, 20, ["shown", "shown"]),
        (0, 0, ["shown", "shown"]),  # nobody lives there at all
    ],
)
def test_on_a_sensitive_register_or_not_are_shown_both_or_neither(
    on_register: int, not_on_it: int, seen: list[str]
) -> None:
    counts = np.array([[[on_register], [not_on_it]]])
    disclosed = disclose(counts, counts, np.ones_like(counts, bool), RULE)
    state = hide_together(disclosed, counts, [0, 1], RULE)
    assert [STATES[each] for each in state[0, :, 0]] == seen


def test_none_and_all_of_a_sensitive_measure_are_hidden() -> None:
    assert see(0, 40, sensitive=True) == see(40, 40, sensitive=True) == "hidden"
    assert see(20, 40, sensitive=True) == "20 of 40"
    assert see(0, 0, sensitive=True) == "0 of 0"


def test_nothing_reported_is_no_data_and_not_zero() -> None:
    assert see(0, 0, reported=False) == "no_data"


def test_no_shown_pair_of_rounded_counts_lets_a_small_difference_be_inferred() -> None:
    """For every true pair up to 120: what is shown fits at least one true pair that the rule allows, and no other."""
    denominator, numerator = (each.ravel() for each in np.meshgrid(np.arange(121), np.arange(121), indexing="ij"))
    possible = numerator <= denominator
    numerator, denominator = numerator[possible], denominator[possible]
    seen = disclose(numerator, denominator, np.ones(len(numerator), bool), RULE)
    for counts in (numerator, denominator, denominator - numerator):
        assert not np.any((counts[seen.shown] > 0) & (counts[seen.shown] < 8))
    for counts in (seen.numerator[seen.shown], seen.denominator[seen.shown]):
        assert np.all((counts == 0) | (counts >= 10)) and np.all(counts % 5 == 0)
    assert np.all(seen.numerator[seen.shown] <= seen.denominator[seen.shown])


def test_a_stricter_rule_hides_more_and_never_rounds_somebody_to_nobody() -> None:
    strict = DisclosureRule(suppress_below=10, round_to=25)
    assert get_rounded(9, strict) is None
    assert get_rounded(10, strict) == 25
    assert get_rounded(0, strict) == 0


@pytest.mark.parametrize(("suppress_below", "round_to"), [(7, 5), (8, 1), (0, 0)])
def test_no_rule_is_looser_than_the_floor(suppress_below: int, round_to: int) -> None:
    with pytest.raises(ValueError, match="looser"):
        DisclosureRule(suppress_below, round_to)
