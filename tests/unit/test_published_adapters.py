"""Each published layout, on a small invented file in that layout: what is kept, what is set aside and why."""

from pathlib import Path

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound
from placewise.intake.published.months import read_month
from placewise.intake.published.reading import Reading

LSOA = {"kind": "lsoa21", "code": "lsoa", "name": "name"}


def values(reading: Reading, *columns: str) -> list[tuple]:
    return [tuple(row[each] for each in columns) for row in reading.observations.to_pylist()]


def told(act) -> str:
    with pytest.raises(FaultsFound) as found:
        act()
    return str(found.value)


def test_a_lookup_says_where_each_area_lies(tmp_path: Path) -> None:
    options = {
        "area": LSOA,
        "groups": {
            "place": {"code": "place", "name": "place_name"},
            "rural_urban": {"code": "ruc", "codes": {"Urban": "urban", "Rural": "rural"}},
        },
    }
    text = """
        lsoa,name,place,place_name,ruc
        E01000001,Leafy 1,NOR,North,Rural
        E01000002,Leafy 2,,,Urban
    """
    reading = read_text(tmp_path, "lookup", options, text)
    assert values(reading, "indicator", "area", "split", "group", "value") == [
        ("lies_in", "E01000001", "place", "NOR", 1),
        ("lies_in", "E01000001", "rural_urban", "rural", 1),
        ("lies_in", "E01000002", "rural_urban", "urban", 1),
    ]
    assert {"kind": "place", "code": "NOR", "name": "North"} in reading.names.to_pylist()
    assert (reading.rows_in, reading.rows_kept, reading.rejected) == (2, 2, {})
    unknown = text.replace("Urban", "Suburban")
    assert "line 3: the column ruc holds `Suburban`, which the deployment does not know" in told(
        lambda: read_text(tmp_path, "lookup", options, unknown)
    )


def test_a_deprivation_index_gives_the_decile_and_the_score(tmp_path: Path) -> None:
    options = {"area": {"kind": "lsoa11", "code": "lsoa"}, "decile": "d", "score": "s"}
    reading = read_text(
        tmp_path, "deprivation_index", options, "lsoa,d,s\nE01000001,1,72.5\nE01000002,10,3.1\n", "2019"
    )
    assert values(reading, "indicator", "area", "group", "value") == [
        ("lies_in", "E01000001", "1", 1),
        ("lies_in", "E01000002", "10", 1),
        ("deprivation_score", "E01000001", "all", 72.5),
        ("deprivation_score", "E01000002", "all", 3.1),
    ]
    assert "line 3: the column d holds no decile from 1 to 10" in told(
        lambda: read_text(tmp_path, "deprivation_index", options, "lsoa,d,s\nE01000001,1,72.5\nE01000002,11,3.1\n")
    )


def test_population_by_single_year_of_age(tmp_path: Path) -> None:
    options = {"area": {"kind": "lsoa11", "code": "lsoa"}, "total": "total"}
    reading = read_text(tmp_path, "single_year_of_age", options, "lsoa,total,0,1,2+\nE01000001,9,2,3,4\n", "2020-06-30")
    assert values(reading, "period", "split", "group", "value") == [
        ("2020-06-30", "all", "all", 9),
        ("2020-06-30", "age", "0", 2),
        ("2020-06-30", "age", "1", 3),
        ("2020-06-30", "age", "2+", 4),
    ]
    assert "line 2: the ages add up to 10 and the column total says 9" in told(
        lambda: read_text(tmp_path, "single_year_of_age", options, "lsoa,total,0,1,2+\nE01000001,9,2,4,4\n")
    )
    assert "its age columns do not run from 0 to an open last age" in told(
        lambda: read_text(tmp_path, "single_year_of_age", options, "lsoa,total,0,2,3+\nE01000001,9,2,3,4\n")
    )


def test_census_counts_in_columns_keep_an_empty_cell_empty(tmp_path: Path) -> None:
    options = {
        "area": {"kind": "lsoa21", "code": "lsoa"},
        "indicator": "residents",
        "total": "total",
        "split": "ethnicity",
        "groups": {"asian": "Asian, Asian British", "white": "White"},
    }
    reading = read_text(
        tmp_path, "counts_in_columns", options, 'lsoa,total,"Asian, Asian British",White\nE01000001,9,,8.0\n'
    )
    assert values(reading, "split", "group", "value") == [
        ("all", "all", 9),
        ("ethnicity", "asian", None),
        ("ethnicity", "white", 8),
    ]


def test_census_counts_in_rows_set_percentages_aside(tmp_path: Path) -> None:
    options = {
        "area": {"kind": "council", "code": "code", "name": "name", "shape": r"^E0[6-9]\d{6}$"},
        "indicator": "residents",
        "split": "ethnic_group_19",
        "group": "ethnic_group",
        "value": "value",
        "groups": {"irish": "White: Irish (number)", "roma": "White: Roma (number)"},
    }
    text = """
        code,name,ethnic_group,value
        E08000099,Northtown,White: Irish (number),5
        E08000099,Northtown,White: Roma (number),2
        E08000099,Northtown,White: Irish (percent),0.5
    """
    reading = read_text(tmp_path, "counts_in_rows", options, text)
    assert values(reading, "area", "group", "value") == [("E08000099", "irish", 5), ("E08000099", "roma", 2)]
    assert reading.rows_in == 3 and reading.rows_kept == 2
    assert reading.rejected == {"the row is of no group that the deployment counts": 1}
    assert "the column ethnic_group never holds `White: Roma (number)`" in told(
        lambda: read_text(tmp_path, "counts_in_rows", options, text.replace("Roma", "Romany"))
    )


def test_qof_registers_keep_the_list_they_are_drawn_from(tmp_path: Path) -> None:
    text = """
        YEAR,PRACTICE_CODE,GROUP_CODE,REGISTER,PATIENT_LIST_TYPE,PRACTICE_LIST_SIZE
        2020-21,A00001,HYP,95,TOTAL,400
        2020-21,A00001,DM,30,17OV,300
        2020-21,A00002,HYP,40,TOTAL,30
    """
    reading = read_text(tmp_path, "quality_outcomes_prevalence", {}, text)
    assert values(reading, "indicator", "area", "period", "value", "denominator") == [
        ("qof_hyp", "A00001", "2020-21", 95, 400),
        ("qof_dm", "A00001", "2020-21", 30, 300),
    ]
    assert reading.rejected == {"the register is empty, or longer than the list it is drawn from": 1}
    assert "which is not a year like 2020-21" in told(
        lambda: read_text(tmp_path, "quality_outcomes_prevalence", {}, text.replace("2020-21,A00002", "2020,A00002"))
    )


def test_practice_lists_count_each_patient_once(tmp_path: Path) -> None:
    text = """
        PUBLICATION,EXTRACT_DATE,TYPE,CCG_CODE,ONS_CCG_CODE,CODE,POSTCODE,SEX,AGE,NUMBER_OF_PATIENTS
        GP_PRAC_PAT_LIST,01JAN2021,GP,NOR,E38000001,A00001,ZZ1 1ZZ,ALL,ALL,900
        GP_PRAC_PAT_LIST,01JAN2021,GP,NOR,E38000001,A00001,ZZ1 1ZZ,FEMALE,ALL,500
    """
    reading = read_text(tmp_path, "practice_list", {}, text)
    assert values(reading, "area", "period", "value") == [("A00001", "2021-01", 900)]
    assert reading.rejected == {"the row is of one sex or age and is part of the practice's total": 1}


def test_registered_patients_by_month(tmp_path: Path) -> None:
    text = """
        SUB_ICB_LOCATION_CODE,Appointment_Month,Open Practices,Patients registered at open practices
        NOR,01AUG2020,4,1000
        NOR,01SEP2020,4,1001
    """
    reading = read_text(tmp_path, "registered_patients", {"area_kind": "place"}, text)
    assert values(reading, "indicator", "area_kind", "area", "period", "value")[:2] == [
        ("registered_patients", "place", "NOR", "2020-08", 1000),
        ("registered_patients", "place", "NOR", "2020-09", 1001),
    ]
    assert "line 3: the column Appointment_Month holds `09/2020` where a month is due" in told(
        lambda: read_text(tmp_path, "registered_patients", {"area_kind": "place"}, text.replace("01SEP2020", "09/2020"))
    )


@pytest.mark.parametrize("written", ["01SEP2021", "SEP2021", "September-2021", "2021-09-01", "2021-09"])
def test_months_as_publishers_write_them(written: str) -> None:
    assert read_month(written) == "2021-09"


@pytest.mark.parametrize("written", ["", "2021", "2021-13", "Smarch-2021", "01SEPXXXX", "Q3 2021"])
def test_what_is_no_month(written: str) -> None:
    assert read_month(written) is None


ROWS = """
    code,year,what,group,number,of
    SYS,2019,Births,,900,1000
    SYS,2019,Births,young,200,300
    SYS,2019,Marriages,,50,
"""
IN_ROWS = {
    "area": {"kind": "system", "code": "code"}, "indicator": "what", "wanted": {"births": "Births"}, "period": "year",
    "group": "group", "split": "mothers", "number": "number", "denominator": "of",
}  # fmt: skip


def test_figures_in_rows_keep_the_indicators_that_are_wanted_and_count_the_others(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "figures_in_rows", IN_ROWS, ROWS)
    columns = ("indicator", "period", "split", "group", "value", "denominator")
    rows = [tuple(row[name] for name in columns) for row in reading.observations.to_pylist()]
    assert rows == [
        ("births", "2019", "all", "all", 900.0, 1000.0),
        ("births", "2019", "mothers", "young", 200.0, 300.0),
    ]
    assert (reading.rows_in, reading.rows_kept) == (3, 2)
    assert reading.rejected == {"the row is of no indicator that the deployment reads": 1}


def test_an_indicator_that_the_file_never_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultsFound, match="the column what never holds `Deaths`"):
        read_text(tmp_path, "figures_in_rows", IN_ROWS | {"wanted": {"deaths": "Deaths"}}, ROWS)
