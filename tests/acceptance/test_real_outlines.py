"""The real outlines of the system's small areas and councils belong to the figures that are drawn in them."""

import gzip
from pathlib import Path

import pytest

from placewise.intake.published.boundaries import read_boundaries
from placewise.intake.published.content import read_content
from placewise.intake.published.definition import read_boundary_files

pytestmark = pytest.mark.realdata

HOUSEHOLDS = "population/overcrowding_census2021_lsoa21_wy.csv.gz"


@pytest.fixture(scope="module")
def outlined(root: Path, realdata: Path) -> dict[str, set[str]]:
    """Kind of area -> the codes that have an outline."""
    files = read_boundary_files(root / "deployments/west_yorkshire/published.yaml")
    return {
        kind: set(read_boundaries(kind, file, read_content(realdata, file.file))["area"].to_pylist())
        for kind, file in files.items()
    }


@pytest.mark.requirement("S187")
def test_every_small_area_with_households_counted_has_its_outline(
    outlined: dict[str, set[str]], realdata: Path
) -> None:
    with gzip.open(realdata / HOUSEHOLDS, "rt", encoding="utf-8") as rows:
        header = next(rows).rstrip("\n").split(",")
        counted = {line.split(",")[header.index("lsoa21_code")].strip('"') for line in rows}
    assert counted == outlined["lsoa21"]


def test_the_councils_of_the_system_have_theirs(outlined: dict[str, set[str]]) -> None:
    councils = {"E08000032", "E08000033", "E08000034", "E08000035", "E08000036"}
    assert councils <= outlined["council"]
