"""What stands out leaves in a release as words with released numbers, and beside what the release before told."""

import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from builders.findings import FINDINGS, MEASURE, build_release_with_findings, make_finding
from placewise.floor.faults import FaultsFound
from placewise.gaps.contract import Kind, Side, Verdict
from placewise.publishing.contract import RELEASED_FINDINGS_FILE
from placewise.publishing.findings_checks import check_findings_told
from placewise.publishing.release import Release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_release_with_findings(tmp_path_factory.mktemp("findings") / "store")


def rows(release: Release) -> list[dict[str, Any]]:
    return release.findings().to_pylist()


def find(release: Release, area: str) -> dict[str, Any]:
    return next(each for each in rows(release) if each["area"] == area)


def shares(release: Release, area: str) -> set[str]:
    return {f"{value * 100:.1f}" for value in release.trend(MEASURE, area)["value"].to_pylist() if value is not None}


def test_a_sentence_says_the_finding_and_figures_that_stand_in_the_release(release: Release) -> None:
    place = find(release, "HVN")
    assert place["sentence"].startswith("Better in North Haven. ")
    assert place["sentence"].endswith("in March 2025.")
    said = re.findall(r"[\d.]+(?=%)", place["sentence"])
    assert len(said) == 2
    assert set(said) <= shares(release, "HVN")
    outlier = re.findall(r"[\d.]+(?=%)", find(release, "A02")["sentence"])
    assert outlier[0] in shares(release, "A02") and outlier[1] in shares(release, "HVS")


def test_a_gap_is_told_with_its_interval_and_direction_from_the_shown_fifths(release: Release) -> None:
    told = re.search(
        r"([+-][\d.]+) percentage points .*interval ([+-][\d.]+) to ([+-][\d.]+)", find(release, "HVS")["sentence"]
    )
    assert told is not None
    value, lower, upper = map(float, told.groups())
    assert 0 < lower < value < upper < 20  # planted: the most deprived fifth lies eight points lower


def test_a_finding_of_a_hidden_cell_does_not_leave(release: Release) -> None:
    assert {each["area"] for each in rows(release)} == {each.area for each in FINDINGS} - {"A05"}


def test_the_next_release_tells_what_is_new_what_changed_and_what_is_gone(tmp_path: Path) -> None:
    first = build_release_with_findings(tmp_path)
    assert {each["standing"] for each in rows(first)} == {"first"}
    later = (
        make_finding("place", "HVN", Kind.CHANGE, Verdict.DETERIORATED, "Worse again."),
        make_finding("network", "NW1", Kind.CHANGE, Verdict.NOT_YET_KNOWN, "No change can be told from chance yet."),
        make_finding("practice", "A02", Kind.OUTLIER, Side.WORSE, "Lighthouse lies apart."),
        make_finding("practice", "A01", Kind.OUTLIER, Side.BETTER, "Quay lies apart."),
    )
    second = build_release_with_findings(tmp_path, build="another", findings=later)
    standing = {each["area"]: (each["standing"], each["before"]) for each in rows(second)}
    assert standing == {
        "HVN": ("changed", "improved"),
        "NW1": ("as before", ""),
        "A02": ("as before", ""),
        "A01": ("new", ""),
        "HVS": ("gone", ""),
        "A04": ("gone", ""),
    }
    since = {each["area"]: each["first_told"] for each in rows(second)}
    assert f"{since['A02']:%Y-%m-%d}" == first.manifest.made_on[:10]
    assert since["A01"] is None
    again = build_release_with_findings(tmp_path, build="another", findings=later)
    assert again.manifest.release == second.manifest.release


def test_a_number_that_is_not_released_stops_the_release(release: Release, tmp_path: Path) -> None:
    (tmp_path / "measures").symlink_to(release.folder / "measures")
    table = release.findings()
    place = table.schema.get_field_index("sentence")
    pq.write_table(
        table.set_column(place, "sentence", [["12.3% of nobody knows whom."] * len(table)]),
        tmp_path / RELEASED_FINDINGS_FILE,
    )
    with pytest.raises(FaultsFound, match="a finding says released numbers alone"):
        check_findings_told(tmp_path, release.manifest.measures)
