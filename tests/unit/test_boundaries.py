"""Outlines of areas, as GeoJSON files give them: read whole, or refused in one sentence that names the area."""

import json
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from builders.published_system import write_files, write_published
from placewise.floor.faults import FaultsFound
from placewise.intake.contract import BOUNDARIES
from placewise.intake.published.boundaries import read_boundaries
from placewise.intake.published.build import load_observations, read_outlines, read_sources
from placewise.intake.published.content import Content, read_content
from placewise.intake.published.definition import BoundaryFile, read_boundary_files

SQUARE = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
HOLE = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.2]]
FILE = BoundaryFile(
    title="Invented outlines", file="geography/places.geojson", publisher="Nobody", licence="invented",
    attribution="invented", period="2026", geography_edition="Invented areas 2021",
)  # fmt: skip


def feature(code: Any = "A", kind: str = "Polygon", coordinates: Any = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": "Ashdale", **properties},
        "geometry": {"type": kind, "coordinates": coordinates or [SQUARE]},
    }


def read(*features: dict[str, Any]) -> Any:
    text = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    return read_boundaries("place", FILE, Content(FILE.file, "0" * 64, text))


def test_an_outline_is_read_point_by_point_with_its_holes() -> None:
    table = read(feature(coordinates=[SQUARE, HOLE]))
    assert table.schema.equals(BOUNDARIES)
    assert table["ring"].to_pylist() == [0] * 5 + [1] * 4
    assert table["longitude"].to_pylist()[:3] == [0.0, 1.0, 1.0]
    assert set(table["name"].to_pylist()) == {"Ashdale"}


def test_an_area_of_several_parts_keeps_them_apart() -> None:
    table = read(feature(kind="MultiPolygon", coordinates=[[SQUARE], [SQUARE]]), feature("B"))
    assert table["part"].to_pylist() == [0] * 5 + [1] * 5 + [0] * 5
    assert pc.count_distinct(table["area"].cast("string")).as_py() == 2


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([feature(), feature()], "the area A is given twice"),
        ([feature(code=7)], "the feature 1 has no text in its property code"),
        ([feature(kind="Point", coordinates=[1.0, 2.0])], "the area A is a Point, and no outline"),
        ([feature(coordinates=[SQUARE[:3]])], "the outline of A is not closed"),
        ([feature(coordinates=[[[430000, 433000]] * 4])], "is not in degrees of longitude and latitude"),
        ([feature(coordinates=[[["a", "b"]] * 4])], "holds something else than numbers"),
        ([], "it holds no area"),
    ],
)
def test_what_is_no_outline_is_refused_with_the_area(wrong: list[dict[str, Any]], told: str) -> None:
    with pytest.raises(FaultsFound, match=told):
        read(*wrong)


@pytest.mark.parametrize("text", [b"not json", b"[]", b'{"type": "Feature"}'])
def test_a_file_that_is_no_geojson_is_refused(text: bytes) -> None:
    with pytest.raises(FaultsFound, match="no GeoJSON collection"):
        read_boundaries("place", FILE, Content(FILE.file, "0" * 64, text))


def write_with_boundaries(folder: Path) -> Path:
    published = write_published(folder, "")
    said = "\n".join(f"    {key}: {value!r}" for key, value in FILE.model_dump(exclude={"note"}).items())
    published.write_text(f"{published.read_text(encoding='utf-8')}\nboundaries:\n  place:\n{said}\n", encoding="utf-8")
    return published


def test_outlines_are_part_of_a_load_and_named_among_its_sources(tmp_path: Path) -> None:
    published, data = write_with_boundaries(tmp_path), write_files(tmp_path / "data")
    without = load_observations(published, data, tmp_path / "store")
    assert without.awaited == (FILE.file,)
    assert read_outlines(without.folder) is None
    (data / "geography").mkdir(exist_ok=True)
    (data / FILE.file).write_text(json.dumps({"features": [feature(), feature("B")]}), encoding="utf-8")
    load = load_observations(published, data, tmp_path / "store")
    outlines = read_outlines(load.folder)
    assert outlines is not None and outlines.num_rows == 10
    source = next(each for each in read_sources(load.folder) if each.source == "boundaries_place")
    assert (source.rows_kept, source.title) == (2, "Invented outlines")
    assert load.load != without.load


def test_a_path_outside_the_folder_of_published_data_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the folder"):
        BoundaryFile(**{**FILE.model_dump(), "file": "../elsewhere.geojson"})


@pytest.mark.realdata
def test_the_real_outlines_of_councils_and_small_areas_are_read(root: Path, realdata: Path) -> None:
    files = read_boundary_files(root / "deployments/west_yorkshire/published.yaml")
    areas = {}
    for kind, file in files.items():
        table = read_boundaries(kind, file, read_content(realdata, file.file))
        areas[kind] = pc.count_distinct(table["area"].cast("string")).as_py()
        assert pc.min_max(table["latitude"]).as_py()["min"] > 53 and pc.min_max(table["latitude"]).as_py()["max"] < 55
    assert areas == {"council": 6, "lsoa21": 1434, "msoa21": 308}
