"""What must hold of the verdicts."""

from collections.abc import Collection, Sequence
from datetime import date

from placewise.floor.checking import Check, hold
from placewise.gaps.ambitions.contract import AmbitionCard, Verdict

ROOM = "gaps"
_SETTLED = (Verdict.MET, Verdict.MISSED, Verdict.NOT_MEASURED, Verdict.NOT_YET_KNOWN)


def check_ambitions(cards: Sequence[AmbitionCard], promised: Collection[str], as_of: date) -> tuple[Check, ...]:
    """Raises FaultsFound if an ambition was dropped, has no verdict, or a past date is called on or off course."""
    past = [target for card in cards for target in card.targets if target.due is not None and target.due <= as_of]
    return (
        hold(
            ROOM,
            "no ambition is dropped",
            {card.ambition for card in cards} == set(promised) and all(card.targets for card in cards),
            "Every ambition has a verdict on each of its targets.",
        ),
        hold(
            ROOM,
            "past dates are settled",
            all(target.verdict in _SETTLED for target in past),
            "A target whose date is past is met, missed, not measured or not yet known.",
        ),
    )
