"""Waiting-list theory equals the published worked examples, apart from two habits of their package, and so do events
prevented."""

import csv
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest

from placewise.floor.statistics.events_prevented import (
    get_events_prevented,
    get_number_needed_to_treat,
    get_whole_events,
)
from placewise.floor.statistics.waiting_list import (
    get_load,
    get_mean_wait,
    get_pressure,
    get_relief_capacity,
    get_target_capacity,
    get_target_list_size,
    get_target_mean_wait,
    get_wait_factor,
    get_waiting,
)

pytestmark = pytest.mark.realdata
Rows = list[dict[str, str]]
OURS = {
    "queue_load": (get_load, "demand capacity"),
    "target_queue_size": (get_target_list_size, "demand target_wait factor"),
    "target_mean_wait": (get_target_mean_wait, "target_wait factor"),
    "target_capacity": (get_target_capacity, "demand target_wait factor cv_demand cv_capacity"),
    "relief_capacity": (get_relief_capacity, "demand queue_size target_queue_size time_to_target"),
    "waiting_list_pressure": (get_pressure, "mean_wait target_wait"),
}


@pytest.fixture(scope="module")
def golden(realdata: Path) -> Path:
    return realdata.parent / "golden" / "stats"


def read(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_formulas_give_every_printed_answer(golden: Path) -> None:
    """22 printed and 2 run; only the run with an uplift, which changes with the unit of time, is not followed."""
    rows = read(golden / "waiting_list" / "formula_cases.csv")
    followed = [row for row in rows if not row["source"].endswith("uncertain demand uplift")]
    assert (len(rows), len(followed)) == (24, 23)
    for row in followed:
        formula, columns = OURS[row["func"]]
        ours = formula(*(float(row[column]) for column in columns.split()))  # type: ignore[operator]
        assert ours == pytest.approx(float(row["expected"]), rel=1e-6), row["source"]


def test_the_list_for_a_share_within_18_weeks(golden: Path) -> None:
    for row in read(golden / "waiting_list" / "rtt_exponential_journey.csv"):
        factor = get_wait_factor(float(row["rtt_performance"]))
        size = get_target_list_size(float(row["referral_rate"]), float(row["target_weeks"]), factor)
        assert size == pytest.approx(float(row["waiting_list_size"]))
        assert size / float(row["referral_rate"]) == pytest.approx(float(row["mean_wait_weeks"]))
    assert get_wait_factor(0.92) == pytest.approx(2.53, abs=0.005)


def test_lists_of_patients_day_by_day(golden: Path) -> None:
    """How many wait each day, and how long so far on the last; their demand is theirs with one referral too many."""
    folder = golden / "waiting_list"
    sizes = {name: list(rows) for name, rows in groupby(read(folder / "lists_queue_size_peer.csv"), itemgetter("list"))}
    stats = {row["list"]: row for row in read(folder / "lists_stats_peer.csv")}
    for name, rows in groupby(read(folder / "lists_input.csv"), itemgetter("list")):
        patients = list(rows)
        first = min(date.fromisoformat(row["referral"]) for row in patients)
        referred, removed = (
            np.array([(date.fromisoformat(row[when]) - first).days if row[when] else np.nan for row in patients])
            for when in ("referral", "removal")
        )
        span = int(referred.max())
        waiting = get_waiting(referred, removed, span + 1)
        assert waiting.tolist() == [int(row["queue_size"]) for row in sizes[name]], name
        peer = stats[name]
        mean_wait = get_mean_wait(referred, removed, span)
        assert mean_wait == pytest.approx(float(peer["mean_wait"] or "nan"), nan_ok=True)
        demand = 7 * len(patients) / span
        assert demand * (len(patients) + 1) / len(patients) == pytest.approx(float(peer["mean_demand"]))


def test_strokes_prevented_as_the_partnership_stated_them(golden: Path) -> None:
    for row in read(golden / "impact" / "nnt_exact.csv"):
        events = get_events_prevented(float(row["patients"]), float(row["nnt"]))
        assert get_whole_events(events) == int(row["events_prevented_printed"])


def test_numbers_needed_to_treat_as_printed(golden: Path) -> None:
    """Printed whole, some rounded and one cut off."""
    for row in read(golden / "impact" / "nnt_from_risk.csv"):
        risk, reduction = float(row["baseline_risk_percent"]) / 100, float(row["relative_risk_reduction"])
        assert get_number_needed_to_treat(risk, reduction) == pytest.approx(float(row["printed_nnt"]), abs=0.6)
