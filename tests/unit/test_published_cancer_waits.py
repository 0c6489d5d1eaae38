"""Cancer waits: halves of patients, parts that add up, and rows of other standards and routes among them."""

import re
from pathlib import Path

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound

OPTIONS = {
    "area": {"kind": "trust", "code": "org_code", "name": "org_name"},
    "standards": {
        "within_28_days": {"standard": "28-day", "route": "ALL ROUTES"},
        "within_62_days": {"standard": "62-day", "route": "ALL ROUTES"},
    },
}
WAITS = """
    period,standard,sheet,org_code,org_name,route_or_stage,cancer_type_or_modality,total,within_standard,after_standard
    2025-08,28-day,x,TR1,First Trust,ALL ROUTES,,772.0,654.0,118.0
    2025-08,62-day,x,TR1,First Trust,ALL ROUTES,,459.5,287.5,172.0
    2025-08,62-day,x,TR1,First Trust,Screening,,40.5,30.0,10.5
    2025-08,31-day,x,TR1,First Trust,ALL STAGES,,300.0,290.0,10.0
"""


def test_a_patient_shared_by_two_providers_counts_half_for_each(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "cancer_waits", OPTIONS, WAITS)
    found = {row["indicator"]: (row["value"], row["denominator"]) for row in reading.observations.to_pylist()}
    assert found == {"within_28_days": (654, 772), "within_62_days": (287.5, 459.5)}


def test_other_standards_and_the_routes_within_all_routes_are_set_aside(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "cancer_waits", OPTIONS, WAITS)
    assert (reading.rows_in, reading.rows_kept) == (4, 2)
    assert reading.rejected == {"the row is of a standard or route that the deployment does not count": 2}


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("459.5,287.5,172.0", "459.5,287.0,172.0", "line 3: 287 within and 172 after do not add up to 459.5"),
        ("459.5,287.5,172.0", "459.3,287.3,172.0", "line 3: a count is neither whole nor a half"),
        ("Screening", "ALL ROUTES", "TR1 in 2025-08 is given more than once"),
        ("2025-08,28-day", "2025-08,2-week", "it has no rows of the standard 28-day and the route ALL ROUTES"),
        ("2025-08,28-day", "August,28-day", "holds `August` where a month is due"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    with pytest.raises(FaultsFound, match=re.escape(told)):
        read_text(tmp_path, "cancer_waits", OPTIONS, WAITS.replace(wrong, right))
