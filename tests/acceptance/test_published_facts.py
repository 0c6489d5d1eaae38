"""Figures about West Yorkshire, recomputed from the files as their publishers released them."""

import gzip
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from placewise.config import Deployment, read_deployment
from placewise.facts import Fact, compute_facts, find_facts
from placewise.intake.published.build import ObservationsReport, load_observations
from placewise.publishing.figures import OfficialFigures, get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures
from placewise.publishing.split_titles import get_split_titles
from placewise.publishing.unplaced import find_unplaced

pytestmark = pytest.mark.realdata


class Published:
    """The load of all files, and the official figures, made once for this module."""

    def __init__(self, deployment: Deployment, data: Path, store: Path) -> None:
        assert deployment.published and deployment.facts
        self.load: ObservationsReport = load_observations(deployment.published, data, store)
        self.figures: OfficialFigures = read_official_figures(deployment.published)
        self.table: pa.Table = build_official_figures(
            self.load.folder, self.figures, deployment.hierarchy, deployment.disclosure
        )
        self.facts: dict[str, Fact] = {
            fact.fact: fact for fact in find_facts(deployment.facts, self.table, self.figures, self.load.sources)
        }
        self.rows: list[dict[str, Any]] = self.table.to_pylist()

    def cell(self, indicator: str, area: str, period: str, split: str = "all", group: str = "all") -> dict[str, Any]:
        wanted = {"indicator": indicator, "area": area, "period": period, "split": split, "group": group}
        (row,) = self.find(**wanted)
        return row

    def find(self, **wanted: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if all(row[key] == value for key, value in wanted.items())]


@pytest.fixture(scope="module")
def published(root: Path, realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    deployment = read_deployment(str(root / "deployments" / "west_yorkshire"))
    yield Published(deployment, realdata, tmp_path_factory.mktemp("store"))


def test_every_stated_figure_comes_out_as_it_should(published: Published) -> None:
    assert len(published.facts) > 50
    assert [fact.title for fact in published.facts.values() if not fact.agrees] == []
    assert all(fact.sources or fact.figure is None for fact in published.facts.values())
    assert all(fact.source for fact in published.facts.values())


def test_a_changed_file_makes_a_mismatch(root: Path, realdata: Path, tmp_path: Path) -> None:
    """One misprint in one practice's register is enough."""
    data = tmp_path / "data"
    shutil.copytree(realdata, data, ignore=shutil.ignore_patterns("synthetic", "hospital"))
    file = next(data.glob("primary_care/qof_prevalence*.gz"))
    file.chmod(0o644)
    text = gzip.decompress(file.read_bytes()).decode()
    changed = text.replace("2020-21,B82020,HYP,", "2020-21,B82020,HYP,1", 1)
    assert changed != text
    file.write_bytes(gzip.compress(changed.encode(), compresslevel=1))
    wrong = {fact.fact for fact in compute_facts(data, root / "deployments" / "west_yorkshire") if not fact.agrees}
    assert "hypertension_register" in wrong and "af_register" not in wrong


def test_every_row_of_every_file_is_kept_or_set_aside_with_a_reason(published: Published) -> None:
    for source in published.load.sources:
        assert source.rows_in == source.rows_kept + sum(source.rejected.values()), source.source
        assert len(source.sha256) == 64 and source.licence and source.period and source.geography_edition
    waiting = next(each for each in published.load.sources if each.source == "rtt_2026_01")
    assert (waiting.rows_in, waiting.rows_kept) == (183_417, 51_925)
    rows = pq.read_metadata(published.load.folder / "observations.parquet").num_rows
    assert rows == published.load.observations > 4_000_000


@pytest.mark.requirement("S001")
def test_places_add_up_to_the_system_with_difference_0(published: Published) -> None:
    compared = 0
    for system in published.find(area_kind="system"):
        if system["indicator"].startswith("registered_over"):
            continue
        same = {key: system[key] for key in ("indicator", "period", "split", "group")}
        if places := published.find(area_kind="place", **same):
            assert sum(row["numerator"] for row in places) == system["numerator"], same
            compared += 1
    assert compared > 150
    assert published.cell("residents_mid_2020", "QWO", "2020-06-30")["value"] == 2_396_517
    assert published.cell("residents_census_2021", "QWO", "2021-03-21")["value"] == 2_402_449


@pytest.mark.requirement("S001")
def test_more_people_are_registered_than_live_here_and_most_live_in_towns(published: Published) -> None:
    excess = published.cell("registered_over_residents_2020", "QWO", "2020-08")
    registered = published.cell("registered_patients", "QWO", "2020-08")
    assert excess["numerator"] == registered["value"] - 2_396_517 == 191_548
    assert all(row["numerator"] > 0 for row in published.find(indicator="registered_over_residents_2020"))
    assert len(published.find(indicator="registered_patients", area="QWO")) == 60
    urban = published.cell("residents_rural_urban", "QWO", "2021-03-21", "rural_urban", "urban")
    assert (urban["denominator"], round(urban["value"], 3)) == (2_402_449, 0.895)
    practices = published.find(indicator="registered_patients_2021_01", area_kind="practice")
    networks = published.find(indicator="registered_patients_2021_01", area_kind="network")
    assert sum(row["value"] for row in practices) == sum(row["value"] for row in networks) == 2_594_433


@pytest.mark.requirement("S002")
def test_only_ages_0_to_24_give_the_stated_children_and_young_people(published: Published) -> None:
    young = published.cell("residents_by_life_course", "QWO", "2020-06-30", "life_course", "children_and_young_people")
    assert (young["numerator"], round(young["value"], 3)) == (771_503, 0.322)
    under_18 = published.cell("residents_by_life_course", "QWO", "2020-06-30", "age_band", "0-17")
    assert under_18["numerator"] == 543_296
    assert published.facts["children_and_young_people"].stated == 770_000


@pytest.mark.requirement("S003")
@pytest.mark.parametrize(
    ("indicator", "period", "here", "everyone"),
    [
        ("residents_by_imd_2019", "2020-06-30", 531_565, 2_396_517),
        ("residents_by_imd_2025", "2021-03-21", 519_677, 2_402_449),
    ],
)
def test_the_most_deprived_tenth_by_edition(
    published: Published, indicator: str, period: str, here: int, everyone: int
) -> None:
    row = published.cell(indicator, "QWO", period, "deprivation_decile", "1")
    assert (row["numerator"], row["denominator"]) == (here, everyone)
    deciles = published.find(indicator=indicator, area="QWO")
    assert len(deciles) == 10 and sum(each["numerator"] for each in deciles) == everyone
    card = get_indicator_cards(published.figures)[indicator]
    edition = indicator[-4:]
    assert f"IMD {edition}" in card["title"] and f"imd_{edition}" in card["sources"]


@pytest.mark.requirement("S004")
def test_the_stated_fifth_from_minority_ethnic_communities_is_shown_as_differing(published: Published) -> None:
    system = published.facts["minority_ethnic_stated"]
    assert (system.kind, system.stated, round(system.recomputed, 3)) == ("differs", 0.2, 0.23)
    assert (system.numerator, system.denominator) == (551_944, 2_402_449)
    councils = published.facts["minority_ethnic_stated_councils"]
    assert (councils.kind, councils.stated, round(councils.recomputed, 3)) == ("differs", 0.2, 0.28)
    groups = published.find(indicator="residents_by_ethnicity", area="QWO", split="ethnicity")
    assert {row["group"] for row in groups} == {"asian", "black", "mixed", "other", "white"}
    assert sum(row["numerator"] for row in groups) == 2_402_449


@pytest.mark.requirement("S010")
def test_every_figure_names_its_geography(published: Published) -> None:
    editions = {each.source: each.geography_edition for each in published.load.sources}
    for row in published.rows:
        assert editions[row["source"]]
    joined = get_indicator_cards(published.figures)
    for indicator in ("residents_by_imd_2019", "residents_by_imd_2025"):
        assert len({editions[each] for each in joined[indicator]["sources"]}) == 1


def test_registers_by_the_map_of_their_year(published: Published) -> None:
    row = published.cell("qof_hypertension", "QWO", "2020-21")
    assert (row["numerator"], row["denominator"]) == (353_930, 2_598_584)
    assert published.cell("qof_atrial_fibrillation", "QWO", "2020-21")["numerator"] == 47_255
    assert len(published.find(indicator="qof_hypertension", area_kind="practice", period="2020-21")) == 285


def test_the_ten_practices_that_the_later_map_leaves_out_are_named_with_their_patients(published: Published) -> None:
    practices = published.find(indicator="practices_not_in_later_map", area_kind="practice")
    assert len(practices) == 10
    assert sum(row["value"] for row in practices) == 87_643
    assert {(row["area"], row["area_name"]) for row in practices} >= {
        ("B82028", "Fisher Medical Centre"),
        ("B86074", "Fieldhead Surgery"),
    }
    by_year = published.cell("qof_hypertension", "QWO", "2020-21")
    by_later = published.cell("qof_hypertension_by_later_map", "QWO", "2020-21")
    assert by_year["denominator"] - by_later["denominator"] == 87_643


def test_areas_that_no_lookup_places_are_listed_with_their_people(published: Published) -> None:
    unplaced = find_unplaced(published.load.folder, published.figures).to_pylist()
    wales = [row for row in unplaced if row["source"] == "population_mid_2020" and row["lookup"] == "areas_lsoa_2011"]
    assert len(wales) == 1_909 and all(row["area"].startswith("W") for row in wales)
    assert sum(row["people"] for row in wales) == 3_169_586


TRUSTS = {
    "RR8": (86_915, 65.5, 1_343),
    "RXF": (54_326, 62.5, 184),
    "RWY": (35_564, 74.6, 21),
    "RAE": (31_610, 64.1, 70),
    "RCF": (14_438, 71.0, 66),
    "RCD": (19_380, 73.6, 3),
    "QWO": (237_741, 68.0, 1_852),
}


@pytest.mark.parametrize("area", TRUSTS)
def test_waits_by_trust_and_by_commissioner(published: Published, area: str) -> None:
    waiting, within, long = TRUSTS[area]
    assert published.cell("rtt_waiting", area, "2026-01")["value"] == waiting
    assert round(100 * published.cell("rtt_within_18_weeks", area, "2026-01")["value"], 1) == within
    assert published.cell("rtt_over_52_weeks", area, "2026-01")["numerator"] == long
    specialties = published.find(indicator="rtt_waiting", area=area, split="treatment_function")
    assert sum(row["value"] for row in specialties) == waiting


@pytest.mark.parametrize("kind", ["trust", "place", "system"])
def test_the_whole_of_england_waits_once_however_it_is_counted(published: Published, kind: str) -> None:
    indicators = ["rtt_waiting", "rtt_within_18_weeks", "rtt_over_52_weeks"]
    filters = [("indicator", "in", indicators), ("split", "==", "all"), ("area_kind", "==", kind)]
    table = pq.read_table(published.load.folder / "observations.parquet", filters=filters)
    added = table.group_by("indicator").aggregate([("value", "sum")]).to_pylist()
    waiting, within, long = ({row["indicator"]: row["value_sum"] for row in added}[each] for each in indicators)
    assert (waiting, round(100 * within / waiting, 1), long) == (7_187_677, 61.4, 137_320)


@pytest.mark.requirement("S187")
def test_housing_and_disability_by_small_area_keep_the_rule_on_small_numbers(published: Published) -> None:
    rule = range(1, 8)
    for indicator in ("households_by_bedrooms", "residents_disabled", "residents_rural_urban", "residents_by_imd_2019"):
        rows = published.find(indicator=indicator)
        assert rows
        for row in rows:
            assert row["numerator"] not in rule and row["denominator"] - row["numerator"] not in rule
    assert {row["area_kind"] for row in published.rows} <= {
        "system", "place", "network", "practice", "trust", "trusts_together", "council", "councils_together", "nation",
        "board", "lsoa21",
    }  # fmt: skip
    assert (
        published.cell("households_by_bedrooms", "QWO", "2021-03-21", "overcrowded", "too_few")["numerator"] == 38_558
    )


@pytest.mark.requirement("S187")
def test_crowded_homes_and_disability_by_deprivation_of_the_small_area(published: Published) -> None:
    """Each decile's own households are the whole, and the poorest tenth is the most crowded."""
    for indicator, poorest, richest in (("households_by_bedrooms", 0.089, 0.008), ("residents_disabled", 0.192, 0.135)):
        rows = published.find(indicator=indicator, area="QWO", split="deprivation_decile")
        shares = {int(row["group"]): row["value"] for row in rows}
        assert len(shares) == 10
        assert (round(shares[1], 3), round(shares[10], 3)) == (poorest, richest)
        whole = published.find(indicator=indicator, area="QWO")
        by_self = next(row for row in whole if row["split"] in ("overcrowded", "disabled"))
        assert sum(row["numerator"] for row in rows) == by_self["numerator"]
        assert sum(row["denominator"] for row in rows) == by_self["denominator"]


def test_what_is_published_of_suicide_is_an_index_and_says_that_it_is_no_rate(published: Published) -> None:
    """The target of 2020/21 was past before it was published; the index of that year stands below that of 2015."""
    rows = {row["period"]: row["value"] for row in published.find(indicator="suicides_index")}
    assert (rows["2015"], rows["2020"], rows["2021"]) == (98.4, 90.3, 88.7)
    card = get_indicator_cards(published.figures)["suicides_index"]
    assert card["unit"] == "index points" and "not a rate" in card["note"]


@pytest.mark.parametrize("sex", ["male", "female"])
def test_the_national_life_tables_of_every_year_are_met_within_a_tenth_of_a_year(
    published: Published, sex: str
) -> None:
    ours = {row["period"]: row for row in published.find(indicator="life_expectancy", group=sex)}
    theirs = {row["period"]: row["value"] for row in published.find(indicator="life_expectancy_published", group=sex)}
    assert len(ours) == 16 and ours.keys() <= theirs.keys()
    for period, row in ours.items():
        assert row["value"] == pytest.approx(theirs[period], abs=0.1)
        assert row["lower"] < row["value"] < row["upper"]
    fact = published.facts[f"life_expectancy_{sex}"]
    assert (fact.stated, fact.agrees) == (theirs["2017-2019"], True)


def test_the_fourteen_field_test_trusts_are_not_reported_and_never_at_100_per_cent(published: Published) -> None:
    rows = published.find(indicator="emergency_within_4_hours", area="RXF")
    missing = [row["period"] for row in rows if row["value"] is None]
    assert len(rows) == 59 and (missing[0], missing[-1], len(missing)) == ("2021-04", "2023-05", 26)
    assert all(row["denominator"] > 15_000 for row in rows)
    assert max(row["value"] for row in rows if row["value"] is not None) < 0.8
    others = [row for row in published.find(indicator="emergency_within_4_hours") if row["area"] != "RXF"]
    assert len(others) == 5 * 59 and all(row["value"] is not None for row in others)


def test_cancer_counts_keep_their_halves(published: Published) -> None:
    leeds = published.cell("cancer_within_62_days", "RR8", "2025-08")
    assert (leeds["numerator"], leeds["denominator"]) == (287.5, 459.5)
    together = published.cell("cancer_within_62_days", "six_acute_trusts", "2025-08")
    assert (together["numerator"], together["denominator"]) == (933.5, 1254.0)
    assert len(published.find(indicator="cancer_within_28_days", area="RXF")) == 24


@pytest.mark.requirement("S013")
def test_urgent_care_since_before_the_pandemic_is_recomputed_with_its_baseline_and_an_interval(
    published: Published,
) -> None:
    """Nobody stated what counts as urgent care or before when: two definitions lie on both sides of the 15%, and the
    months published by the day of the statement have an interval that holds it."""
    cards = get_indicator_cards(published.figures)
    assert cards["emergency_change"]["baseline"] == "2018-04 to 2019-03"
    every, major, by_then = (
        published.facts[name]
        for name in ("urgent_care_since_before", "urgent_care_since_before_major", "urgent_care_by_2021")
    )
    assert {fact.stated for fact in (every, major, by_then)} == {0.15}
    assert {fact.kind for fact in (every, major, by_then)} == {"differs"}
    assert every.lower and major.upper and by_then.lower and by_then.upper
    assert major.upper < 0.15 < every.lower
    assert by_then.lower < 0.15 < by_then.upper
    assert len(published.find(indicator="emergency_change", area_kind="trust")) == 6


def test_specialties_are_called_by_name(published: Published) -> None:
    titles = get_split_titles(published.load.folder, published.table, published.figures)
    groups = {each["group"]: each["title"] for each in titles["treatment_function"]["groups"]}
    assert groups["C_110"] == "Trauma and Orthopaedic Service" and "C_999" not in groups
    assert [each["group"] for each in titles["deprivation_decile"]["groups"]] == [str(n) for n in range(1, 11)]
