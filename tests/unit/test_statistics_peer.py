"""Random areas: the same answers as PHStatsMethods, the public package for the same indicators."""

import numpy as np
import pandas as pd
import pytest
from PHStatsMethods import ph_dsr, ph_ISRate, ph_ISRatio, ph_proportion, ph_quantile, ph_rate

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_90
from placewise.floor.statistics.direct_standardisation import get_directly_standardised_rates
from placewise.floor.statistics.estimate import Estimate
from placewise.floor.statistics.indirect_standardisation import get_indirectly_standardised
from placewise.floor.statistics.proportion import get_proportions
from placewise.floor.statistics.quantile import get_quantile_groups
from placewise.floor.statistics.rate import get_rates
from placewise.floor.statistics.standard_population import get_european_standard_population

AREAS = 60
STANDARD = get_european_standard_population(LIFE_TABLE_TO_90)
BANDS = len(STANDARD)
CHANCE = np.random.default_rng(12)
PEOPLE = CHANCE.integers(50, 900, (AREAS, BANDS))
EVENTS = CHANCE.poisson(np.linspace(0.001, 0.03, AREAS)[:, None] * PEOPLE)
ROWS = pd.DataFrame(
    {
        "area": np.repeat(np.arange(AREAS), BANDS),
        "band": np.tile(np.arange(BANDS), AREAS),
        "events": EVENTS.ravel(),
        "people": PEOPLE.ravel(),
        "standard": np.tile(STANDARD, AREAS),
    }
)
REFERENCE = ROWS.groupby("band")[["events", "people"]].sum().add_prefix("all_").reset_index()
TOTALS = ROWS.groupby("area")[["events", "people"]].sum().reset_index()


def check(found: Estimate, told: pd.DataFrame, confidence: str = "95") -> None:
    columns = ["Value", f"lower_{confidence}_ci", f"upper_{confidence}_ci"]
    expected = told.sort_values("area")[columns].to_numpy().T
    np.testing.assert_allclose([found.value, found.lower, found.upper], expected.astype(float), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("confidence", "column"), [(0.95, "95"), (0.998, "99_8")])
def test_proportions_and_crude_rates(confidence: float, column: str) -> None:
    told = ph_proportion(TOTALS, "events", "people", "area", confidence=confidence)
    check(get_proportions(TOTALS["events"], TOTALS["people"], confidence), told, column)
    told = ph_rate(TOTALS, "events", "people", "area", confidence=confidence)
    check(get_rates(TOTALS["events"], TOTALS["people"], confidence).scaled(100_000), told, column)


def test_directly_standardised_rates() -> None:
    told = ph_dsr(ROWS, "events", "people", "standard", "area", euro_standard_pops=False)
    few = EVENTS.sum(axis=1) < 10
    found = get_directly_standardised_rates(EVENTS, PEOPLE, STANDARD).scaled(100_000)
    check(found, told)
    np.testing.assert_array_equal(np.isnan(found.lower), few)


def test_indirectly_standardised_rates_and_ratios() -> None:
    found = get_indirectly_standardised(EVENTS.sum(axis=1), PEOPLE, REFERENCE["all_events"], REFERENCE["all_people"])
    asked = (ROWS, "events", "people", "all_events", "all_people", "area")
    reference = {"ref_df": REFERENCE, "ref_join_left": "band", "ref_join_right": "band"}
    check(found.ratio, ph_ISRatio(*asked, **reference))
    check(found.rate.scaled(100_000), ph_ISRate(*asked, **reference))


@pytest.mark.parametrize("groups", [3, 7, 10])
def test_quantiles(groups: int) -> None:
    values = np.round(TOTALS["events"] / 20).astype(float)
    told = ph_quantile(pd.DataFrame({"value": values}), "value", nquantiles=groups)
    np.testing.assert_array_equal(get_quantile_groups(values, groups), told["quantile"])
