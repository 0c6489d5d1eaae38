"""The referral-to-treatment extract: 105 week columns, totals among the rows, and commissioners without a parent."""

import re
from pathlib import Path

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound

OPTIONS = {
    "areas": [
        {"kind": "trust", "code": "Provider Org Code", "name": "Provider Org Name"},
        {"kind": "place", "code": "Commissioner Org Code", "name": "Commissioner Org Name"},
        {"kind": "system", "code": "Commissioner Parent Org Code", "name": "Commissioner Parent Name"},
    ]
}
WEEKS = [f"Gt {week:02d} To {week + 1:02d} Weeks SUM 1" for week in range(104)] + ["Gt 104 Weeks SUM 1"]
HEADER = [
    "Period", "Provider Org Code", "Provider Org Name", "Commissioner Parent Org Code", "Commissioner Parent Name",
    "Commissioner Org Code", "Commissioner Org Name", "RTT Part Type", "Treatment Function Code",
    "Treatment Function Name", *WEEKS, "Total All",
]  # fmt: skip


def row(
    waits: dict[int, int],
    *,
    parent: str = "SYS",
    commissioner: str = "NOR",
    part: str = "Part_2",
    function: str = "C_100",
    total: int | None = None,
) -> str:
    """A row of the extract: people by weeks waited; their sum, unless another total is given."""
    weeks = [str(waits.get(week, 0)) for week in range(105)]
    whole = sum(waits.values()) if total is None else total
    names = ["RTT-January-2026", "TR1", "First Trust", parent, parent and "The System", commissioner, "Somewhere", part]
    return ",".join([*names, function, f"Service {function}", *weeks, str(whole)])


def read(tmp_path: Path, *rows: str):
    return read_text(tmp_path, "referral_to_treatment", OPTIONS, "\n".join([",".join(HEADER), *rows]) + "\n")


def figures(reading, area: str, group: str = "all") -> dict[str, float]:
    return {
        each["indicator"]: each["value"]
        for each in reading.observations.to_pylist()
        if each["area"] == area and each["group"] == group
    }


TWO_SPECIALTIES = (
    row({0: 5, 17: 3, 18: 2}),
    row({51: 1, 52: 4, 104: 6}, function="C_110"),
    row({0: 5, 17: 3, 18: 2, 51: 1, 52: 4, 104: 6}, function="C_999"),
    row({3: 9}, part="Part_1A"),
)


def test_people_wait_once_whatever_the_totals_among_the_rows(tmp_path: Path) -> None:
    reading = read(tmp_path, *TWO_SPECIALTIES)
    expected = {"rtt_waiting": 21, "rtt_within_18_weeks": 8, "rtt_over_52_weeks": 10}
    assert figures(reading, "TR1") == figures(reading, "NOR") == figures(reading, "SYS") == expected
    assert figures(reading, "TR1", "C_110") == {"rtt_waiting": 11, "rtt_within_18_weeks": 0, "rtt_over_52_weeks": 10}
    assert {each["period"] for each in reading.observations.to_pylist()} == {"2026-01"}


def test_rows_set_aside_are_counted_with_their_reason(tmp_path: Path) -> None:
    reading = read(tmp_path, *TWO_SPECIALTIES)
    assert (reading.rows_in, reading.rows_kept) == (4, 2)
    assert reading.rejected == {
        "the row is not an incomplete pathway (Part_2)": 1,
        "the row is the total (C_999) of rows that are kept": 1,
    }


def test_people_whom_no_board_commissions_are_not_lost(tmp_path: Path) -> None:
    nobody = {"parent": "", "commissioner": "NONC"}
    reading = read(tmp_path, row({1: 7}, **nobody), row({1: 7}, function="C_999", **nobody))
    assert figures(reading, "NONC")["rtt_waiting"] == 7
    assert figures(reading, "not_recorded")["rtt_waiting"] == 7


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            (row({1: 7}, total=8), row({1: 8}, function="C_999")),
            "line 2: the weeks add up to 7 and the column Total All says 8",
        ),
        (
            (row({1: 7}), row({1: 9}, function="C_999")),
            "9 people wait under C_999, the total, and 7 under the treatment functions",
        ),
        ((row({1: 7}, part="Part_3"),), "it holds no incomplete pathways (Part_2)"),
    ],
)
def test_an_extract_that_contradicts_itself_is_refused(tmp_path: Path, rows: tuple[str, ...], told: str) -> None:
    with pytest.raises(FaultsFound, match=re.escape(told)):
        read(tmp_path, *rows)


def test_week_columns_must_run_past_one_hundred(tmp_path: Path) -> None:
    short = [each for each in HEADER if each != "Gt 104 Weeks SUM 1"]
    text = ",".join(short) + "\n" + ",".join(["x"] * len(short)) + "\n"
    with pytest.raises(FaultsFound, match="its week columns do not run from 0 to beyond 104"):
        read_text(tmp_path, "referral_to_treatment", OPTIONS, text)
