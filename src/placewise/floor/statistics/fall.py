"""Whether a count has fallen to less than a share of what it was: exact tests for events that come one by one."""

import numpy as np
import numpy.typing as npt


def get_fall_p_value(before: int, after: int, share: float) -> float:
    """How likely so few events, or fewer, are where the rate is still `share` of what it was.

    before, after: events of two periods of the same length, each Poisson; share: above 0. Given their sum, `after` is
    binomial with odds `share` to 1, and this is its lower tail. No events at all give 1.
    Source: Przyborowski J, Wilenski H, Biometrika 1940;31:313-323 (the conditional test of two Poisson rates).
    """
    total = before + after
    step = np.arange(total)
    return _lower_tail(np.log((total - step) * share) - np.log(step + 1.0), after)


def get_fall_beside_p_value(before: int, after: int, beside_before: int, beside_after: int, share: float) -> float:
    """The same beside other events, which may have fallen as well: how likely so few are where the rate, as a multiple
    of what became of the others' rate, is still `share` of what it was.

    Given all margins, `after` is Fisher's noncentral hypergeometric with odds ratio `share`; this is its lower tail.
    No others give 1: there is nothing to fall beside.
    Source: Fisher RA, J R Stat Soc 1935;98:39-82; the noncentral form as in Agresti A, Stat Sci 1992;7:131-153.
    """
    total, beside, late = before + after, beside_before + beside_after, after + beside_after
    least, most = max(0, late - beside), min(total, late)
    step = np.arange(least, most)
    ratio = np.log((total - step) * (late - step) * share) - np.log((step + 1.0) * (beside - late + step + 1.0))
    return _lower_tail(ratio, after - least)


def _lower_tail(log_ratio: npt.NDArray[np.float64], reached: int) -> float:
    """The chance of the values 0 to `reached`. log_ratio: of each value's chance to that of the one before."""
    weight = np.concatenate([[0.0], np.cumsum(log_ratio)])
    weight = np.exp(weight - weight.max())
    return float(weight[: reached + 1].sum() / weight.sum())
