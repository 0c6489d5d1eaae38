"""A watch over single events, day by day: an alarm where a neighbourhood has more in a window than is usual by chance.

For events too rare for monthly counts, such as deaths. How rare a window must be to raise an alarm is found by
simulating years in which nothing is wrong, so that watching every neighbourhood on every day raises false alarms at a
set rate a year. An alarm can concern very few people: who may see one is decided above this module.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import gammainc

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Floats

Integers = npt.NDArray[np.int64]

WINDOW = 30
YEAR = 365
SIMULATED_YEARS = 999


@dataclass(frozen=True, slots=True)
class Alarm:
    """day: on which it was first raised; areas: of the neighbourhood; count: events in it in the window that ended
    then, against `expected`; chance: of so many or more in that window alone."""

    day: int
    areas: tuple[int, ...]
    count: int
    expected: float
    chance: float


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: expected: float64[areas], events a day; zones: [zones, areas] of 0 and 1; window: in days."""

    expected: Floats
    zones: csr_array
    window: int = WINDOW

    def get_windows(self, day: Integers, area: Integers) -> tuple[Integers, Integers, Integers, Floats]:
        """Of each event and each zone it lies in: the zone, the day, how many events the zone had in the window that
        ends with this day, and the chance of so many or more, which is the Poisson tail of the expected number."""
        held_by = self.zones.T.tocsr()
        number = np.diff(held_by.indptr)[area]
        event = np.repeat(np.arange(len(area)), number)
        within = np.arange(len(event)) - np.repeat(np.cumsum(number) - number, number)
        zone = held_by.indices[held_by.indptr[area[event]] + within].astype(np.int64)
        # One number tells zone and day, and a window before the first day of a zone does not reach into the next zone.
        span = int(day.max(initial=0)) + 1 + self.window
        key = np.sort(zone * span + day[event] + self.window)
        count = np.searchsorted(key, key, "right") - np.searchsorted(key, key - self.window, "right")
        zone, last = key // span, key % span - self.window
        usual = self.window * (self.zones @ self.expected)
        return zone, last, count, gammainc(count, usual[zone])


def find_alarm_level(
    watch: Watch,
    *,
    false_alarms: float,
    seed: int | Sequence[int],
    years: int = SIMULATED_YEARS,
    areas: Sequence[str] = (),
) -> float:
    """The chance below which a window raises an alarm, so that a year raises `false_alarms` of them by chance.

    false_alarms: a year, above 0; of years where nothing is wrong exp(-false_alarms) are to pass without one. The
    rarest window of each simulated year is kept, and the level is the one that the stated share of the years falls
    below. areas: their names, for the errors. The same seed gives the same level.
    Raises ValueError, naming the area, where no events are expected, and for a rate that so few years cannot tell.
    Source: Kulldorff M, J R Stat Soc A 2001;164:61-72 (false alarms of a repeated scan held over time).
    """
    check_areas(~(watch.expected > 0), "no events are expected", areas)
    rank = int(-np.expm1(-false_alarms) * (years + 1))
    if rank < 1:
        raise ValueError(f"{years} simulated years cannot tell {false_alarms} false alarms a year")
    rng = np.random.default_rng(seed)
    # Each year starts with a window of days that count only for the windows of later days, and ends before the next.
    length = YEAR + 2 * watch.window
    known = YEAR + watch.window
    total = watch.expected.sum()
    number = rng.poisson(total * known, years)
    day = np.repeat(np.arange(years) * length, number) + rng.integers(0, known, number.sum())
    area = rng.choice(len(watch.expected), number.sum(), p=watch.expected / total)
    _, last, _, chance = watch.get_windows(day, area)
    watched = last % length >= watch.window
    rarest = np.ones(years)
    np.minimum.at(rarest, last[watched] // length, chance[watched])
    return float(np.sort(rarest)[rank - 1])


def find_alarms(watch: Watch, day: npt.ArrayLike, area: npt.ArrayLike, level: float) -> list[Alarm]:
    """Alarms in the order of their days.

    day, area: whole numbers [events], from 0; level: what find_alarm_level found. Of all zones that are below the level
    on a day the rarest is told, once: while windows of zones that share an area with it stay below the level, and for
    one window after, it is the same alarm.
    """
    events, places = np.asarray(day, dtype=np.int64), np.asarray(area, dtype=np.int64)
    zone, last, count, chance = watch.get_windows(events, places)
    usual = watch.window * (watch.zones @ watch.expected)
    raised = np.flatnonzero(chance < level)
    alarms: list[Alarm] = []
    same_until = np.full(len(watch.expected), -1)
    for each in raised[np.lexsort((chance[raised], last[raised]))]:
        members = watch.zones.indices[watch.zones.indptr[zone[each]] : watch.zones.indptr[zone[each] + 1]]
        today, told = int(last[each]), bool(np.any(same_until[members] > last[each]))
        same_until[members] = today + watch.window
        if not told:
            areas, expected = tuple(sorted(members.tolist())), float(usual[zone[each]])
            alarms.append(Alarm(today, areas, int(count[each]), expected, float(chance[each])))
    return alarms
