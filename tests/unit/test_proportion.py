"""Wilson limits against published examples and against the equation they solve."""

from statistics import NormalDist

import numpy as np
import pytest

from placewise.floor.statistics.proportion import get_wilson_limits


def test_the_example_of_newcombe() -> None:
    """81 of 263: 0.2553 to 0.3662. Newcombe RG, Statistics in Medicine 1998;17:857-872, table I, method 3."""
    lower, upper = get_wilson_limits([81, 15, 0, 1], [263, 148, 20, 29])
    np.testing.assert_allclose(lower, [0.2553, 0.0624, 0.0000, 0.0061], atol=5e-5)
    np.testing.assert_allclose(upper, [0.3662, 0.1605, 0.1611, 0.1718], atol=5e-5)


def test_the_limits_are_where_the_score_test_is_just_met() -> None:
    x, n = np.array([3.0, 50, 99]), np.array([10.0, 200, 100])
    z = NormalDist().inv_cdf(0.975)
    for limit in get_wilson_limits(x, n):
        np.testing.assert_allclose((x / n - limit) ** 2, z**2 * limit * (1 - limit) / n, rtol=1e-9)


def test_none_and_all_are_valid_and_nobody_has_no_limits() -> None:
    lower, upper = get_wilson_limits([0, 30, 0], [30, 30, 0])
    assert lower[0] == 0 and upper[1] == 1
    assert np.isnan([lower[2], upper[2]]).all()


def test_a_limit_never_passes_the_proportion() -> None:
    n = np.arange(1, 20_000)
    for x in (np.zeros_like(n), n):
        lower, upper = get_wilson_limits(x, n)
        assert np.all((lower >= 0) & (lower <= x / n) & (x / n <= upper) & (upper <= 1))


def test_more_met_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="exceeds"):
        get_wilson_limits(11, 10)
