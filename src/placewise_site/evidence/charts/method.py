"""Which control chart a series takes, and its limits: the rule is stated here, and which it took under the chart."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.control_charts.large_denominators import get_p_prime_limits, get_u_prime_limits
from placewise.floor.statistics.control_charts.limits import ControlLimits
from placewise.floor.statistics.control_charts.rare_events import get_g_limits, get_t_limits
from placewise.floor.statistics.control_charts.xmr import get_xmr_limits
from placewise_site.evidence.charts.points import NotDrawn, Point, numbers
from placewise_site.evidence.scale import Scale

LARGE = 1000
"""What a month is of, from which on the limits are those for large denominators: with fewer, p', u' and XmR agree."""

FEWEST = 10
"""Months (or events) without which no control chart is drawn."""


class Method(StrEnum):
    XMR = "XmR"
    P_PRIME = "p'"
    U_PRIME = "u'"
    T = "t"
    G = "g"

    @property
    def is_of_gaps(self) -> bool:
        """Whether each point is the gap between two rare events, and not a month."""
        return self in (Method.T, Method.G)


def choose_method(points: Sequence[Point], scale: Scale) -> Method:
    """p' for a share and u' for a rate where the months are of LARGE or more, by their median; else XmR.

    Raises NotDrawn where more than half of the months have no event: such a series is one for the gaps between the
    events (T, G), which are another series, of dates.
    """
    if not scale.counts:
        return Method.XMR
    counted, of = numbers(points, "numerator"), numbers(points, "denominator")
    known = ~np.isnan(counted) & ~np.isnan(of)
    if not known.any():
        return Method.XMR
    if np.mean(counted[known] == 0) > 0.5:
        raise NotDrawn(
            "More than half of the months that can be shown have none, so that a monthly chart says nothing; rare "
            "events are charted by the time between them, which needs their dates."
        )
    if np.median(of[known]) < LARGE:
        return Method.XMR
    return Method.P_PRIME if scale.is_share else Method.U_PRIME


def get_limits(
    method: Method, points: Sequence[Point], scale: Scale, phase: npt.NDArray[np.int64], *, screened: bool
) -> ControlLimits:
    """Of one series, so float64[1, points], on its scale. Only settled points take part."""
    used = np.array([point.settled for point in points])
    values, counted, of = (
        np.where(used, numbers(points, name), np.nan)[None] for name in ("value", "numerator", "denominator")
    )
    if method is Method.T:
        return get_t_limits(values, phase)
    if method is Method.G:
        return get_g_limits(values, phase)
    if method is Method.XMR:
        return get_xmr_limits(values, phase, screened=screened)
    get = get_p_prime_limits if method is Method.P_PRIME else get_u_prime_limits
    return _scaled(get(counted, of, phase, screened=screened), scale.per)


def _scaled(limits: ControlLimits, per: int) -> ControlLimits:
    return replace(
        limits,
        centre=limits.centre * per,
        lower=limits.lower * per,
        upper=limits.upper * per,
        near_lower=limits.near_lower * per,
        near_upper=limits.near_upper * per,
    )
