"""Invented monthly shares of areas, with a programme of a known effect in some: what a judgement must find again."""

import numpy as np

from placewise.plans.impact.evaluation import Course

MONTHS = tuple(str(month) for month in np.arange(np.datetime64("2018-07"), np.datetime64("2023-07")))
STARTS_AT, PANDEMIC_AT = 48, 20
STEP = 5
"""To which counts are rounded, as in a release."""


def build_course(
    seed: int, *, effect: float = 0.0, areas: int = 40, treated: int = 8, chosen_low: bool = False, memory: float = 0.5
) -> Course:
    """Areas of 200 to 800 people, whose lists grow 2% a year, with a season, a pandemic that hits each harder or less
    and of which they recover slowly, a drift of their own and months that remember the one before. effect: a share more
    in the treated from STARTS_AT on. chosen_low: those that lay low are likelier to be treated."""
    rng = np.random.default_rng(seed)
    month = np.arange(len(MONTHS))
    wander = np.empty((areas, len(month)))
    wander[:, 0] = rng.normal(0, 1, areas)
    for each in month[1:]:
        wander[:, each] = memory * wander[:, each - 1] + np.sqrt(1 - memory**2) * rng.normal(0, 1, areas)
    since = month - PANDEMIC_AT
    pandemic = np.where(since >= 0, -0.06 * np.exp(-np.maximum(since, 0) / 30), 0) * rng.normal(1, 0.2, (areas, 1))
    drift = 0.002 * rng.normal(0, 1, (areas, 1)) * month / 12
    share = (
        rng.normal(0.7, 0.05, (areas, 1)) + 0.01 * np.cos(2 * np.pi * month / 12) + pandemic + drift + 0.012 * wander
    )
    low_first = np.argsort(share[:, :STARTS_AT].mean(axis=1) + rng.normal(0, 0.02, areas))
    chosen = np.isin(np.arange(areas), low_first[:treated] if chosen_low else rng.permutation(areas)[:treated])
    share = np.clip(share + effect * chosen[:, None] * (month >= STARTS_AT), 0.02, 0.98)
    people = np.rint(400 * rng.uniform(0.5, 2, (areas, 1)) * (1 + 0.02 * month / 12)).astype(int)
    counted = rng.binomial(people, share)
    return Course(
        months=MONTHS,
        counted=np.rint(counted / STEP) * STEP,
        of=np.rint(people / STEP) * STEP,
        treated=chosen,
        starts_at=STARTS_AT,
    )
