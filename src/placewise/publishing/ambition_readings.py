"""As what the counts behind a verdict can be read by whoever sees what a release shows of them.

A verdict is of exact counts, of which some are hidden and others rounded. It may leave only where it is the same at the
ends of all that they can be read as, before the promise and since: then it narrows none of them.
"""

from dataclasses import replace

import numpy as np

from placewise.gaps.ambitions.reading import Reading
from placewise.publishing.definition import DisclosureRule

Range = tuple[Reading, Reading]


def get_range(exact: Reading, shown: Reading | None, rule: DisclosureRule) -> Range:
    """The least and the most that every period can be read as.

    What is shown is less than a step from what was counted. What is hidden for being small, or for leaving few out, is
    any small number; what is hidden beside it may be known to be large.
    """
    number, of = (exact.number * np.nan, exact.of * np.nan) if shown is None else (shown.number, shown.of)
    away, few = rule.round_to - 1, rule.suppress_below - 1
    is_shown, is_few = ~np.isnan(number), exact.number <= few
    leaves_few = exact.of - exact.number <= few if exact.kind == "share" else np.zeros_like(is_few)
    cases = [is_shown & (number == 0), is_shown, is_few, leaves_few]
    fewest = np.select(cases, [number, np.maximum(number - away, rule.suppress_below), 1, exact.of - few], exact.number)
    largest = np.select(cases, [number, number + away, few, exact.of - 1], exact.number)
    of_least = np.where(is_shown, np.maximum(of - away, 1), exact.of)
    of_most = np.where(is_shown, of + away, exact.of)
    if exact.kind == "share":
        fewest, largest = np.minimum(fewest, of_most), np.minimum(largest, of_least)
    return replace(exact, number=fewest, of=of_most), replace(exact, number=largest, of=of_least)


def join(earlier: Reading, later: Reading, baseline: str) -> Reading:
    """One reading up to the baseline's period and another from then on; without one, from the second period on."""
    since = earlier.periods.index(baseline) + 1 if baseline in earlier.periods else 1
    number, of = (
        np.concatenate([first[:, :since], last[:, since:]], axis=1)
        for first, last in ((earlier.number, later.number), (earlier.of, later.of))
    )
    return replace(earlier, number=number, of=of)
