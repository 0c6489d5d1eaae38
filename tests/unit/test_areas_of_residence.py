"""Where people live: middle areas are exact sums of small ones, and a later edition's outlines lose nobody silently."""

from typing import Any

import pyarrow as pa
import pytest

from placewise.gaps.neighbours import build_neighbourhoods
from placewise.intake.contract import BOUNDARIES
from placewise.intake.published.memberships import Membership
from placewise.population.areas import Areas, build_areas
from placewise.population.outlines import Outlines, fit_outlines

SMALL = ["OLD1", "OLD2", "OLD3", "OLD4", "OLD5"]
LIES_IN = {"OLD1": "MID1", "OLD2": "MID1", "OLD3": "MID2", "OLD4": "MID2"}
REDRAWN = [("OLD1", "OLD1"), ("OLD2", "NEW2A"), ("OLD2", "NEW2B"), ("OLD3", "NEW34"), ("OLD4", "NEW34")]
"""One stays, one was split in two, two were merged; nobody says what became of the last."""


def membership(source: str, lies_in: dict[str, str]) -> Membership:
    rows = pa.table({"area": list(lies_in), "group": list(lies_in.values())})
    return Membership(source, rows, {"MID1": "First middle area"})


def square(kind: str, area: str, west: float) -> list[dict[str, Any]]:
    corners = ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0))
    return [
        {"kind": kind, "area": area, "name": area, "part": 0, "ring": 0, "longitude": west + x, "latitude": float(y)}
        for x, y in corners
    ]


@pytest.fixture(scope="module")
def areas() -> Areas:
    small = pa.table({"small_area": SMALL, "deprivation_decile": pa.array([1, 2, 10, None, 5], pa.int8())})
    other = membership("of_another_edition", {"OLD1": "NEWMID", "NEW2A": "NEWMID"})
    rows, (check,) = build_areas(small, [other, membership("of_this_edition", LIES_IN)], {"OLD1": "Town 001A"})
    assert check.told.startswith("4 small areas lie in 2 middle areas, by the lookup of_this_edition.")
    assert "1 are in no middle area there, OLD5" in check.told
    return Areas(rows)


@pytest.fixture(scope="module")
def fitted(areas: Areas) -> Outlines:
    drawn = [("OLD1", 0), ("NEW2A", 1), ("NEW2B", 2), ("NEW34", 3)]
    rows = [row for area, west in drawn for row in square("lsoa21", area, west)]
    return fit_outlines(areas, pa.Table.from_pylist(rows, schema=BOUNDARIES), REDRAWN)


def test_a_lookup_is_chosen_by_the_codes_it_knows_and_what_it_does_not_know_is_told(areas: Areas) -> None:
    assert areas.codes == {"middle_area": ("MID1", "MID2"), "small_area": tuple(SMALL)}
    assert areas.home.tolist() == [0, 0, 1, 1, -1]
    told = areas.tell()
    assert told["OLD1"] == {"level": "small_area", "name": "Town 001A", "parent": "MID1", "fifth": "1"}
    assert (told["MID1"]["name"], told["OLD3"]["fifth"], told["OLD4"]["fifth"]) == ("First middle area", "5", "")


def test_an_area_that_was_split_is_drawn_from_its_parts_and_a_merged_one_on_no_map(fitted: Outlines) -> None:
    small = fitted.drawn.filter(pa.compute.equal(fitted.drawn["kind"], "small_area"))
    parts = {area: set() for area in small["area"].to_pylist()}
    for row in small.to_pylist():
        parts[row["area"]].add((row["part"], int(row["longitude"])))
    assert parts.keys() == {"OLD1", "OLD2"}
    assert len({part for part, _ in parts["OLD2"]}) == 2
    of_the_middle = fitted.drawn.filter(pa.compute.equal(fitted.drawn["kind"], "middle_area"))
    assert set(of_the_middle["area"].to_pylist()) == {"MID1"}, "pieced together of its small areas"


def test_what_became_of_every_area_is_counted_and_told(fitted: Outlines) -> None:
    small, middle = (each.told for each in fitted.checks)
    assert small == (
        "1 small areas have an outline of their own; 1 are drawn from the parts they were split into; 2 were merged or "
        "redrawn, are on no map, and lie where what took them in does; 1 have none, are on no map and are scanned for "
        "clusters by themselves."
    )
    assert "1 are drawn from the parts" in middle
    assert "1 have none" in middle


def test_neighbours_work_on_both_levels_and_a_merged_area_lies_where_what_took_it_in_does(
    areas: Areas, fitted: Outlines
) -> None:
    zones = build_neighbourhoods(areas.codes["small_area"], fitted.placed).toarray()
    assert zones[:, 4].sum() == 1, "nobody knows where the last one lies"
    together = {tuple(row.nonzero()[0]) for row in zones if row.sum() == 2}
    assert (2, 3) in together
    middle = build_neighbourhoods(areas.codes["middle_area"], fitted.placed)
    assert middle.shape[0] >= 2
