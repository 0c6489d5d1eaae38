"""What must hold of findings."""

from collections.abc import Sequence

from placewise.floor.checking import Check, hold
from placewise.gaps.contract import Finding, Kind, Standing

ROOM = "gaps"


def check_findings(findings: Sequence[Finding]) -> tuple[Check, ...]:
    """Raises FaultsFound if a sentence holds a number, or an area has two verdicts on one measure."""
    verdicts = [
        (each.measure, each.level, each.area)
        for each in findings
        if each.kind == Kind.CHANGE and each.standing != Standing.GONE
    ]
    numbered = [each for each in findings if any(letter.isdigit() for letter in each.told)]
    return (
        hold(ROOM, "findings hold no number", not numbered, "A finding is told in words alone."),
        hold(
            ROOM,
            "one verdict an area",
            len(set(verdicts)) == len(verdicts),
            "No area has two verdicts on one measure.",
        ),
    )
