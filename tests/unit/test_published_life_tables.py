"""Years expected at birth from a nation's deaths and people, and emergency series compared across years."""

from pathlib import Path
from textwrap import dedent

import pyarrow as pa
import pytest

from builders.published_system import get_hierarchy, write_text
from placewise.floor.faults import FaultsFound
from placewise.floor.statistics.life_expectancy import get_life_expectancy
from placewise.intake.published.build import load_observations
from placewise.publishing.definition import DisclosureRule
from placewise.publishing.figures import get_indicator_cards, read_official_figures
from placewise.publishing.published import build_official_figures

ABOUT = "publisher: Nobody, licence: OGL v3, attribution: Invented, period: '2019', geography_edition: Invented"
BY_AGE = """
    adapter: counts_by_year_of_age, options: {area: {kind: nation, code: K01}, indicator: COUNTED, year: year, sex: sex,
    age: age, value: value, sexes: {female: f, male: m}, open_age: 92}
"""
DEFINITION = f"""
    sources:
      deaths: {{title: Deaths, file: deaths.csv, {BY_AGE.replace("COUNTED", "deaths").strip()}, {ABOUT}}}
      people: {{title: People, file: people.csv, {BY_AGE.replace("COUNTED", "residents").strip()}, {ABOUT}}}
    groupings:
      everywhere: {{kind: nation, name: Everywhere, of: nation, members: [K01]}}
    life_tables:
      life_expectancy:
        {{title: Life expectancy, unit: years, deaths: {{source: deaths, counts: deaths}},
         population: {{source: people, counts: residents}}, years: 2, last_band: 90, areas: [nation]}}
"""


def count(sex: str, year: int, age: int) -> tuple[int, int]:
    """Deaths and people: the old die more, and one sex more than the other."""
    return (3 if sex == "f" else 4) + age * (year - 2010), 20_000 - 200 * age


def write(folder: Path, left_out: tuple[int, ...] = ()) -> Path:
    rows = [(sex, year, age) for sex in "fm" for year in (2016, 2017, 2019) for age in range(93) if age not in left_out]
    for name, place in (("deaths", 0), ("people", 1)):
        lines = [f"{year},{sex},{age},{count(sex, year, age)[place]}" for sex, year, age in rows]
        write_text(folder, f"{name}.csv", "\n".join(["year,sex,age,value", *lines]) + "\n")
    published = folder / "published.yaml"
    published.write_text(dedent(DEFINITION))
    return published


def build(folder: Path, published: Path) -> pa.Table:
    load = load_observations(published, folder, folder / "store")
    return build_official_figures(load.folder, read_official_figures(published), get_hierarchy(), DisclosureRule())


def test_years_of_deaths_and_people_are_added_up_by_year_of_age_and_sex(tmp_path: Path) -> None:
    """2016 and 2017 make a table of two years; 2018 is missing, so 2019 makes none."""
    rows = build(tmp_path, write(tmp_path)).to_pylist()
    assert {(row["area_name"], row["period"], row["group"]) for row in rows} == {
        ("Everywhere", "2016-2017", "female"),
        ("Everywhere", "2016-2017", "male"),
    }
    ages = [[count("m", year, age) for age in range(93)] for year in (2016, 2017)]
    dead, people = ([sum(year[age][place] for year in ages) for age in range(93)] for place in (0, 1))
    dead, people = ([*each[:90], sum(each[90:])] for each in (dead, people))
    bands = [*map(str, range(90)), "90+"]
    expected = get_life_expectancy([dead], [people], bands).years
    (men,) = (row for row in rows if row["group"] == "male")
    assert men["value"] == pytest.approx(expected.value[0, 0])
    assert (men["lower"], men["upper"]) == pytest.approx((expected.lower[0, 0], expected.upper[0, 0]))
    assert (men["numerator"], men["denominator"], men["unit"]) == (sum(dead), sum(people), "years")


def test_a_year_of_age_that_is_missing_leaves_no_value(tmp_path: Path) -> None:
    rows = build(tmp_path, write(tmp_path, left_out=(40,))).to_pylist()
    assert {(row["value"], row["lower"], row["numerator"]) for row in rows} == {(None, None, None)}


def test_both_files_are_named_as_sources(tmp_path: Path) -> None:
    cards = get_indicator_cards(read_official_figures(write(tmp_path)))
    assert cards["life_expectancy"]["sources"] == ["deaths", "people"]


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("source: people, counts", "source: census, counts", "there is no source called `census`"),
        ("last_band: 90", "last_band: 60", "greater than or equal to 85"),
    ],
)
def test_a_life_table_that_cannot_be_made_is_refused(tmp_path: Path, wrong: str, right: str, told: str) -> None:
    published = write(tmp_path)
    published.write_text(published.read_text().replace(wrong, right))
    with pytest.raises(FaultsFound, match=told):
        read_official_figures(published)


def test_an_age_beyond_the_open_one_is_refused(tmp_path: Path) -> None:
    published = write(tmp_path)
    deaths = tmp_path / "deaths.csv"
    deaths.write_text(deaths.read_text().replace("2016,f,92", "2016,f,93"))
    with pytest.raises(FaultsFound, match="holds no age from 0 to 92"):
        build(tmp_path, published)
