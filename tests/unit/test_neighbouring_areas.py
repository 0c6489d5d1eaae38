"""A cluster that lies over several small areas is found where it is planted, by the outlines of an invented system."""

import json

import numpy as np
import pyarrow as pa
import pytest

from placewise.floor.statistics.space_time_scan import find_clusters
from placewise.floor.vocabulary.organisations import Hierarchy, Organisation
from placewise.gaps.neighbours import WIDEST, build_neighbourhoods
from placewise.intake.contract import BOUNDARIES
from placewise.synthetic.published.outlines import build_outlines
from placewise.synthetic.small_areas import SmallAreas

PLACES = ("NORTH", "SOUTH")
ACROSS, MONTHS, RATE = 6, 36, 0.01
PLANTED = (7, 8, 13, 14)
"""Four areas around one corner of the northern field, which is six areas wide."""


@pytest.fixture(scope="module")
def areas() -> SmallAreas:
    place = np.repeat(np.array([0, 1], np.int16), ACROSS * ACROSS)
    return SmallAreas(PLACES, place, np.ones(len(place), np.int8), np.full(len(place), 1600))


@pytest.fixture(scope="module")
def outlines(areas: SmallAreas) -> pa.Table:
    organisations = {
        code: Organisation(
            code=code, name=code, kind="place", level="place", parent="", open_from=None, open_to=None,
            synthetic=True, source="invented",
        )
        for code in PLACES
    }  # fmt: skip
    drawn = build_outlines(areas, Hierarchy(("place",), organisations), np.random.default_rng(4))["small_areas"]
    rows = [
        {"kind": "small_area", "area": code, "name": code, "part": 0, "ring": 0, "longitude": x, "latitude": y}
        for feature in json.loads(drawn)["features"]
        for code in [feature["properties"]["code"]]
        for x, y in feature["geometry"]["coordinates"][0]
    ]
    return pa.Table.from_pylist(rows, schema=BOUNDARIES)


def scan(table: np.ndarray, neighbourhoods: object) -> list[tuple[int, ...]]:
    found = find_clusters(table, neighbourhoods, longest=12, false_alarm=RATE, seed=0, simulations=199)
    return [each.areas for each in found]


def test_a_cluster_over_neighbours_is_found_and_not_by_looking_at_each_area_alone(
    areas: SmallAreas, outlines: pa.Table
) -> None:
    table = np.random.default_rng(1).poisson(1.0, (len(areas.codes), MONTHS))
    table[list(PLANTED), -5:] += np.random.default_rng(2).poisson(2.2, (len(PLANTED), 5))
    (together,) = scan(table, build_neighbourhoods(areas.codes, outlines))
    assert len(set(together) & set(PLANTED)) >= 3
    assert len(set(together) - set(PLANTED)) <= 2
    assert scan(table, build_neighbourhoods(areas.codes, None)) == []


def test_neighbourhoods_are_each_area_alone_and_areas_beside_each_other(areas: SmallAreas, outlines: pa.Table) -> None:
    neighbourhoods = build_neighbourhoods(areas.codes, outlines).toarray()
    assert np.array_equal(neighbourhoods[: len(areas.codes)], np.eye(len(areas.codes)))
    assert neighbourhoods.sum(axis=1).max() == WIDEST
    of_both_places = [row for row in neighbourhoods if len(set(areas.place[row > 0])) == 2]
    assert not of_both_places  # the fields lie apart
    pairs = [np.flatnonzero(row) for row in neighbourhoods if row.sum() == 2]
    assert all(abs(one - other) in (1, ACROSS) for one, other in pairs)


def test_an_area_without_an_outline_is_scanned_by_itself(areas: SmallAreas, outlines: pa.Table) -> None:
    codes = ["UNDRAWN", *areas.codes]
    neighbourhoods = build_neighbourhoods(codes, outlines).toarray()
    assert neighbourhoods[:, 0].sum() == 1
    assert len(neighbourhoods) == build_neighbourhoods(areas.codes, outlines).shape[0] + 1


def test_an_area_of_several_parts_lies_where_most_of_it_does() -> None:
    def square(area: str, part: int, west: float, side: float) -> list[dict[str, object]]:
        corners = ((0, 0), (0, side), (side, side), (side, 0), (0, 0))
        return [
            {"kind": "x", "area": area, "name": area, "part": part, "ring": 0, "longitude": west + x, "latitude": y}
            for x, y in corners
        ]

    # Most of A lies beside B, and a small island of it beside C.
    rows = [*square("A", 0, 0, 1), *square("A", 1, 9, 0.1), *square("B", 0, 2, 1), *square("C", 0, 8, 1)]
    neighbourhoods = build_neighbourhoods(["A", "B", "C"], pa.Table.from_pylist(rows, schema=BOUNDARIES)).toarray()
    assert {tuple(np.flatnonzero(row)) for row in neighbourhoods if row.sum() == 2} == {(0, 1), (1, 2)}
