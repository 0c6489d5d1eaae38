"""How much of an outcome that arrives late is known, beside the outcome."""

from placewise_site.evidence.sight import MeasureCard, Sight
from placewise_site.web.figures.trend import latest_sentence


def completeness_sentence(sight: Sight, card: MeasureCard, area: str) -> str:
    """The measure that says how complete this one is, in the same area and month; empty where there is none."""
    if not card.completeness or card.completeness not in {each.measure for each in sight.measures()}:
        return ""
    told = latest_sentence(sight.latest(card.completeness, area))
    return f"How complete it is: {sight.measure(card.completeness).title}. {told}"
