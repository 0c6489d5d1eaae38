"""Synthetic events that a table describes: a row each, drawn from random numbers of its own."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from placewise.config import read_deployment
from placewise.floor.faults import FaultsFound
from placewise.floor.vocabulary.code_lists import CodeList, read_code_lists
from placewise.synthetic.build import synthesise
from placewise.synthetic.margins import FOLDER
from placewise.synthetic.recorded import TABLE, read_recorded

PEOPLE = 4000
HEADER = (
    "code_list,of,after,sex,from_age,to_age,a_year,share,years,from_days,to_days,most_to_least_deprived,"
    "practice_spread,practices,values,lasts,source,unless"
)
ILL = "acute_illness_codes"
ROWS = """
medication_review,learning_disability_codes,,female,18,59,2,,,,,,,,,,invented
stroke_codes,,medication_review,,,,,0.5,,10,20,,,,,,invented
cha2ds2va,dementia_codes,,,,,,1,,,,,,,2=0.25 7=0.75,,invented
systolic,frailty_codes,,,,,1,,,,,3,0.2,0.5,150 20 90 200,,invented
learning_disability_check_offered,,,,,,1,,,,,,,,,,invented,hypertension_codes
"""


@pytest.fixture(scope="module")
def lists(root: Path) -> dict[str, CodeList]:
    return dict(read_code_lists(root / "codelists"))


def make(root: Path, folder: Path, rows: str) -> duckdb.DuckDBPyConnection:
    """Records of the sandbox with these rows recorded besides."""
    deployment = read_deployment(str(root / "deployments/sandbox"))
    shutil.copytree(deployment.folder / FOLDER, folder / "system" / FOLDER)
    (folder / "system" / FOLDER / TABLE).write_text(f"{HEADER}\n{rows.strip()}\n")
    lists = read_code_lists(root / "codelists")
    synthesise(replace(deployment, folder=folder / "system"), lists, PEOPLE, 1, folder / "records")
    database = duckdb.connect()
    for file in (folder / "records").glob("*.parquet"):
        database.execute(f"create view {file.stem} as select * from '{file}'")
    return database


@pytest.fixture(scope="module")
def with_rows(root: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return make(root, tmp_path_factory.mktemp("with"), ROWS)


@pytest.fixture(scope="module")
def with_first(root: Path, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return make(root, tmp_path_factory.mktemp("first"), ROWS.strip().splitlines()[0])


def concepts(lists: dict[str, CodeList], name: str) -> str:
    return "(" + ",".join(map(str, lists[name].concept_ids)) + ")"


def test_events_come_to_those_of_a_list_sex_and_age_alone(with_first, lists) -> None:
    """Everybody else has reviews only where a long-term condition brings them."""
    women = f"""
        from person semi join (select person_id from condition_occurrence where condition_concept_id in
        {concepts(lists, "learning_disability_codes")}) using (person_id)
        where gender_concept_id = 8532 and year_of_birth between 1970 and 2000
    """
    [(each,)] = with_first.sql(f"""
        select (select count(*) from procedure_occurrence semi join (select person_id {women}) using (person_id)
        where procedure_concept_id in {concepts(lists, "medication_review")}) / (select count(*) {women})
    """).fetchall()
    assert each > 4, "two a year over four years"


def test_a_further_row_changes_no_other_event(with_rows, with_first, lists) -> None:
    reviews = f"""
        select person_id, procedure_date from procedure_occurrence
        where procedure_concept_id in {concepts(lists, "medication_review")} order by all
    """
    assert with_rows.sql(reviews).fetchall() == with_first.sql(reviews).fetchall()
    visits = "select person_id, visit_start_date from visit_occurrence order by all"
    assert with_rows.sql(visits).fetchall() == with_first.sql(visits).fetchall()


def test_what_follows_another_event_comes_within_its_days(with_rows, with_first, lists) -> None:
    new = f"""
        select person_id, condition_start_date as day from condition_occurrence
        where condition_concept_id in {concepts(lists, "stroke_codes")}
    """
    before = set(with_first.sql(new).fetchall())
    followed = [row for row in with_rows.sql(new).fetchall() if row not in before]
    reviews = dict.fromkeys(
        with_rows.sql(f"""
            select person_id, procedure_date from procedure_occurrence
            where procedure_concept_id in {concepts(lists, "medication_review")}
        """).fetchall()
    )
    days_of: dict[int, list] = {}
    for person, day in reviews:
        days_of.setdefault(person, []).append(day)
    assert 0.4 < len(followed) / len(reviews) < 0.6
    assert all(any(10 <= (day - each).days <= 20 for each in days_of[person]) for person, day in followed)


def test_values_are_those_of_the_row(with_rows, lists) -> None:
    found = with_rows.sql(f"""
        select value_as_number, count(*) from measurement semi join (
            select person_id from condition_occurrence
            where condition_concept_id in {concepts(lists, "dementia_codes")}
        ) using (person_id)
        where measurement_concept_id in {concepts(lists, "cha2ds2va")} group by 1
    """).fetchall()
    assert {2.0, 7.0} <= {value for value, _ in found}


def test_nobody_of_the_list_that_is_left_out_has_it(with_rows, with_first, lists) -> None:
    offered = f"""
        select count(*) from observation semi join (
            select person_id from condition_occurrence
            where condition_concept_id in {concepts(lists, "hypertension_codes")}
        ) using (person_id) where observation_concept_id in {concepts(lists, "learning_disability_check_offered")}
    """
    assert with_rows.sql(offered).fetchall() == with_first.sql(offered).fetchall()
    everybody = offered.split("semi join")[0] + offered.split("using (person_id)")[1]
    assert with_rows.sql(everybody).fetchall()[0][0] > 10 * with_first.sql(everybody).fetchall()[0][0]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("no_such_codes,,,,,,1,,,,,,,,,,x", 'there is no code list "no_such_codes"'),
        (f"{ILL},,,,,,,,,,,,,,,,x", "how often it comes is not told once"),
        (f"{ILL},,{ILL},,,,1,,,,,,,,,,x", "how often it comes is not told once"),
        ("systolic,,,,,,1,,,,,,,,,,x", "a measurement, and nothing else, has values"),
        ("systolic,,,,,,1,,,,,,,,about 140,,x", "`about 140` are no values"),
        (f"{ILL},,,both,,,1,,,,,,,,,,x", "sex"),
    ],
)
def test_a_row_that_means_nothing_is_refused(tmp_path: Path, lists, row: str, told: str) -> None:
    (tmp_path / TABLE).write_text(f"{HEADER}\n{row}\n")
    with pytest.raises(FaultsFound, match=told):
        read_recorded(tmp_path, lists)
