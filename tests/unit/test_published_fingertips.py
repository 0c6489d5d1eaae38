"""The suicide rate as the public health profiles give it, in invented files of their documented layout."""

from pathlib import Path

import pytest

from builders.published_system import read_text
from placewise.floor.faults import FaultsFound
from placewise.gaps.ambitions.periods import get_last_day

HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to percentiles,"
    "Time period Sortable,New data,Compared to goal,Time period range"
)
OPTIONS = {
    "id": "41001",
    "indicator": "suicides_registered",
    "age": "10+ yrs",
    "areas": {"England": "nation", "Counties & UAs (from Apr 2023)": "council"},
}


def row(
    sex="Persons", age="10+ yrs", area="E08000035,Leeds,Counties & UAs (from Apr 2023)", period="2019 - 21", **more
):
    said = {"id": "41001", "category": ",", "value": "11.2", "count": "230", "of": "2060000"} | more
    return (
        f"{said['id']},Suicide rate,E12000003,Yorkshire,{area},{sex},{age},{said['category']},{period},{said['value']},"
        f"9.8,12.8,9.1,13.7,{said['count']},{said['of']},,,,,20190000,,,3y"
    )


def read(folder: Path, *rows: str, **options: str):
    return read_text(folder, "fingertips_indicator", OPTIONS | options, "\n".join([HEADER, *rows]) + "\n")


def test_counts_and_the_people_they_are_of_are_read_by_sex_and_for_all(tmp_path: Path) -> None:
    reading = read(tmp_path, row(), row("Male", count="170", of="1010000"), row(area="E92000001,England,England"))
    told = [
        (
            each["area_kind"],
            each["area"],
            each["period"],
            each["split"],
            each["group"],
            each["value"],
            each["denominator"],
        )
        for each in reading.observations.to_pylist()
    ]
    assert told == [
        ("council", "E08000035", "2019 to 2021", "all", "all", 230, 2_060_000),
        ("council", "E08000035", "2019 to 2021", "sex", "male", 170, 1_010_000),
        ("nation", "E92000001", "2019 to 2021", "all", "all", 230, 2_060_000),
    ]
    assert {each["name"] for each in reading.names.to_pylist()} == {"England", "Leeds"}


def test_the_published_rate_is_taken_as_it_was_published(tmp_path: Path) -> None:
    (only,) = read(tmp_path, row(), number="Value").observations.to_pylist()
    assert (only["value"], only["denominator"]) == (11.2, None)


def test_other_indicators_ages_categories_and_areas_are_set_aside_and_counted(tmp_path: Path) -> None:
    others = (
        row(id="93014"),
        row(age="35-64 yrs"),
        row(category="Deprivation deciles,Most deprived"),
        row(area="E1,X,Districts"),
    )
    reading = read(tmp_path, row(), *others)
    assert (reading.rows_in, reading.rows_kept, sum(reading.rejected.values())) == (5, 1, 4)


@pytest.mark.parametrize(
    ("written", "period", "year"),
    [
        ("2019 - 21", "2019 to 2021", 2021),
        ("1999 - 01", "1999 to 2001", 2001),
        ("2021", "2021", 2021),
        ("2020/21", "2020/21", 2021),
    ],
)
def test_each_way_of_writing_a_period_is_one_whose_last_day_is_known(
    tmp_path: Path, written: str, period: str, year: int
) -> None:
    (only,) = read(tmp_path, row(period=written)).observations.to_pylist()
    assert only["period"] == period
    assert get_last_day(only["period"]).year == year


def test_an_empty_value_stays_empty(tmp_path: Path) -> None:
    (only,) = read(tmp_path, row(count="")).observations.to_pylist()
    assert only["value"] is None


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (row(id="1"), "no row of it is of the indicator 41001 and the age `10\\+ yrs`"),
        (row(sex="Other"), "line 2: the column Sex holds `Other`, which is not known here"),
    ],
)
def test_a_file_of_something_else_is_refused_in_one_sentence(tmp_path: Path, line: str, fault: str) -> None:
    with pytest.raises(FaultsFound, match=fault):
        read(tmp_path, line)
