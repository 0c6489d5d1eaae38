"""The synthetic system of the demonstration has the published margins, and in it stand the truths its manifest tells.

Everything is counted from the records in plain SQL (builders/direct_counts.py), apart from generator and engine.
"""

import csv
import json
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest

from builders.direct_counts import DirectCounts
from placewise.config import read_deployment
from placewise.floor.vocabulary.code_lists import read_code_lists
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP
from placewise.synthetic.build import synthesise

PEOPLE, SEED = 120_000, 1
LAST_DAY, YEAR_BEFORE = "2026-03-31", "2025-03-31"


@pytest.fixture(scope="module")
def records(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "records"
    deployment = read_deployment(str(root / "deployments/west_yorkshire"))
    synthesise(deployment, read_code_lists(root / "codelists"), PEOPLE, SEED, folder)
    return folder


@pytest.fixture(scope="module")
def counts(root: Path, records: Path) -> DirectCounts:
    return DirectCounts(records, read_code_lists(root / "codelists"), LAST_DAY)


@pytest.fixture(scope="module")
def planted(records: Path) -> dict[str, dict]:
    manifest = json.loads((records / "manifest.json").read_text(encoding="utf-8"))
    return {each["kind"]: each for each in manifest["planted"]}


@pytest.fixture(scope="module")
def margins(root: Path) -> Path:
    return root / "deployments/west_yorkshire/margins"


def share(counts: DirectCounts, condition: str) -> float:
    return counts.rows(f"select count(*) filter ({condition}) / count(*) from registered")[0][0]


def test_everybody_is_registered_once(counts: DirectCounts) -> None:
    assert counts.rows("select count(*), count(distinct person_id) from registered") == [(PEOPLE, PEOPLE)]


@pytest.mark.requirement("S002")
def test_children_and_young_people_are_a_third(counts: DirectCounts) -> None:
    assert share(counts, "age < 25") == pytest.approx(0.32, abs=0.005)


@pytest.mark.requirement("S003")
def test_22_in_100_live_in_the_most_deprived_tenth_and_the_edition_is_named(counts: DirectCounts) -> None:
    assert share(counts, "decile = 1") == pytest.approx(0.222, abs=0.0005)
    assert counts.rows("select distinct deprivation_edition from small_areas") == [("IMD 2019",)]


@pytest.mark.requirement("S004")
def test_ethnicity_by_place_is_the_census_and_not_recorded_stays_apart(counts: DirectCounts, margins: Path) -> None:
    census: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    with (margins / "people_by_ethnic_category.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            census[row["place"]][ETHNIC_CATEGORY_GROUP[row["category"]]] += int(row["people"])
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for place, category, people in counts.rows("select place, ethnicity, count(*) from registered group by all"):
        found[place][ETHNIC_CATEGORY_GROUP[category]] += people
    for place, groups in found.items():
        recorded = sum(groups.values()) - groups["not_recorded"]
        assert groups["not_recorded"] / sum(groups.values()) == pytest.approx(0.11, abs=0.005)
        for group, people in census[place].items():
            assert groups[group] / recorded == pytest.approx(people / sum(census[place].values()), abs=0.02)


@pytest.mark.parametrize(
    ("code_list", "resolved_by", "prevalence"),
    [
        ("hypertension_codes", "hypertension_resolved_codes", 0.1362),
        ("af_codes", "af_resolved_codes", 0.0182),
        ("severe_mental_illness_codes", "severe_mental_illness_remission_codes", 0.0099),
        ("learning_disability_codes", "restricted_codes", 0.0063),
        ("autism_codes", "restricted_codes", 0.011),
    ],
)
def test_registers_have_their_published_prevalence(
    counts: DirectCounts, code_list: str, resolved_by: str, prevalence: float
) -> None:
    register = counts.on_register(code_list, resolved_by)
    assert share(counts, f"person_id in {register}") == pytest.approx(prevalence, abs=0.0003)


def test_far_fewer_carers_are_known_than_there_are(counts: DirectCounts) -> None:
    known = share(counts, f"person_id in {counts.on_register('carer_codes', 'no_longer_carer_codes')}")
    assert 0.02 < known < 0.167 / 4


def test_hypertension_rises_with_age(counts: DirectCounts) -> None:
    register = counts.on_register("hypertension_codes", "hypertension_resolved_codes")
    by_age = [
        prevalence
        for _, prevalence in counts.rows(
            f"""select least(age, 80) // 20, count(*) filter (person_id in {register}) / count(*)
                from registered where age >= 20 group by 1 order by 1"""
        )
    ]
    assert by_age == sorted(by_age)
    assert by_age[-1] > 0.35


def test_lists_are_as_long_as_real_ones(counts: DirectCounts) -> None:
    lists = [people for _, people in counts.rows("select practice, count(*) from registered group by 1")]
    assert sum(lists) / len(lists) == pytest.approx(8600, rel=0.1)
    assert min(lists) > 2000
    assert max(lists) / min(lists) > 2


def test_fewer_blood_pressures_were_measured_in_the_pandemic(counts: DirectCounts) -> None:
    [(during, after)] = counts.rows(
        f"""select count(*) filter (measurement_date between '2020-04-01' and '2020-06-30'),
                   count(*) filter (measurement_date between '2022-04-01' and '2022-06-30')
            from measurement where measurement_concept_id in {counts.concepts("systolic")}"""
    )
    assert during < after / 2


@pytest.mark.parametrize(
    "of", [DirectCounts.anticoagulated, DirectCounts.controlled, DirectCounts.checked, DirectCounts.supported]
)
def test_under_a_third_of_the_practices_of_a_lead_measure_are_hidden(counts: DirectCounts, of) -> None:
    cells = of(counts, "practice")
    hidden = [cell for cell in cells if any(1 <= count <= 7 for count in (cell[1], cell[2], cell[2] - cell[1]))]
    assert len(hidden) < len(cells) / 3


def within(value: float, limits: list[float]) -> bool:
    return limits[0] <= value <= limits[1]


def pooled(rows: list[tuple], groups: set) -> float:
    """The share over some groups; rows are (group, numerator, denominator)."""
    taken = [row for row in rows if row[0] in groups]
    return sum(row[1] for row in taken) / sum(row[2] for row in taken)


def test_planted_fewer_are_anticoagulated_where_people_are_poorer(counts: DirectCounts, planted: dict) -> None:
    rows, expected = counts.anticoagulated("decile"), planted["treatment_gap"]["expected"]
    low, high = pooled(rows, {1, 2}), pooled(rows, {9, 10})
    assert within(low, expected["low"])
    assert within(high, expected["high"])
    assert within(high - low, expected["difference"])
    assert high - low == pytest.approx(0.18, abs=0.04)


def test_planted_one_practice_lies_apart_in_blood_pressure_control(counts: DirectCounts, planted: dict) -> None:
    rows, truth = counts.controlled("practice"), planted["outlying_practice"]
    outlier, falling = truth["where"]["practice"], planted["falling_measurement"]["where"]["practice"]
    others = {row[0] for row in rows} - {outlier, falling}
    assert within(pooled(rows, {outlier}), truth["expected"]["practice"])
    assert within(pooled(rows, others), truth["expected"]["others"])
    assert min(rows, key=lambda row: row[1] / row[2])[0] == outlier


def test_planted_one_practice_measures_less_and_what_is_left_looks_better(counts: DirectCounts, planted: dict) -> None:
    truth = planted["falling_measurement"]
    practice, expected = {truth["where"]["practice"]}, truth["expected"]
    now, before = counts.controlled("practice"), counts.controlled("practice", YEAR_BEFORE)
    of_measured = counts.controlled("practice", among_measured=True)
    assert within(pooled(now, practice), expected["controlled"])
    assert within(pooled(of_measured, practice), expected["controlled_of_recorded"])
    assert pooled(now, practice) < pooled(before, practice) - 0.05, "worse in the national measure"
    assert pooled(of_measured, practice) > expected["controlled_of_recorded_year_before"][1] + 0.05, "seemingly better"


def test_planted_one_group_of_practices_did_improve(counts: DirectCounts, planted: dict) -> None:
    truth = planted["true_improvement"]
    improved = {
        practice.code
        for practice in read_deployment("west_yorkshire").hierarchy.at("practice")
        if practice.parent == truth["where"]["network"]
    }
    rows, expected = counts.checked("practice"), truth["expected"]
    assert within(pooled(rows, improved), expected["group"])
    assert within(pooled(rows, {row[0] for row in rows} - improved), expected["others"])
    assert expected["group"][0] > expected["group_before"][1]
    assert expected["others"][0] < expected["others_before"][1]


def test_nothing_was_planted_between_women_and_men(counts: DirectCounts, planted: dict) -> None:
    rows = counts.scored("sex")
    assert planted["none"]["expected"]["difference"][0] < 0 < planted["none"]["expected"]["difference"][1]
    assert pooled(rows, {8532}) == pytest.approx(pooled(rows, {8507}), abs=0.03)


def test_planted_some_carers_were_found_by_two_routes(counts: DirectCounts, planted: dict) -> None:
    routes = ("carer_found_by_practice", "carer_found_by_inequalities_subgroup", "carer_found_by_impact_assessment")
    found = " union all ".join(f"select person_id from {counts.ever(route)}" for route in routes)
    carers = counts.on_register("carer_codes", "no_longer_carer_codes")
    [(twice, people)] = counts.rows(
        f"""select count(*) filter (times > 1), count(*) from (select person_id, count(*) as times from ({found})
            where person_id in {carers} and person_id in (select person_id from registered) group by 1)"""
    )
    assert within(twice / people, planted["found_twice"]["expected"]["share_found_twice"])


def test_75_in_100_are_offered_a_check_and_fewer_have_it(counts: DirectCounts) -> None:
    steps = ("learning_disability_check_offered", "learning_disability_check_done", "learning_disability_action_plan")
    offered, done, planned = (pooled(counts.checked("1", step), {1}) for step in steps)
    assert offered == pytest.approx(0.75, abs=0.05)
    assert offered > done > planned > 0.3


@pytest.mark.realdata
def test_the_margins_are_the_published_files_own(realdata: Path, margins: Path) -> None:
    lookup = f"(select * from '{realdata}/geography/lsoa11_sicbl22_icb22_ltla22.csv.gz' where icb22_code_h = 'QWO')"
    published = duckdb.sql(
        f"""select sicbl22_code_h, imd2019_decile, sum(total_population)::bigint from {lookup}
            join '{realdata}/population/pop_mid2020_lsoa11_single_year_persons.csv.gz' using (lsoa11_code)
            join '{realdata}/deprivation/imd2019_lsoa11_score_decile.csv.gz' using (lsoa11_code)
            group by all order by all"""
    ).fetchall()
    ours = duckdb.sql(
        f"select place, decile, people from '{margins}/people_by_place_and_decile.csv' order by all"
    ).fetchall()
    assert ours == published
    assert sum(people for _, decile, people in ours if decile == 1) == 531_565

    quality = duckdb.sql(
        f"""select GROUP_CODE, sum(REGISTER) / sum(PRACTICE_LIST_SIZE)
            from '{realdata}/primary_care/qof_prevalence_practice_2020-21_2021-22.csv.gz'
            join '{realdata}/primary_care/qof_2021_practice_pcn_ccg_stp_map.csv.gz' using (PRACTICE_CODE)
            where YEAR = '2020-21' and STP_ODS_CODE = 'QWO' group by 1"""
    ).fetchall()
    registers = dict(duckdb.sql(f"select code_list, prevalence from '{margins}/registers.csv'").fetchall())
    for group, code_list in {
        "AF": "af_codes", "HYP": "hypertension_codes", "DM": "diabetes_codes", "CHD": "coronary_heart_disease_codes",
        "STIA": "stroke_codes", "HF": "heart_failure_codes", "CKD": "chronic_kidney_disease_codes",
        "COPD": "copd_codes", "AST": "asthma_codes", "CAN": "cancer_codes", "DEM": "dementia_codes",
        "MH": "severe_mental_illness_codes", "LD": "learning_disability_codes", "PC": "end_of_life_codes",
    }.items():  # fmt: skip
        assert registers[code_list] == pytest.approx(dict(quality)[group], abs=0.0001), group
