"""Numbers of events in sentences that go to everybody: rounded as every count is, and too few said as that."""

from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import get_rounded

ROOM = "codes"


def say_times(count: int, rule: DisclosureRule) -> str:
    """ "about 1,240 times", "fewer than 8 times", "not at all"."""
    rounded = get_rounded(count, rule)
    if rounded is None:
        return f"fewer than {rule.suppress_below} times"
    return f"about {rounded:,} times" if rounded else "not at all"


def say_values(count: int, rule: DisclosureRule) -> str:
    """ "About 1,240 values", "Fewer than 8 values"."""
    rounded = get_rounded(count, rule)
    return f"Fewer than {rule.suppress_below} values" if rounded is None else f"About {rounded:,} values"
