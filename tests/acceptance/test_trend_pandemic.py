"""Published months on both sides of the pandemic, with the break stated at April 2020."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from placewise.floor.statistics.trend import fit_trend

pytestmark = pytest.mark.realdata
APRIL, BREAK = 4, 48
"""The series begin in April 2016: April 2020 is their 48th month, from 0."""

TRUSTS = ["RAE", "RCD", "RCF", "RR8", "RWY", "RXF"]


def test_referrals_fell_by_half_and_the_waiting_list_grew_four_times_as_fast(realdata: Path) -> None:
    """England, 89 months. Referrals are counted for a working day, and all are logarithms: changes are shares."""
    rows = duckdb.sql(f"""
        select ln(new_referrals / workdays), ln(waiting_list)
        from '{realdata}/waiting/rtt_national_monthly_201604_202308.csv.gz' order by month_year
    """).fetchall()
    trend = fit_trend(np.array(rows).T, first_month=APRIL, break_at=BREAK)
    assert trend.level_change is not None and trend.slope_before is not None and trend.slope_change is not None
    fall = np.exp(trend.level_change.value[0]) - 1
    assert fall == pytest.approx(-0.54, abs=0.01), "58,371 a day in March 2020, 26,838 in April"
    assert np.exp(trend.level_change.upper[0]) - 1 < -0.45
    a_year = 12 * np.array([trend.slope_before.value[1], trend.slope.value[1]])
    assert a_year == pytest.approx([0.044, 0.190], abs=0.002)
    assert trend.slope_change.lower[1] > 0


def test_emergency_departments_across_two_years_that_are_not_there(realdata: Path) -> None:
    """April 2019 to March 2021 are in neither file: the months need no filling, and the jump over them is unsure."""
    rows = duckdb.sql(f"""
        select org_code, 12 * year(period) + month(period), ln(attendances)
        from '{realdata}/waiting/ae_attendances_provider_201604_201903_nhsrdatasets.csv.gz'
        where type = '1' and org_code in {tuple(TRUSTS)}
        union all
        select "Org Code", 12 * left(Period, 4)::int + right(Period, 2)::int, ln("A&E attendances Type 1")
        from '{realdata}/waiting/ae_monthly_provider_202104_202602.csv.gz' where "Org Code" in {tuple(TRUSTS)}
    """).fetchall()
    values = np.full((len(TRUSTS), 119), np.nan)
    for trust, month, value in rows:
        values[TRUSTS.index(trust), month - (12 * 2016 + APRIL)] = value
    assert np.isnan(values).sum(axis=1).tolist() == [24] * 6
    trend = fit_trend(values, first_month=APRIL, break_at=BREAK)
    assert trend.level_change is not None
    surely = np.flatnonzero((trend.level_change.lower > 0) | (trend.level_change.upper < 0))
    assert [TRUSTS[each] for each in surely] == ["RWY"]
    assert np.all(trend.level_change.upper - trend.level_change.lower > 0.1)
    assert np.all(trend.regression.autocorrelation > 0.3), "an interval that ignored it would be too narrow"
