"""A release built from a planted cube: what pages may read of it, and what they may not."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders.release import MADE_AT, PRACTICES, SMALL_AREAS, build_hierarchy, build_planted_release
from builders.release_texts import CARDS
from placewise.floor.faults import FaultsFound
from placewise.floor.folders import read_json
from placewise.floor.vocabulary.organisations import Hierarchy
from placewise.publishing.checks import check_manifest, check_release
from placewise.publishing.contract import RELEASED_MEASURE, ClaimAddress
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.disclosure import Disclosed, hide_together
from placewise.publishing.in_force import release_names
from placewise.publishing.release import NotReleased, Release, open_as_of, open_current, open_release

LATER = datetime(2026, 5, 20, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return build_planted_release(tmp_path_factory.mktemp("store"))


def address(release: Release, *parts: str) -> ClaimAddress:
    return ClaimAddress.parse("/".join((release.manifest.release, *parts)))


def test_a_trend_has_a_row_a_month(release: Release) -> None:
    rows = release.trend("af_anticoagulated", "HVS").to_pylist()
    assert [row["month"].isoformat()[:7] for row in rows] == list(release.months)
    assert (rows[0]["month"], rows[-1]["month"]) == (date(2021, 4, 30), date(2026, 3, 31))
    assert rows[-1]["value"] - rows[0]["value"] == pytest.approx(0.24 * 28800 / 36200, abs=0.02)  # all but A02
    assert all(row["lower"] < row["value"] < row["upper"] for row in rows)


def test_every_area_of_a_level_in_one_month(release: Release) -> None:
    rows = release.at_month("af_anticoagulated", "practice", "2026-03").to_pylist()
    assert [row["area"] for row in rows] == list(PRACTICES)
    assert rows[1]["value"] == pytest.approx(0.5, abs=0.05), "some 150 people, and each count up to 4 from the truth"


def test_groups_come_in_the_order_to_show(release: Release) -> None:
    groups = release.groups("af_anticoagulated", "HVS", "2026-03", "age_band").to_pylist()
    assert [row["group"] for row in groups] == ["0-17", "18-24", "25-44", "45-64", "65-79", "80+"]
    deciles = release.population("HVN", "deprivation_decile")["group"].to_pylist()
    assert deciles == [*map(str, range(1, 11)), "not_recorded"]


def test_zero_hidden_and_no_data_are_three_different_things(release: Release) -> None:
    by_sex = {row["group"]: row for row in release.groups("carers_reviewed", "HVN", "2026-03", "sex").to_pylist()}
    assert (by_sex["not_recorded"]["state"], by_sex["not_recorded"]["denominator"]) == ("shown", 0)
    assert by_sex["not_recorded"]["value"] is None
    before = release.trend("blood_pressure_treated", "A03").slice(11, 2).to_pylist()
    assert [row["state"] for row in before] == ["no_data", "shown"]
    assert before[0]["denominator"] is None
    [hidden] = release.at_month("blood_pressure_treated", "practice", "2026-03").slice(4).to_pylist()
    assert hidden["state"] == "hidden"  # all of them, on a sensitive measure
    assert {hidden[name] for name in ("numerator", "denominator", "value", "lower", "upper")} == {None}


def test_practices_are_shown_one_way_only(release: Release) -> None:
    with pytest.raises(NotReleased, match="does not show af_anticoagulated of A01 by sex"):
        release.trend("af_anticoagulated", "A01", "sex", "female")
    with pytest.raises(NotReleased):
        release.groups("af_anticoagulated", "A01", "2026-03", "ethnicity")
    with pytest.raises(NotReleased):
        release.population("A01", "ethnicity")
    with pytest.raises(NotReleased):
        release.at_month("af_anticoagulated", "practice", "2026-03", "sex")


@pytest.mark.parametrize("ask", [
    lambda it: it.measure("no_such_measure"),
    lambda it: it.trend("no_such_measure", "HVS"),
    lambda it: it.trend("af_anticoagulated", "Z99"),
    lambda it: it.at_month("af_anticoagulated", "parish", "2026-03"),
    lambda it: it.at_month("af_anticoagulated", "place", "March"),
    lambda it: it.published("no_such_indicator"),
    lambda it: it.claim(ClaimAddress("r-000000000000", "af_anticoagulated", "HVS", "2026-03", "all", "all")),
    lambda it: it.claim(address(it, "af_anticoagulated", "HVS", "2031-03", "all", "all")),
    lambda it: it.claim(address(it, "rtt_waiting", "HVS", "2025-12", "all", "all")),
])  # fmt: skip
def test_what_is_not_there_is_said_in_one_sentence(release: Release, ask) -> None:
    with pytest.raises(NotReleased, match=r"^[^\n]{20,}$"):
        ask(release)


def test_the_claim_of_a_measure_holds_all_that_makes_it_checkable(release: Release) -> None:
    claim = release.claim(address(release, "af_anticoagulated", "HVS", "2026-03", "deprivation_fifth", "1"))
    assert claim.value == claim.numerator / claim.denominator
    assert (claim.kind, claim.unit, claim.disclosure, claim.area_name) == (
        "counted", "proportion", "shown", "Haven System",
    )  # fmt: skip
    assert claim.method_version == CARDS[0].version
    assert [source["table"] for source in claim.sources] == ["person"]
    assert ClaimAddress.parse(str(claim.address)) == claim.address


def test_a_hidden_figure_has_a_claim_without_numbers(release: Release) -> None:
    claim = release.claim(address(release, "blood_pressure_treated", "A05", "2026-03", "all", "all"))
    assert (claim.disclosure, claim.value, claim.numerator, claim.denominator) == ("hidden", None, None, None)


def test_the_claim_of_a_published_figure_is_as_published(release: Release) -> None:
    claim = release.claim(address(release, "rtt_waiting", "RT2", "2026-01", "treatment_function", "130"))
    assert (claim.value, claim.disclosure, claim.sources[0]["file"]) == (3, "as published", "rtt_2026_01.zip")


def test_the_claim_of_people_is_the_population_table(release: Release) -> None:
    claim = release.claim(address(release, "people", "HVN", "2026-03", "all", "all"))
    assert claim.value == release.population("HVN").to_pylist()[0]["people"]


def test_published_figures_can_be_narrowed(release: Release) -> None:
    waits = release.published("rtt_waiting", area_kind="trust", split="treatment_function", group=["110", "120"])
    assert waits["area"].to_pylist() == ["RT1", "RT2"]


@pytest.mark.requirement("S187")
def test_counts_of_small_areas_keep_the_rule(release: Release) -> None:
    """H0003 has five residents: not shown, however it is joined to open data of the same small areas."""
    at_home = {area: release.population(area).to_pylist()[0] for area in SMALL_AREAS}
    assert at_home["H0003"]["state"] == "hidden" and at_home["H0003"]["people"] is None
    assert at_home["H0001"]["people"] == 20000
    housing = {"H0001": 0.11, "H0003": 0.35}
    joined = {area: (share, at_home[area]["people"]) for area, share in housing.items()}
    assert joined["H0003"] == (0.35, None)
    measured = pq.read_table(release.folder / "measures" / "af_anticoagulated.parquet", columns=["level"])
    assert set(measured["level"].to_pylist()) == {"system", "place", "network", "practice"}


@pytest.mark.requirement("S186")
def test_a_past_release_opens_unchanged_and_says_what_stood_then(tmp_path: Path) -> None:
    first = build_planted_release(tmp_path)
    before = {path.name: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    then = first.trend("af_anticoagulated", "HVS")
    second = build_planted_release(tmp_path, made_at=LATER, cards=CARDS[:2])

    assert open_current(tmp_path).manifest.release == second.manifest.release != first.manifest.release
    assert release_names(tmp_path) == [
        second.manifest.release,
        first.manifest.release,
    ]
    past = open_as_of(tmp_path, date(2026, 5, 1))
    assert past.manifest.release == first.manifest.release
    assert past.trend("af_anticoagulated", "HVS").equals(then)
    assert {path.name: path.read_bytes() for path in past.folder.rglob("*") if path.is_file()} == before
    assert open_as_of(tmp_path, date(2026, 4, 1)) is None
    assert open_as_of(tmp_path, date(2026, 5, 20)).manifest.release == second.manifest.release


def test_the_same_content_has_the_same_name_and_is_kept_once(tmp_path: Path) -> None:
    first = build_planted_release(tmp_path)
    build_planted_release(tmp_path, made_at=LATER, cards=CARDS[:1])
    again = build_planted_release(tmp_path, made_at=datetime(2026, 6, 20, tzinfo=UTC), build="another")
    assert again.manifest == first.manifest
    assert again.manifest.made_on == MADE_AT.isoformat()
    assert open_current(tmp_path).manifest.release == first.manifest.release
    assert len(release_names(tmp_path)) == 2
    assert open_as_of(tmp_path, date(2026, 5, 21)).manifest.release != first.manifest.release


def test_a_release_of_published_figures_only(tmp_path: Path) -> None:
    release = build_planted_release(tmp_path, cube=None, cards=(), mode="published")
    assert release.months == () and release.manifest.last_month is None
    assert release.published("rtt_over_52_weeks", area="RT1", split="all")["value"].to_pylist() == [1343]
    with pytest.raises(NotReleased):
        release.population("HVS")


def test_cells_are_counted_and_checks_kept(release: Release) -> None:
    tables = [pq.read_table(path) for path in (release.folder / "measures").glob("*.parquet")]
    tables.append(pq.read_table(release.folder / "population.parquet"))
    states = [state for table in tables for state in table["state"].to_pylist()]
    cells = dict(release.manifest.cells)
    assert 0 < cells.pop("protecting") < cells["hidden"]
    assert cells == {state: states.count(state) for state in ("shown", "hidden")}
    assert all(each["passed"] for each in release.manifest.checks)
    assert {"measures", "publishing"} == {each["room"] for each in release.manifest.checks}
    population = pq.read_metadata(release.folder / "population.parquet").num_rows
    kept = {each["check"]: each["told"] for each in release.manifest.checks}
    assert f"Asked of {sum(table.num_rows for table in tables):,} rows." in kept["no small number is shown"]
    told = kept["a value says no more than its counts"]
    assert f"Asked of {sum(table.num_rows for table in tables) - population:,} rows." in told


def test_the_files_say_what_the_contract_says(release: Release) -> None:
    for path in (release.folder / "measures").glob("*.parquet"):
        assert pq.read_schema(path).equals(RELEASED_MEASURE)
        assert pq.ParquetFile(path).num_row_groups == 4  # a level each


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("numerator", 3, "no small number is shown"),
        ("numerator", 211, "every number is rounded"),
        ("denominator", None, "a hidden cell holds nothing"),
        ("value", 0.5, "a value says no more than its counts"),
    ],
)  # fmt: skip
def test_a_tampered_file_is_found(release: Release, tmp_path: Path, column: str, value: object, check: str) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(release.folder, folder)
    path = folder / "measures" / "af_anticoagulated.parquet"
    rows = pq.read_table(path).to_pylist()
    rows[0][column] = value
    pq.write_table(pa.Table.from_pylist(rows, schema=RELEASED_MEASURE), path)
    with pytest.raises(FaultsFound, match=check):
        check_release(folder, DisclosureRule())


def test_a_folder_without_a_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="there is no release here"):
        open_release(tmp_path)
    (tmp_path / "release.json").write_text("{}")
    with pytest.raises(FaultsFound, match="not a release of this version"):
        open_release(tmp_path)
    assert open_current(tmp_path) is None and release_names(tmp_path) == []


def test_the_manifest_is_plain_json(release: Release) -> None:
    said = read_json(release.folder / "release.json")
    assert said["release"] == release.folder.name == release.manifest.release
    assert release.manifest.areas["NW1"] == {
        "name": "Harbour Network",
        "level": "network",
        "kind": "network",
        "parent": "HVN",
        "reported": True,
    }


def test_an_organisation_that_never_reported_is_named_but_has_no_rows(tmp_path: Path) -> None:
    hierarchy = build_hierarchy()
    closed = replace(hierarchy.organisations["A05"], code="A06", name="Closed Surgery")
    organisations = {**hierarchy.organisations, "A06": closed}
    release = build_planted_release(tmp_path, hierarchy=Hierarchy(hierarchy.levels, organisations))
    assert release.manifest.areas["A06"]["reported"] is False
    assert release.at_month("af_anticoagulated", "practice", "2026-03")["area"].to_pylist() == list(PRACTICES)
    with pytest.raises(NotReleased):
        release.trend("af_anticoagulated", "A06")


@pytest.mark.requirement("S014")
def test_every_measure_can_be_split_by_learning_disability_and_small_cells_are_hidden(release: Release) -> None:
    for card in release.manifest.measures:
        groups = release.groups(card.measure, "HVS", "2026-03", "learning_disability")
        assert groups["group"].to_pylist() == ["yes"], "the others are everybody less those"
    by_network = release.at_month("af_anticoagulated", "network", "2026-03", "learning_disability").to_pylist()
    assert {row["state"] for row in by_network} == {"hidden"}


@pytest.mark.requirement("S004")
def test_not_recorded_is_a_group_of_its_own_and_nobody_is_spread_over_the_others(release: Release) -> None:
    people = {row["group"]: row["people"] for row in release.population("HVS", "ethnicity").to_pylist()}
    everyone = release.population("HVS").to_pylist()[0]["people"]
    assert people["not_recorded"] == pytest.approx(0.0486 * everyone, abs=25)
    assert sum(count or 0 for count in people.values()) == pytest.approx(everyone, abs=25)


@pytest.mark.requirement("S003")
def test_a_release_names_the_edition_of_its_deciles(release: Release) -> None:
    assert release.manifest.deprivation_edition == "Index of Invented Deprivation 2025"
    most_deprived = release.population("HVS", "deprivation_decile").to_pylist()[0]
    assert (most_deprived["group"], most_deprived["state"]) == ("1", "shown")
    claim = release.claim(address(release, "people", "HVS", "2026-03", "deprivation_decile", "1"))
    assert claim.geography_edition == release.manifest.geography_edition == "Invented areas 2021"


SENTENCE = {"room": "intake", "check": "everybody stands in one shard", "passed": True}


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ({"sources": ({"table": "person", "rows_in": 36197, "rows_kept": 36195, "rejected": {}},)}, "table person"),
        (
            {"sources": ({"table": "person", "rows_in": 10, "rows_kept": 10, "rejected": {"late": 5}},)},
            "table person",
        ),
        ({"loads": ({"purpose": "planning", "people": 3974},)}, "load for planning"),
        ({"loads": ({"purpose": "planning", "people": 3970, "codes": {"drug": {"4711": 2}}},)}, "load for planning"),
        ({"checks": (SENTENCE | {"told": "3,974 people stand once each."},)}, "everybody stands in one shard"),
    ],
)
def test_a_manifest_that_counts_people_exactly_is_not_released(
    release: Release, exact: dict[str, tuple], told: str
) -> None:
    rule = DisclosureRule(suppress_below=8, round_to=5)
    assert check_manifest(release.manifest, rule).passed
    with pytest.raises(FaultsFound, match=told):
        check_manifest(replace(release.manifest, **exact), rule)


def test_who_is_on_a_register_is_hidden_where_too_few_are(tmp_path: Path) -> None:
    """About 100 of North Haven's harbour have a learning disability, too few under this rule; 217 of the system."""

    def state(release: Release, area: str, register: str) -> str:
        [row] = release.population(area, register).to_pylist()
        return row["state"]

    release = build_planted_release(tmp_path, rule=DisclosureRule(suppress_below=150, round_to=5))
    assert state(release, "NW1", "learning_disability") == "hidden"
    assert state(release, "HVS", "learning_disability") == "shown"
    assert state(release, "NW1", "unpaid_carers") == "shown"


def test_nobody_learns_that_all_of_an_area_are_on_a_sensitive_register_or_none() -> None:
    """What stands for those who are on it also hides where hardly anybody is not, or nobody is."""
    on, everybody = np.array([[[0]], [[40]], [[40]], [[30]]]), np.full((4, 1, 1), 40)
    groups = np.concatenate([on, everybody - on], axis=1)
    seen = Disclosed(groups, groups, np.zeros(groups.shape, np.int32))
    assert hide_together(seen, groups, [0, 1], DisclosureRule())[:, 0, 0].tolist() == [1, 1, 1, 0]
