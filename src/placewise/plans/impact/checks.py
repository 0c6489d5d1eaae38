"""What may never be added up: other events, other horizons, and what two treatments would prevent twice."""

from collections.abc import Sequence

from placewise.floor.faults import refuse
from placewise.plans.impact.contract import Events


def check_may_be_added(counted: Sequence[Events]) -> None:
    """Raises FaultsFound unless all are one effect of one treatment over one horizon, so that only the people differ.

    The same stroke may be prevented by treating an irregular heartbeat or high blood pressure, so that a sum over
    treatments counts it twice; a stroke and a bleed are not equal events; and events of one year are no part of those
    of five. A horizon that is not stated is the same for groups of people of one claim, and for nothing else.
    """
    if not counted:
        raise refuse("impact", "there is nothing to add up", "name at least one group of people")
    first = counted[0]
    for each in counted[1:]:
        if (each.event, each.effect) != (first.event, first.effect):
            told = f"{first.event} and {each.event} are not equal events and cannot be added up"
            raise refuse("impact", told, "show them side by side")
        if each.measure != first.measure:
            told = f"{each.event} that {first.measure} and {each.measure} would prevent overlap and cannot be added up"
            raise refuse("impact", told, "ask for each by itself")
        if (each.horizon, each.source, each.one_in) != (first.horizon, first.source, first.one_in):
            told = f"{each.event} over {_time(first)} and over {_time(each)} cannot be added up"
            raise refuse("impact", told, "add up only what one source says of one horizon")


def _time(events: Events) -> str:
    return f"{events.horizon} ({events.source})"
