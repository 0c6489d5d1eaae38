"""tiles.csv and assets.csv of a deployment: every mistake with its line, and nothing of a file with mistakes."""

from pathlib import Path

import pytest

from builders.release import build_hierarchy
from placewise.floor.vocabulary.assets_file import find_assets
from placewise.floor.vocabulary.tiles_file import find_tiles

TILES, ASSETS = "area,column,row\n", "asset,kind,area,helps,told,source,recorded_on\n"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_tiles_of_one_level_are_placed(tmp_path: Path) -> None:
    tiles, faults = find_tiles(write(tmp_path, f"{TILES}HVN,0,0\n# a remark\nHVT,1,2\n"), build_hierarchy())
    assert (dict(tiles), faults) == ({"HVN": (0, 0), "HVT": (1, 2)}, [])


@pytest.mark.parametrize(
    ("rows", "line", "told"),
    [
        ("HVN,0,0\nHVX,1,0\n", 3, "HVX is no area of organisations.csv"),
        ("HVN,0,0\nRT1,1,0\n", 3, "RT1 is no area"),
        ("HVN,0,0\nHVT,0,0\n", 3, "the area or the place stands in an earlier row"),
        ("HVN,left,0\n", 2, "left and 0 are no place"),
        ("HVN,0,0\nNW1,1,0\n", 3, "the areas are of 2 levels"),
        ("HVN,0,0\n", None, "HVT has no tile"),
        ("HVN,0\n", 2, "the row has not 3 values"),
        ("# a remark\nHVN,0,0\n# another\nHVX,1,0\n", 5, "HVX is no area of organisations.csv"),
    ],
)
def test_a_mistake_in_tiles_is_told_with_its_line(tmp_path: Path, rows: str, line: int | None, told: str) -> None:
    tiles, faults = find_tiles(write(tmp_path, TILES + rows), build_hierarchy())
    assert not tiles
    assert [(each.line, told in each.fault) for each in faults][:1] == [(line, True)]


def test_an_asset_says_what_it_is_where_and_who_says_so(tmp_path: Path) -> None:
    row = '"Walkers, of North Haven",group,HVN,heart_care carers,Weekly walks.,invented,2026-02-01\n'
    (asset,), faults = find_assets(write(tmp_path, ASSETS + row), build_hierarchy())
    assert faults == []
    assert (asset.asset, asset.helps) == ("Walkers, of North Haven", ("heart_care", "carers"))
    assert asset.recorded_on.isoformat() == "2026-02-01"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Walkers,club,HVN,,Walks.,invented,2026-02-01", "club is no kind of asset"),
        ("Walkers,group,HVX,,Walks.,invented,2026-02-01", "HVX is not in organisations.csv"),
        ("Walkers,group,HVN,,Walks.,,2026-02-01", "an asset needs a name and a source"),
        ("Walkers,group,HVN,,Walks.,invented,spring", "spring is no date"),
    ],
)
def test_a_mistake_in_assets_is_told_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    assets, faults = find_assets(write(tmp_path, f"{ASSETS}{row}\n"), build_hierarchy())
    assert assets == ()
    assert [(each.line, told in each.fault) for each in faults] == [(2, True)]


@pytest.mark.parametrize("find", [find_tiles, find_assets])
def test_other_columns_are_refused(tmp_path: Path, find) -> None:
    found, faults = find(write(tmp_path, "name,where\nA,B\n"), build_hierarchy())
    assert not found
    assert [each.fault for each in faults] == ["the columns are not those expected"]
