"""Chance that can be repeated: the same seed and name give the same numbers, whatever else is drawn."""

from zlib import crc32

import numpy as np
import numpy.typing as npt

DAYS_A_YEAR = 365.25

Days = npt.NDArray[np.int32]
"""Days since 1 January 1970."""


def stream(seed: int, name: str, part: int = 0) -> np.random.Generator:
    """The random numbers of one part of the work."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, crc32(name.encode()), part])))


def pick_evenly(chances: npt.NDArray[np.float64], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Pick each row with its chance, so that the number picked differs from the sum of chances by less than one.

    Systematic sampling: one random start, then a step of one along the running sum. It holds for every run of rows too,
    so that each practice gets its share.
    """
    steps = np.floor(np.cumsum(chances) + rng.random()).astype(np.int64)
    return np.diff(steps, prepend=0) > 0


def pick_evenly_within(
    group: npt.NDArray[np.integer], chances: npt.NDArray[np.float64], rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """As pick_evenly, and so within each group: what is planted between groups, or is not, comes out as planned."""
    order = np.argsort(group, kind="stable")
    picked = np.empty(len(group), np.bool_)
    picked[order] = pick_evenly(chances[order], rng)
    return picked


def days_between(first: Days, last: Days, rng: np.random.Generator) -> Days:
    """A day for each row from first to last, both included; the first where last lies before it."""
    span = np.maximum(last - first + 1, 1)
    return (first + np.floor(rng.random(len(span)) * span)).astype(np.int32)


def days_at_random(
    rate: npt.NDArray[np.float64], first: Days, last: Days, rng: np.random.Generator
) -> tuple[npt.NDArray[np.intp], Days]:
    """Events that come by chance at a rate a year from first to last: the row and day of each, in order of rows."""
    span = np.maximum(last - first + 1, 0)
    who = np.repeat(np.arange(len(span)), rng.poisson(rate * span / DAYS_A_YEAR))
    return who, (first[who] + np.floor(rng.random(len(who)) * span[who])).astype(np.int32)


def days_in_steps(first: Days, last: Days, step: int) -> tuple[npt.NDArray[np.intp], Days]:
    """Events that come every `step` days from first up to last: the row and day of each, in order of rows and days."""
    times = np.maximum((last - first) // step + 1, 0)
    who = np.repeat(np.arange(len(times)), times)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(times) - times, times)
    return who, (first[who] + turn * step).astype(np.int32)
