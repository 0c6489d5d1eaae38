"""The start that a promise implies, where it says the same thing twice: as a number and as a share."""

from placewise.gaps.ambitions.contract import Point
from placewise.gaps.ambitions.definition import Target
from placewise.gaps.ambitions.outcome import Outcome


def get_implied_start(target: Target) -> float | None:
    """The start that the wording implies, where one number is said to be a share of it: in years for months."""
    if target.share_of_start is None or target.value is None:
        return None
    return abs(target.value / target.share_of_start) / (12 if target.unit == "months" else 1)


def tell_implied_start(target: Target, outcome: Outcome | None) -> list[str]:
    """Said whether anything is measured or not, and flagged where the measured start is another; it blocks nothing."""
    implied = get_implied_start(target)
    if implied is None:
        return []
    told = f"The wording implies a start of {implied:.1f} {'years' if target.unit == 'months' else ''}".rstrip()
    start: Point | None = outcome.baseline if outcome else None
    if outcome is None or start is None or start.value is None:
        return [f"{told}."]
    off = start.lower is not None and start.upper is not None and not start.lower <= implied <= start.upper
    measured = f"measured in {start.period}: {outcome.scale.words(start.value)}"
    return [f"{told}; {measured}{', which differs by more than chance' if off else ''}."]
