"""Control charts of published waiting times: 59 months of accident and emergency, 24 of cancer, six trusts."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from placewise.floor.statistics.control_charts.chart import ControlChart, build_control_chart
from placewise.floor.statistics.control_charts.large_denominators import get_p_prime_limits
from placewise.floor.statistics.control_charts.xmr import get_xmr_limits
from placewise.floor.statistics.unreported import find_unreported

pytestmark = pytest.mark.realdata
TRUSTS = ["RAE", "RCD", "RCF", "RR8", "RWY", "RXF"]
MID_YORKSHIRE = TRUSTS.index("RXF")


def read(query: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Two counts [trusts, months] and the months, from rows of trust, month and the counts in order."""
    rows = duckdb.sql(query).fetchall()
    months = sorted({row[1] for row in rows})
    assert len(rows) == len(TRUSTS) * len(months), "each trust has each month once"
    first, second = (np.array([float(row[column]) for row in rows]).reshape(len(TRUSTS), -1) for column in (2, 3))
    return first, second, months


@pytest.fixture(scope="module")
def emergency(realdata: Path) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Attendances of all types and those over four hours."""
    return read(f"""
        select "Org Code", Period,
               list_sum([*columns(c -> c like 'A&E attendances%')]), list_sum([*columns(c -> c like '%over 4hrs%')])
        from '{realdata}/waiting/ae_monthly_provider_202104_202602.csv.gz'
        where "Org Code" in {tuple(TRUSTS)} order by 1, 2
    """)


@pytest.fixture(scope="module")
def four_hours(emergency: tuple[np.ndarray, np.ndarray, list[str]]) -> tuple[np.ndarray, ControlChart]:
    """The share seen within four hours, months not reported left out, against 95%."""
    attendances, over, _ = emergency
    reported = ~find_unreported(over, attendances)
    share = np.where(reported, 1 - over / attendances, np.nan)
    return share, build_control_chart(share, get_xmr_limits(share), "higher", target=0.95)


def test_the_figures_are_those_published(
    emergency: tuple[np.ndarray, np.ndarray, list[str]], four_hours: tuple[np.ndarray, ControlChart]
) -> None:
    months = emergency[2]
    assert len(months) == 59
    published = {"RAE": 84.2, "RWY": 81.4, "RR8": 74.0, "RCD": 71.7, "RXF": 70.1, "RCF": 61.8}
    january = four_hours[0][:, months.index("2026-01")]
    assert dict(zip(TRUSTS, (100 * january).round(1).tolist(), strict=True)) == published


def test_mid_yorkshire_did_not_report_until_may_2023_and_was_never_at_100_per_cent(
    emergency: tuple[np.ndarray, np.ndarray, list[str]], four_hours: tuple[np.ndarray, ControlChart]
) -> None:
    months, (share, chart) = emergency[2], four_hours
    missing = chart.point_type == "not_reported"
    assert [months[month] for month in np.flatnonzero(missing[MID_YORKSHIRE])] == months[: months.index("2023-06")]
    assert not np.delete(missing, MID_YORKSHIRE, axis=0).any()
    assert np.nanmax(share) < 0.99
    assert chart.limits.points[:, 0].tolist() == [59, 59, 59, 59, 59, 33]
    assert chart.limits.centre[MID_YORKSHIRE, 0] == pytest.approx(np.nanmean(share[MID_YORKSHIRE]))


def test_every_trust_fails_95_per_cent_whatever_chance_does(four_hours: tuple[np.ndarray, ControlChart]) -> None:
    """And four of the six are better of late than their own five years."""
    chart = four_hours[1]
    assert set(chart.assurance.tolist()) == {"consistent_fail"}
    better = [trust for trust, icon in zip(TRUSTS, chart.variation, strict=True) if icon == "special_cause_improvement"]
    assert better == ["RAE", "RR8", "RWY", "RXF"]
    assert set(chart.variation.tolist()) == {"special_cause_improvement", "common_cause"}


def test_all_fourteen_field_test_trusts_are_found(realdata: Path) -> None:
    """Every emergency department that published 0 over four hours in each month until May 2023, and no other."""
    rows = duckdb.sql(f"""
        select "Org Code", Period, "A&E attendances Type 1", "Attendances over 4hrs Type 1"
        from '{realdata}/waiting/ae_monthly_provider_202104_202602.csv.gz'
        where "A&E attendances Type 1" > 1000
    """).fetchall()
    units, months = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    counts, exposure = np.zeros((2, len(units), len(months)), dtype=np.int64)
    for unit, month, attendances, over in rows:
        exposure[units.index(unit), months.index(month)] = attendances
        counts[units.index(unit), months.index(month)] = over
    found = find_unreported(counts, exposure)
    trusts = "R0D RC9 RDU RFR RGR RGT RHU RK9 RNQ RQM RVW RX1 RXF RYJ"
    assert " ".join(unit for unit, any_month in zip(units, found.any(axis=1), strict=True) if any_month) == trusts
    assert set(found.sum(axis=1).tolist()) == {0, 26}


CANCER = {
    "28-day": (0.80, ["RCD", "RXF"], []),
    "62-day": (0.85, ["RXF"], ["RAE", "RR8", "RXF"]),
}
"""The national target; the trusts that improve of late; those that miss the target whatever chance does."""


@pytest.mark.parametrize("standard", CANCER)
def test_cancer_waits_are_charted_for_24_months(realdata: Path, standard: str) -> None:
    """Both charts agree; halves of patients, shared by two providers, are kept; all routes."""
    within, total, months = read(f"""
        select org_code, period, within_standard, total
        from '{realdata}/waiting/cancer_waits_provider_202310_202509_all_cancers.csv.gz'
        where standard = '{standard}' and route_or_stage = 'ALL ROUTES' and org_code in {tuple(TRUSTS)} order by 1, 2
    """)
    assert (months[0], months[-1], len(months)) == ("2023-10", "2025-09", 24)
    target, improving, failing = CANCER[standard]
    share = within / total
    for limits in (get_xmr_limits(share), get_p_prime_limits(within, total)):
        chart = build_control_chart(share, limits, "higher", target=target)
        assert [TRUSTS[each] for each in np.flatnonzero(chart.assurance == "consistent_fail")] == failing
        assert [TRUSTS[each] for each in np.flatnonzero(chart.variation == "special_cause_improvement")] == improving
        assert not np.any(chart.variation == "special_cause_concern")
