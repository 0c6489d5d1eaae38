"""Early warning of small areas: clusters in time and place that are still alive in the last month.

No rate is estimated and no list of people is needed: each area may have its own level and each month its own, and only
where neighbouring areas count more of late than the two together explain is a cluster found. That also is the limit: a
place whose people grow in number, or whose season differs from the others', looks like a cluster, and so do events
that come in groups of their own. Who may see one is decided above this module.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from placewise.floor.statistics.areas import check_areas
from placewise.floor.statistics.estimate import Floats

Integers = npt.NDArray[np.int64]

SIMULATIONS = 999


@dataclass(frozen=True, slots=True)
class Cluster:
    """zone: its row in the zones; areas: those in it; months: how many, up to the last; count: events in both, against
    `expected`; p_value: the chance that the strongest of all windows is as strong where there is no cluster."""

    zone: int
    areas: tuple[int, ...]
    months: int
    count: int
    expected: float
    p_value: float


def build_zones(nearest: npt.ArrayLike) -> csr_array:
    """Neighbourhoods that grow around each area: for each number from 1 to `most`, so many of its nearest areas.

    nearest: whole numbers [areas, most], each area's nearest areas in order, itself first. What comes back is a matrix
    [zones, areas] of 0 and 1, without repeated zones. Any such matrix serves as neighbourhoods.
    """
    near = np.asarray(nearest, dtype=np.int64)
    members = {tuple(sorted(row[: size + 1])) for size in range(near.shape[1]) for row in near.tolist()}
    zones = sorted(members)
    rows = np.repeat(np.arange(len(zones)), [len(zone) for zone in zones])
    columns = np.concatenate([np.array(zone) for zone in zones])
    return csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(zones), len(near)))


def find_clusters(
    counts: npt.ArrayLike,
    zones: csr_array,
    *,
    longest: int,
    false_alarm: float,
    seed: int | Sequence[int],
    simulations: int = SIMULATIONS,
    areas: Sequence[str] = (),
) -> list[Cluster]:
    """Zones that count more in the last 1 to `longest` months than chance allows: strongest first, none overlapping.

    counts: whole numbers [areas, months], not below 0, all months reported; zones: [zones, areas] of 0 and 1;
    areas: their names, for the errors. Of C
    events in all, a window with c of them expects m = (its zone's events) x (its months' events) / C, and is as strong
    as c ln(c / m) + (C - c) ln((C - c) / (C - m)) where c > m. The strongest is held against the strongest windows of
    `simulations` systems in which the same events fall on the same months in every order: so the chance that a run
    finds anything where nothing is, is false_alarm, or the next smaller multiple of 1 / (simulations + 1), exactly. A
    run every month at 0.05 raises one false alarm in 20 months. The same seed gives the same answer.
    Raises ValueError for counts below 0, a window longer than the series or a false_alarm that simulations cannot tell.
    Source: Kulldorff M and others, PLoS Med 2005;2(3):e59 (space-time permutation scan), prospective as in Kulldorff M,
    J R Stat Soc A 2001;164:61-72; p-values as in Dwass M, Ann Math Stat 1957;28:181-187.
    """
    table = np.asarray(counts, dtype=np.int64)
    check_scan(table, longest, false_alarm, simulations, areas)
    total = int(table.sum())
    if total == 0:
        return []
    recent = table[:, ::-1][:, :longest]
    expected = np.outer(zones @ table.sum(axis=1), np.cumsum(recent.sum(axis=0))) / total
    observed = zones @ np.cumsum(recent, axis=1)
    strength = get_strength(observed, expected, total)
    shuffled = _iter_shuffled(table, longest, seed, simulations)
    chance = np.array([get_strength(zones @ each, expected, total).max() for each in shuffled])
    found: list[Cluster] = []
    taken = np.zeros(len(table), dtype=np.bool_)
    for place in np.argsort(-strength, axis=None, kind="stable"):
        zone, month = (int(each) for each in np.unravel_index(place, strength.shape))
        p_value = (1 + int(np.count_nonzero(chance >= strength[zone, month]))) / (simulations + 1)
        if p_value > false_alarm or strength[zone, month] <= 0:
            break
        members = np.sort(zones.indices[zones.indptr[zone] : zones.indptr[zone + 1]])
        if not taken[members].any():
            taken[members] = True
            count, mean = round(observed[zone, month]), float(expected[zone, month])
            found.append(Cluster(zone, tuple(members.tolist()), month + 1, count, mean, p_value))
    return found


def check_scan(counts: Integers, longest: int, false_alarm: float, simulations: int, areas: Sequence[str] = ()) -> None:
    """Raises ValueError where a scan cannot be made."""
    check_areas(counts < 0, "a count below zero", areas)
    if not 1 <= longest < counts.shape[1]:
        raise ValueError(f"a window of {longest} months needs more than the {counts.shape[1]} months there are")
    if false_alarm * (simulations + 1) < 1:
        raise ValueError(f"{simulations} simulations cannot tell a false-alarm rate of {false_alarm}")


def get_strength(observed: Floats, expected: Floats, total: int) -> Floats:
    """The log likelihood ratio of each window, 0 where it counts no more than expected: [zones, months]."""
    strength = np.zeros(observed.shape)
    more = observed > expected
    count, mean = observed[more], expected[more]
    rest = np.maximum(total - count, np.finfo(float).tiny)
    strength[more] = count * np.log(count / mean) + (total - count) * np.log(rest / (total - mean))
    return strength


def _iter_shuffled(table: Integers, longest: int, seed: int | Sequence[int], simulations: int) -> Iterator[Floats]:
    """What each area counts in the last 1 to `longest` months, [areas, months], where events fall on months at random.

    Every area keeps its events and every month its number of them. Only the events of the last months are drawn.
    """
    rng = np.random.default_rng(seed)
    area = np.repeat(np.arange(len(table)), table.sum(axis=1))
    recent = table.sum(axis=0)[::-1][:longest]
    month = np.repeat(np.arange(longest), recent)
    for _ in range(simulations):
        drawn = area[rng.choice(len(area), len(month), replace=False)]
        shuffled = np.bincount(drawn * longest + month, minlength=len(table) * longest)
        yield np.cumsum(shuffled.reshape(len(table), longest), axis=1).astype(np.float64)
