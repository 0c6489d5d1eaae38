"""Emergency attendances by provider and month: booked appointments, months not reported, totals among the rows."""

import re
from pathlib import Path
from typing import Any

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound
from placewise.intake.published.adapters.emergency_care import CAME, OVER

MONTHLY = {"area": {"kind": "trust", "code": "Org Code", "name": "Org name"}, "month": "Period"}
FIELD_TEST = {"providers": ["TR1"], "until": "2023-05", "because": "a trial of another standard"}


def row(month: str, code: str, came: tuple[int, ...], over: tuple[int, ...]) -> str:
    """came, over: type 1, 2 and other, then the same of booked appointments; those left out are 0."""
    counts = [*came, *[0] * (6 - len(came)), *over, *[0] * (6 - len(over))]
    return ",".join([month, code, f"Trust {code}", *map(str, counts)])


def read(tmp_path: Path, *rows: str, **options: Any):
    header = ",".join(["Period", "Org Code", "Org name", *CAME, *OVER])
    return read_text(tmp_path, "monthly_attendances", MONTHLY | options, "\n".join([header, *rows]) + "\n")


def find(reading, indicator: str, group: str = "all") -> dict[tuple[str, str], tuple[float | None, float | None]]:
    return {
        (each["area"], each["period"]): (each["value"], each["denominator"])
        for each in reading.observations.to_pylist()
        if each["indicator"] == indicator and each["group"] == group
    }


def test_booked_appointments_count_with_their_department(tmp_path: Path) -> None:
    reading = read(tmp_path, row("2024-01", "TR1", (1000, 20, 300, 40, 5, 6), (250, 1, 0, 9)))
    assert find(reading, "attendances") == {("TR1", "2024-01"): (1371, None)}
    assert find(reading, "attendances", "type_1") == {("TR1", "2024-01"): (1040, None)}
    assert find(reading, "attendances", "other") == {("TR1", "2024-01"): (306, None)}
    assert find(reading, "within_4_hours") == {("TR1", "2024-01"): (1371 - 260, 1371)}


def test_a_month_of_a_field_test_is_not_reported_and_its_attendances_are(tmp_path: Path) -> None:
    rows = [row(month, "TR1", (5000,), (over,)) for month, over in (("2023-05", 0), ("2023-06", 1500))]
    reading = read(tmp_path, *rows, not_reported=[FIELD_TEST])
    assert find(reading, "within_4_hours") == {("TR1", "2023-05"): (None, 5000), ("TR1", "2023-06"): (3500, 5000)}
    assert find(reading, "attendances")["TR1", "2023-05"] == (5000, None)


def test_the_same_rule_holds_of_no_other_trust(tmp_path: Path) -> None:
    reading = read(tmp_path, row("2023-05", "TR2", (500,), ()), not_reported=[FIELD_TEST])
    assert find(reading, "within_4_hours") == {("TR2", "2023-05"): (500, 500)}


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [row("2023-04", "TR1", (5000,), (3,))],
            "TR1 is declared not to have reported until 2023-04, and 3 attendances over four hours are published; "
            "correct not_reported",
        ),
        (
            [row(f"2024-{month:02d}", "TR2", (5000,), (1500 if month > 1 else 0,)) for month in range(1, 13)],
            "nobody was over four hours at TR2 in 2024-01, which cannot be a count; declare it under not_reported",
        ),
        ([row("2024-01", "TR2", (500,), (3,))] * 2, "TR2 in 2024-01 is given more than once"),
        ([row("2024-01", "", (500,), (3,)).replace("500", "many")], "holds `many` where a number is due"),
    ],
)
def test_a_file_that_contradicts_what_is_declared_is_refused(tmp_path: Path, rows: list[str], told: str) -> None:
    with pytest.raises(FaultsFound, match=re.escape(told)):
        read(tmp_path, *rows, not_reported=[FIELD_TEST])


def test_a_month_as_its_publisher_releases_it(tmp_path: Path) -> None:
    """The month is named in words after a prefix, and a total stands among the rows."""
    rows = (row("MSitAE-JANUARY-2026", "TR1", (900,), (90,)), "Total,Total,Total," + ",".join(["900"] * 12))
    reading = read(tmp_path, *rows, month_prefix="MSitAE-")
    assert find(reading, "within_4_hours") == {("TR1", "2026-01"): (810, 900)}
    assert (reading.rows_in, reading.rows_kept, sum(reading.rejected.values())) == (2, 1, 1)


@pytest.mark.requirement("S013")
def test_the_years_before_the_pandemic_come_a_row_for_each_type(tmp_path: Path) -> None:
    options = {
        "area": {"kind": "trust", "code": "org_code"},
        "month": "period",
        "type": "type",
        "attendances": "attendances",
        "breaches": "breaches",
        "types": {"type_1": "1", "type_2": "2", "other": "other"},
    }
    text = """
        period,org_code,type,attendances,breaches,admissions
        2018-04-01,TR1,1,1000,200,300
        2018-04-01,TR1,other,400,1,0
        2018-05-01,TR1,1,1100,210,300
    """
    reading = read_text(tmp_path, "attendances_by_type", options, text)
    assert find(reading, "attendances") == {("TR1", "2018-04"): (1400, None), ("TR1", "2018-05"): (1100, None)}
    assert find(reading, "attendances", "type_1") == {
        ("TR1", "2018-04"): (1000, None),
        ("TR1", "2018-05"): (1100, None),
    }
    assert find(reading, "within_4_hours")["TR1", "2018-04"] == (1199, 1400)
    with pytest.raises(FaultsFound, match="holds `3`, no type we know"):
        read_text(tmp_path, "attendances_by_type", options, text.replace("TR1,other", "TR1,3"))
