"""Invented outlines: small areas fill their place without a gap, and all of it lies in a sea where nobody lives."""

import json
from pathlib import Path

import numpy as np
import pytest

from placewise.config import read_deployment
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.synthetic.chance import stream
from placewise.synthetic.margins import FOLDER, get_place_level, read_margins
from placewise.synthetic.published.outlines import build_outlines
from placewise.synthetic.small_areas import build_small_areas

PEOPLE = 60_000


@pytest.fixture(scope="module", params=["sandbox", "west_yorkshire"])
def drawn(request: pytest.FixtureRequest, root: Path) -> dict[str, dict[str, np.ndarray]]:
    """places, small_areas: code -> its ring; of: each small area's place."""
    deployment = read_deployment(request.param)
    hierarchy = deployment.hierarchy
    places = {each.code for each in hierarchy.at(get_place_level(hierarchy))}
    margins = read_margins(deployment.folder / FOLDER, read_code_lists(root / "codelists"), places)
    areas = build_small_areas(margins, PEOPLE, stream(1, "areas"))
    files = build_outlines(areas, hierarchy, stream(1, "published outlines"))
    rings = {
        name: {
            each["properties"]["code"]: np.array(each["geometry"]["coordinates"][0])
            for each in json.loads(text)["features"]
        }
        for name, text in files.items()
    }
    assert set(rings["places"]) == places
    assert list(rings["small_areas"]) == areas.codes
    return rings | {"of": {code: areas.places[place] for code, place in zip(areas.codes, areas.place, strict=True)}}


def measure(ring: np.ndarray) -> float:
    """The ground within a ring, by the shoelace formula."""
    x, y = ring[:, 0], ring[:, 1]
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)


def test_small_areas_fill_their_place(drawn) -> None:
    for place, ring in drawn["places"].items():
        parts = [measure(drawn["small_areas"][code]) for code, home in drawn["of"].items() if home == place]
        assert sum(parts) == pytest.approx(measure(ring), rel=1e-9)
        assert min(parts) > 0


def test_every_outline_is_closed_and_lies_in_the_sea(drawn) -> None:
    for ring in (*drawn["places"].values(), *drawn["small_areas"].values()):
        assert (ring[0] == ring[-1]).all()
        assert (np.abs(ring - (-1.0, -3.0)) < 3).all()  # the Gulf of Guinea


def test_places_do_not_touch(drawn) -> None:
    corners = [set(map(tuple, ring.tolist())) for ring in drawn["places"].values()]
    for number, one in enumerate(corners):
        assert not any(one & other for other in corners[number + 1 :])
