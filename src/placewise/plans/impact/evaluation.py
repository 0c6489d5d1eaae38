"""Did it work: the areas where something began, before and after, beside areas where it did not.

Three methods are shown and one decides. Which one is settled by how many areas there are, never by what comes out:
matched controls where they can be matched, else a synthetic control; a series alone never decides, since whatever else
began in its month would be taken for the effect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.interrupted_series import fit_interruption
from placewise.floor.statistics.matched_controls import get_matched_change
from placewise.floor.statistics.synthetic_control import get_synthetic_change

MATCHED, SYNTHETIC, INTERRUPTED = "matched controls", "synthetic control", "interrupted time series"
PANDEMIC, A_YEAR_LATER = "2020-03", "2021-03"
"""World Health Organization, 11 March 2020. Care fell at once and recovered for long, so the line turns twice."""
YEAR = 12
LEAST_MONTHS = 6
"""On either side of a stated break, without which it cannot be told from seasons."""

ASSUMES = {
    MATCHED: "Without it these areas would have changed as did those that stood and went as they did before.",
    SYNTHETIC: "Without it these areas together would have gone on as the mixture of others that went as they did.",
    INTERRUPTED: "Without it the line before, with its seasons, would have gone on.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is judged. months: YYYY-MM; counted, of: float64[areas, months], NaN in a month that is not shown; treated:
    bool[areas]; starts_at: the place of the first month of the programme; breaks, steps: YYYY-MM of other changes."""

    months: Sequence[str]
    counted: Floats
    of: Floats
    treated: npt.NDArray[np.bool_]
    starts_at: int
    breaks: Sequence[str] = ()
    steps: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """What one method finds: the change as a share, with 95% limits; all None where it cannot be used, and why."""

    method: str
    change: float | None
    lower: float | None
    upper: float | None
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """deciding: the method whose limits count, "" for none. observed, expected: float64[months], the treated areas'
    share, and what it would have been by the deciding method (by the line, where none decides)."""

    methods: tuple[Method, ...]
    deciding: str
    observed: Floats
    expected: Floats

    @property
    def decided(self) -> Method | None:
        return next((each for each in self.methods if each.method == self.deciding), None)

    @property
    def sign(self) -> int:
        """1 where the share rose beyond chance, -1 where it fell, 0 where neither is known."""
        found = self.decided
        if found is None or found.lower is None or found.upper is None:
            return 0
        return int(found.lower > 0) - int(found.upper < 0)


def judge(course: Course) -> Judgement:
    """Every area of the course has all months; see publishing/effect.py for those that have not.

    Raises ValueError where even the line cannot be drawn.
    """
    shares = course.counted / course.of
    treated = course.treated
    together = course.counted[treated].sum(axis=0) / course.of[treated].sum(axis=0)
    matched, of_matched = _try(MATCHED, lambda: _match(shares, treated, course.starts_at))
    mixed, of_mixed = _try(SYNTHETIC, lambda: _mix(together, shares[~treated], course.starts_at))
    line, of_line = _draw_line(course, together)
    methods = (matched, mixed, line)
    deciding = next((each.method for each in (matched, mixed) if each.change is not None), "")
    expected = {MATCHED: of_matched, SYNTHETIC: of_mixed}.get(deciding)
    return Judgement(
        methods=methods,
        deciding=deciding,
        observed=shares[treated].mean(axis=0) if deciding == MATCHED else together,
        expected=of_line if expected is None else expected,
    )


def _match(shares: Floats, treated: npt.NDArray[np.bool_], starts_at: int) -> tuple[Estimate, Floats]:
    found = get_matched_change(shares, treated, starts_at=starts_at)
    before = slice(None, starts_at)
    return found.change, found.controls + (found.treated[before] - found.controls[before]).mean()


def _mix(together: Floats, others: Floats, starts_at: int) -> tuple[Estimate, Floats]:
    found = get_synthetic_change(together, others, starts_at=starts_at)
    return found.change, found.expected


def _draw_line(course: Course, together: Floats) -> tuple[Method, Floats]:
    """Of the difference to all other areas where there are any, since what all share then falls out."""
    others, first_month = ~course.treated, int(course.months[0][-2:])
    beside = course.counted[others].sum(axis=0) / course.of[others].sum(axis=0) if others.any() else np.zeros(1)
    places = {month: place for place, month in enumerate(course.months)}
    pandemic = (PANDEMIC,) if others.any() else (PANDEMIC, A_YEAR_LATER)
    breaks = [places[each] for each in dict.fromkeys((*pandemic, *course.breaks)) if each in places]
    apart = (LEAST_MONTHS, len(course.months) - LEAST_MONTHS)
    breaks = [each for each in breaks if apart[0] <= each <= apart[1] and each != course.starts_at]
    found = fit_interruption(
        (together - beside)[None],
        starts_at=course.starts_at,
        first_month=first_month if len(course.months) >= 2 * YEAR else None,
        breaks_at=breaks,
        steps_at=[places[each] for each in course.steps if each in places and places[each] not in breaks],
    )
    told = "Of the difference to all other areas." if others.any() else "Of these areas alone: it decides nothing."
    return _tell(INTERRUPTED, found.change, told), found.expected[0] + beside


def _try(name: str, method: Callable[[], tuple[Estimate, Floats]]) -> tuple[Method, Floats | None]:
    try:
        change, expected = method()
    except ValueError as reason:
        return Method(method=name, change=None, lower=None, upper=None, told=f"Not used: {reason}."), None
    return _tell(name, change, ""), expected


def _tell(name: str, change: Estimate, told: str) -> Method:
    value, lower, upper = (float(np.ravel(each)[0]) for each in (change.value, change.lower, change.upper))
    if np.isnan(value):
        return Method(method=name, change=None, lower=None, upper=None, told="Not used: the months are too few.")
    return Method(method=name, change=value, lower=lower, upper=upper, told=f"{ASSUMES[name]} {told}".strip())
