"""Standardised rates and life expectancy of 7,000 areas in 20 bands of age, with limits, beside PHStatsMethods."""

from functools import cache

import numpy as np

from bench.measuring import measure
from bench.rows import Findings, Row, Run
from bench.setting import Setting
from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_90
from placewise.floor.statistics.direct_standardisation import get_directly_standardised_rates
from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.life_expectancy import get_life_expectancy
from placewise.floor.statistics.standard_population import get_european_standard_population

AREAS = 7_000
TIMES = 50
"""What takes milliseconds is done so often, and the mean time is told."""
TOLERANCE = 1e-9


@cache
def invent_deaths() -> tuple[Floats, Floats, Floats]:
    """Deaths and people [area, band], and the standard: five years of areas of 4,000 to 16,000 people."""
    chance = np.random.default_rng(7)
    standard = get_european_standard_population(LIFE_TABLE_TO_90)
    people = np.rint(5 * chance.uniform(4_000, 16_000, (AREAS, 1)) * standard / standard.sum()) + 1
    rate = np.minimum(2e-5 * np.exp(0.46 * np.arange(len(standard))), 0.3)
    return np.minimum(chance.poisson(rate * people) + 1.0, people), people, standard


@cache
def import_peer() -> None:
    """Importing the peer is not its work; nor is inventing what it works on."""
    import PHStatsMethods  # noqa: F401

    invent_deaths()


def standardise(times: int) -> list[list[float]]:
    deaths, people, standard = invent_deaths()
    for _ in range(times):
        found = get_directly_standardised_rates(deaths, people, standard).scaled(100_000)
    return np.array([found.value, found.lower, found.upper]).tolist()


def expect_lives(times: int) -> float:
    deaths, people, _ = invent_deaths()
    for _ in range(times):
        found = get_life_expectancy(deaths, people).years
    return float(np.isfinite(found.upper).all(axis=1).mean())


def standardise_by_peer() -> list[list[float]]:
    import pandas as pd
    from PHStatsMethods import ph_dsr

    deaths, people, standard = invent_deaths()
    area = np.repeat(np.arange(AREAS), len(standard))
    rows = {"area": area, "deaths": deaths.ravel(), "people": people.ravel(), "standard": np.tile(standard, AREAS)}
    told = ph_dsr(pd.DataFrame(rows), "deaths", "people", "standard", "area", euro_standard_pops=False)
    told = told.sort_values("area")
    return told[["Value", "lower_95_ci", "upper_95_ci"]].to_numpy().T.tolist()


def run(setting: Setting) -> Findings:
    ours = measure(standardise, TIMES, ready=invent_deaths)
    lives = measure(expect_lives, TIMES, ready=invent_deaths)
    peer = measure(standardise_by_peer, ready=import_peer)
    if not np.allclose(ours.result, peer.result, rtol=TOLERANCE, atol=0, equal_nan=True):
        raise SystemExit("PHStatsMethods gives other standardised rates.")
    once = ours.wall / TIMES
    size = f"{AREAS:,} areas x {len(LIFE_TABLE_TO_90)} bands"
    return Findings(
        (
            Row(
                name=f"Standardised rates with limits, {size}: speed against PHStatsMethods",
                figure=peer.wall / once,
                unit="x",
                goal=500,
                at_least=True,
            ),
            Row(
                name=f"Life expectancy with limits, {size}: time against the rates'",
                figure=lives.wall / TIMES / once,
                unit="x",
                goal=10,
            ),
        ),
        (
            Run(name=f"Standardised rates, {TIMES} times", measured=ours, told=f"{once * 1000:.2f} ms each"),
            Run(
                name=f"Life expectancy, {TIMES} times",
                measured=lives,
                told=f"{lives.wall / TIMES * 1000:.2f} ms each; {lives.result:.0%} of areas have every age",
            ),
            Run(name="Standardised rates, PHStatsMethods", measured=peer, told=f"equal to {TOLERANCE:g}"),
        ),
    )
