"""Forecast bands of 80% held against published months that came after: what they hold, stated and kept."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from placewise.floor.statistics.forecast import get_forecast
from placewise.floor.statistics.trend import fit_trend

pytestmark = pytest.mark.realdata
AHEAD = 12


def read(query: str) -> np.ndarray:
    """float64[organisations, months] from rows of organisation, month and value; NaN where there is no row."""
    rows = duckdb.sql(query).fetchall()
    units, months = (
        {name: place for place, name in enumerate(sorted({row[column] for row in rows}))} for column in (0, 1)
    )
    values = np.full((len(units), len(months)), np.nan)
    for unit, month, value in rows:
        values[units[unit], months[month]] = value
    return values


def get_share_held(values: np.ndarray, first_month: int | None, cuts: range, ahead: int) -> tuple[float, int]:
    """The share of months, of all organisations and cuts, within the band drawn without them; and how many months."""
    held = []
    for cut in cuts:
        forecast = get_forecast(fit_trend(values[:, :cut], first_month=first_month), ahead)
        came = values[:, cut : cut + ahead]
        known = ~np.isnan(came) & ~np.isnan(forecast.lower)
        held.append(((forecast.lower <= came) & (came <= forecast.upper))[known])
    together = np.concatenate(held)
    return float(together.mean()), len(together)


@pytest.mark.parametrize(
    ("value", "condition", "held"),
    [
        ('ln("A&E attendances Type 1")', "true", 0.85),
        ('1 - "Attendances over 4hrs Type 1" / "A&E attendances Type 1"', '"Attendances over 4hrs Type 1" > 0', 0.84),
    ],
)
def test_a_year_of_emergency_departments_after_the_pandemic(
    realdata: Path, value: str, condition: str, held: float
) -> None:
    """Some 110 departments, twelve months ahead, after 30, 36 and 42 months: a little wider than they need be."""
    values = read(f"""
        select "Org Code", Period, {value} from '{realdata}/waiting/ae_monthly_provider_202104_202602.csv.gz'
        where "A&E attendances Type 1" > 1000 and {condition}
    """)
    share, months = get_share_held(values, 4, range(30, 48, 6), AHEAD)
    assert months > 3800
    assert share == pytest.approx(held, abs=0.01)


@pytest.mark.parametrize(
    ("value", "after", "held"),
    [
        ("1 - breaches / attendances", 24, 0.79),
        ("1 - breaches / attendances", 30, 0.84),
        ("ln(attendances)", 24, 0.80),
        ("ln(attendances)", 30, 0.62),
    ],
)
def test_six_months_of_emergency_departments_before_the_pandemic(
    realdata: Path, value: str, after: int, held: float
) -> None:
    """In January and February 2019 over half of all departments lay above their band: one surprise that all share."""
    values = read(f"""
        select org_code, period, {value}
        from '{realdata}/waiting/ae_attendances_provider_201604_201903_nhsrdatasets.csv.gz'
        where type = '1' and attendances > 1000 and breaches > 0
    """)
    share, months = get_share_held(values, 4, range(after, after + 1), 6)
    assert months > 790
    assert share == pytest.approx(held, abs=0.01)


@pytest.mark.parametrize(("standard", "least", "held"), [("28-day", 200, 0.69), ("62-day", 50, 0.78)])
def test_six_months_of_cancer_waits(realdata: Path, standard: str, least: int, held: float) -> None:
    """18 months are too few for seasons, so that the band knows nothing of them, and holds less than it says."""
    values = read(f"""
        select org_code, period, within_standard / total
        from '{realdata}/waiting/cancer_waits_provider_202310_202509_all_cancers.csv.gz'
        where standard = '{standard}' and route_or_stage = 'ALL ROUTES' and total >= {least}
    """)
    share, months = get_share_held(values, None, range(18, 19), 6)
    assert months > 730
    assert share == pytest.approx(held, abs=0.01)
