"""The theory of waiting lists: how long a list may be, and what capacity it needs, for its waits to be met.

Every function takes numbers or arrays that broadcast and hands on float64. Demand and capacity are patients in a unit
of time, waits are in the same unit: weeks with weeks.
Source of all: Fong K and others, medRxiv 2022.08.23.22279117; the R package NHSRwaitinglist. Not copied from it: demand
counted with one referral too many, and an uplift of uncertain demand that changes with the unit of time.
"""

import numpy as np
import numpy.typing as npt

from placewise.floor.statistics.estimate import Floats

Integers = npt.NDArray[np.int64]

OVERLONG = 2
"""A list this many times its target needs relief: below, capacity a little above demand is enough."""


def get_load(demand: npt.ArrayLike, capacity: npt.ArrayLike) -> Floats:
    """Demand / capacity. From 1 up the list grows without end. NaN without capacity."""
    capacity = np.asarray(capacity, dtype=np.float64)
    return np.asarray(demand, dtype=np.float64) / np.where(capacity > 0, capacity, np.nan)


def get_wait_factor(share: npt.ArrayLike) -> Floats:
    """How many mean waits the target is where this share of patients is to be treated within it: -ln(1 - share).

    share: 0 to 1. Waits are taken to be exponential, as they are where patients are not taken in turn: 2.53 for 92%,
    and 4, which is often used, for 98.2%.
    """
    return -np.log1p(-np.asarray(share, dtype=np.float64))


def get_target_mean_wait(target_wait: npt.ArrayLike, factor: npt.ArrayLike) -> Floats:
    """The mean wait at which the target is met: target / factor."""
    return np.asarray(target_wait, dtype=np.float64) / np.asarray(factor, dtype=np.float64)


def get_target_list_size(demand: npt.ArrayLike, target_wait: npt.ArrayLike, factor: npt.ArrayLike) -> Floats:
    """The patients waiting at which the target is met: demand x target / factor.

    Little's law (Oper Res 1961;9:383-387): it holds in a steady state, so at a load below 1.
    """
    return np.asarray(demand, dtype=np.float64) * get_target_mean_wait(target_wait, factor)


def get_target_capacity(
    demand: npt.ArrayLike,
    target_wait: npt.ArrayLike,
    factor: npt.ArrayLike,
    demand_variation: npt.ArrayLike,
    capacity_variation: npt.ArrayLike,
) -> Floats:
    """The capacity that keeps a list at its target: demand + (a^2 + c^2) / 2 x factor / target.

    a, c: coefficients of variation of the times between referrals and between treatments (Kingman JFC, Math Proc Camb
    Phil Soc 1961;57:902-904).
    """
    variation = (np.square(demand_variation) + np.square(capacity_variation)) / 2
    return np.asarray(demand, dtype=np.float64) + variation / get_target_mean_wait(target_wait, factor)


def get_relief_capacity(
    demand: npt.ArrayLike, waiting: npt.ArrayLike, target_size: npt.ArrayLike, time: npt.ArrayLike
) -> Floats:
    """The capacity that brings a list to its target size within a time: demand + (waiting - target) / time.

    NaN where the list is no longer than OVERLONG times its target: it needs no relief.
    """
    waiting, target_size = (np.asarray(each, dtype=np.float64) for each in (waiting, target_size))
    relief = np.asarray(demand, dtype=np.float64) + (waiting - target_size) / np.asarray(time, dtype=np.float64)
    return np.where(waiting > OVERLONG * target_size, relief, np.nan)


def get_pressure(mean_wait: npt.ArrayLike, target_wait: npt.ArrayLike) -> Floats:
    """2 x mean wait of those waiting / target, to compare specialties; the 2 is a convention."""
    return 2 * np.asarray(mean_wait, dtype=np.float64) / np.asarray(target_wait, dtype=np.float64)


def get_waiting(referred: npt.ArrayLike, removed: npt.ArrayLike, days: int) -> Integers:
    """int64[days]: how many wait at the end of each day.

    referred: whole numbers [patients], the day from 0, below 0 before the first; removed: float64[patients], NaN for
    those who still wait. Nobody is removed before being referred, else ValueError.
    """
    start, stop = np.asarray(referred, dtype=np.int64), np.asarray(removed, dtype=np.float64)
    if np.any(stop < start):
        raise ValueError("a patient is removed before being referred")
    left = np.where(np.isnan(stop), days, stop).astype(np.int64)
    joins, leaves = (np.bincount(np.clip(each, 0, days), minlength=days + 1)[:days] for each in (start, left))
    return np.cumsum(joins - leaves)


def get_mean_wait(referred: npt.ArrayLike, removed: npt.ArrayLike, day: int) -> float:
    """The mean wait so far, in days, of those who wait at the end of a day; NaN if nobody does."""
    start, stop = np.asarray(referred, dtype=np.int64), np.asarray(removed, dtype=np.float64)
    waiting = (start <= day) & ~(stop <= day)
    return float((day - start[waiting]).mean()) if waiting.any() else float("nan")
