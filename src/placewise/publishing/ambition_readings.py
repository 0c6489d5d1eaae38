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
    known = ~np.isnan(exact.number)
    number, of = (exact.number * np.nan, exact.of * np.nan) if shown is None else (shown.number, shown.of)
    is_shown, away = known & ~np.isnan(number), rule.round_to - 1
    left_out = exact.of - exact.number if exact.kind == "share" else np.full_like(exact.number, np.inf)
    fewest = np.where(number > 0, np.maximum(number - away, rule.suppress_below), number)
    largest = np.where(number > 0, number + away, number)
    few = rule.suppress_below - 1
    fewest, largest = (
        np.where(is_shown, read, np.where(exact.number <= few, small, np.where(left_out <= few, exact.of - rest, each)))
        for read, small, rest, each in ((fewest, 1, few, exact.number), (largest, few, 1, exact.number))
    )
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
