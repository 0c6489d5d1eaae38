"""An impact in words and as rows: rounded here, last of all."""

from typing import Any

from placewise.floor.language.period import parse_months
from placewise.floor.statistics.events_prevented import get_whole_events
from placewise.plans.impact.contract import Events, Impact, Net
from placewise.plans.impact.definition import NOT_STATED

YEAR = 12
FEWER_THAN_ONE = "fewer than 1"
KIND_WORDS = {
    "claimed": "claimed",
    "observed": "observed in a cohort",
    "trial": "found in trials",
    "modelled": "modelled",
}


def get_whole(events: float) -> int:
    """Halves up."""
    return int(get_whole_events(events))


def tell_horizon(horizon: str) -> str:
    """over 12 months, over 5 years."""
    if horizon == NOT_STATED:
        return "over what time is not stated"
    months = parse_months(horizon).count
    return f"over {months // YEAR} years" if months > YEAR and months % YEAR == 0 else f"over {horizon}"


def tell_count(events: float) -> str:
    """142; what rounds to nothing and is something reads fewer than 1, so that no harm is rounded away."""
    whole = get_whole(events)
    return FEWER_THAN_ONE if events > 0 and whole == 0 else f"{whole:,}"


def tell_number(events: Events) -> str:
    """about 142, or about 142 (131 to 142) where the source has a range."""
    count = tell_count(events.number)
    told = count if count == FEWER_THAN_ONE else f"about {count}"
    ends = tell_ends(events)
    return f"{told} ({ends})" if ends not in ("", FEWER_THAN_ONE) else told


def tell_ends(events: Events) -> str:
    """131 to 142; empty where the source has no range."""
    if events.fewest is None or events.most is None:
        return ""
    most = get_whole(events.most)
    return FEWER_THAN_ONE if most == 0 else f"{get_whole(events.fewest):,} to {most:,}"


def tell_events(events: Events) -> str:
    """about 142 strokes, 1 in 25, over what time is not stated (claimed)."""
    return (
        f"{tell_number(events)} {events.event}, 1 in {events.one_in:g}, {tell_horizon(events.horizon)} "
        f"({KIND_WORDS[events.kind]})"
    )


def tell_net(impact: Impact) -> str:
    """The range with its horizon, every reading of it and its sources; or why there is none."""
    net = impact.net
    if net is None:
        return "Not given: these events are not equal, and nobody is cited who weighs them."
    readings = "; ".join(f"{title}: {get_whole(number):,}" for title, number in net.readings)
    return (
        f"{tell_range(net)} events fewer {tell_horizon(net.horizon)}, though they are not equal events "
        f"({readings}). Source: {'; '.join(net.sources)}."
    )


def tell_range(net: Net) -> str:
    """77 to 106, or about 3 where both ends round to it."""
    low, high = get_whole(net.low), get_whole(net.high)
    return f"about {low:,}" if low == high else f"{low:,} to {high:,}"


def tell_impact(impact: Impact) -> str:
    """One sentence, benefit and harm side by side: for the head of a page."""
    good, bad = impact.prevented[0], impact.caused[0]
    told = (
        f"If {impact.people:,} more were treated, {tell_events(good)} would be prevented, beside "
        f"{tell_number(bad)} {bad.event} caused {tell_horizon(bad.horizon)}"
    )
    if impact.net is None:
        return f"{told}."
    return f"{told}; net {tell_range(impact.net)} {tell_horizon(impact.net.horizon)}."


def as_row(impact: Impact) -> dict[str, Any]:
    """For a machine: whole events; `prevented` and `harm` are the first of each, `effects` holds all."""
    good, bad, net = impact.prevented[0], impact.caused[0], impact.net
    return {
        "measure": impact.measure,
        "people": impact.people,
        "people_are": impact.people_are,
        "event": good.event,
        "prevented": get_whole(good.number),
        "kind": good.kind,
        "horizon": good.horizon,
        "harm_event": bad.event,
        "harm": get_whole(bad.number),
        "harm_kind": bad.kind,
        "harm_horizon": bad.horizon,
        "net": None
        if net is None
        else {
            "low": get_whole(net.low),
            "high": get_whole(net.high),
            "horizon": net.horizon,
            "readings": {title: get_whole(number) for title, number in net.readings},
            "sources": list(net.sources),
        },
        "effects": [_as_effect(each) for each in (*impact.prevented, *impact.caused)],
        "sources": list(impact.sources),
    }


def _as_effect(events: Events) -> dict[str, Any]:
    ends = (events.fewest, events.most)
    return {
        "event": events.event,
        "effect": events.effect,
        "number": get_whole(events.number),
        "fewest": None if ends[0] is None else get_whole(ends[0]),
        "most": None if ends[1] is None else get_whole(ends[1]),
        "one_in": events.one_in,
        "horizon": events.horizon,
        "kind": events.kind,
        "population": events.population,
        "source": events.source,
        "note": events.note,
    }
