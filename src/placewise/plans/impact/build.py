"""Make the impact of treating so many people from a programme's sourced effects, and add up what may be added."""

from collections.abc import Sequence
from dataclasses import replace

from placewise.floor.statistics.events_prevented import get_events_prevented
from placewise.plans.impact.checks import check_may_be_added
from placewise.plans.impact.contract import Events, Impact, Net
from placewise.plans.impact.definition import CAUSES, PREVENTS, Effect, ImpactSection, NetReading, get_effects


def build_impact(measure: str, section: ImpactSection, people: int) -> Impact:
    """people: those newly treated; who is treated already, declines or may not be treated is left out by the caller.

    Raises ValueError for fewer than no people. Nothing is rounded here.
    """
    if people < 0:
        raise ValueError(f"{people} people cannot be treated")
    return Impact(
        measure=measure,
        people=people,
        people_are=section.people,
        prevented=tuple(_count(measure, each, people) for each in get_effects(section, PREVENTS)),
        caused=tuple(_count(measure, each, people) for each in get_effects(section, CAUSES)),
        net=_get_net(section.net, people) if section.net else None,
    )


def add_up(counted: Sequence[Events]) -> Events:
    """The same event among groups of different people, for instance places. Raises FaultsFound for any other sum."""
    check_may_be_added(counted)
    ends = [(each.fewest, each.most) for each in counted if each.fewest is not None and each.most is not None]
    known = len(ends) == len(counted)
    return replace(
        counted[0],
        number=sum(each.number for each in counted),
        fewest=sum(fewest for fewest, _ in ends) if known else None,
        most=sum(most for _, most in ends) if known else None,
    )


def _count(measure: str, effect: Effect, people: int) -> Events:
    # The more people must be treated for one event, the fewer events there are.
    fewest, most = (people / effect.range[1], people / effect.range[0]) if effect.range else (None, None)
    return Events(
        measure=measure,
        event=effect.event,
        effect=effect.effect,
        number=float(get_events_prevented(people, effect.one_in)),
        fewest=fewest,
        most=most,
        one_in=effect.one_in,
        horizon=effect.horizon,
        population=effect.population,
        kind=effect.kind,
        source=effect.source,
        note=effect.note,
    )


def _get_net(readings: Sequence[NetReading], people: int) -> Net:
    told = tuple((each.title, people * each.share) for each in readings)
    numbers = [number for _, number in told]
    return Net(
        low=min(numbers),
        high=max(numbers),
        horizon=readings[0].horizon,
        readings=told,
        sources=tuple(dict.fromkeys(each.source for each in readings)),
    )
