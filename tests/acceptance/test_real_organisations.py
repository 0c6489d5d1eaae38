"""The organisations of the real system are those its publishers list."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from placewise.config import read_deployment
from placewise.floor.vocabulary.organisations import Hierarchy

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def hierarchy() -> Hierarchy:
    return read_deployment("west_yorkshire").hierarchy


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


@pytest.mark.requirement("S010")
def test_the_places_are_the_sub_icb_locations_of_the_system(realdata: Path, hierarchy: Hierarchy):
    lookup = read_rows(realdata / "geography" / "lsoa21_sicbl24_icb24.csv.gz")
    published = {row["sicbl24_code_nhs"] for row in lookup if row["icb24_code_nhs"] == hierarchy.top.code}
    assert {place.code for place in hierarchy.at("place")} == published


@pytest.mark.requirement("S010")
def test_the_place_that_left_was_merged_into_another_system_that_day(realdata: Path, hierarchy: Hierarchy):
    [left] = [each for each in hierarchy.organisations.values() if each.kind == "place" and not each.level]
    changes = read_rows(realdata / "geography" / "nhs_org_code_changes.csv.gz")
    [(successor, day)] = [tuple(row.values())[1:3] for row in changes if next(iter(row.values())) == left.code]
    assert left.open_to is not None
    assert (date.fromisoformat(day) - left.open_to).days == 1
    practices = read_rows(realdata / "primary_care" / "qof_2021_practice_pcn_ccg_stp_map.csv.gz")
    systems = {row["STP_ODS_CODE"] for row in practices if row["CCG_ODS_CODE"] == successor}
    assert hierarchy.top.code not in systems


def test_the_trusts_of_the_waiting_list_bear_their_published_names(realdata: Path, hierarchy: Hierarchy):
    waiting = read_rows(realdata / "waiting" / "rtt_2026_01_west_yorkshire.csv.gz")
    published = {row["Provider Org Code"]: row["Provider Org Name"] for row in waiting}
    trusts = [each for each in hierarchy.organisations.values() if each.kind.endswith("trust")]
    named = {each.code: each.name.upper() for each in trusts if each.code in published}
    assert {"RR8", "RXF", "RWY", "RAE", "RCF", "RCD"} <= named.keys()
    assert named == {code: published[code].upper() for code in named}


def test_there_are_as_many_networks_and_practices_as_published(realdata: Path, hierarchy: Hierarchy):
    practices = read_rows(realdata / "primary_care" / "practice_pcn_ccg_stp_region_map_2022_01.csv.gz")
    rows = [row for row in practices if row["STP_CODE"] == hierarchy.top.code]
    assert len(hierarchy.chains) == len(rows)
    assert len(hierarchy.at("network")) == len({row["PCN_CODE"] for row in rows})


def test_practices_are_shared_out_by_residents(realdata: Path, hierarchy: Hierarchy):
    lookup = read_rows(realdata / "geography" / "lsoa11_sicbl22_icb22_ltla22.csv.gz")
    place_of = {
        row["lsoa11_code"]: row["sicbl22_code_h"] for row in lookup if row["icb22_code_h"] == hierarchy.top.code
    }
    residents: Counter[str] = Counter()
    for row in read_rows(realdata / "population" / "pop_mid2020_lsoa11_single_year_persons.csv.gz"):
        if place := place_of.get(row["lsoa11_code"]):
            residents[place] += int(float(row["total_population"]))
    practices = Counter(chain["place"] for chain in hierarchy.chains.values())
    assert residents.total() == 2_396_517
    for place, count in practices.items():
        assert count == pytest.approx(len(hierarchy.chains) * residents[place] / residents.total(), abs=1)
