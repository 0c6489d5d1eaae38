"""The published margins that synthetic records follow: small tables with their sources in DEPLOYMENT/margins/.

people_by_place_and_decile.csv   people_by_age_and_sex.csv   people_by_ethnic_category.csv
registers.csv        who has which condition: prevalence at the last month, and how it leans with age, sex and place
annual_checks.csv    checks offered and done each financial year to the people of a register
tendencies.csv       how people move, consult and are treated
disruptions.csv      spans in which fewer measurements were made
recorded.csv         further kinds of events, a row each, where there is such a table (recorded.py)
planted.csv          the truths to plant, and how large
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from placewise.floor.faults import Fault, FaultsFound, refuse
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.floor.vocabulary.people import ETHNIC_CATEGORY_GROUP

FOLDER = "margins"

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class PeopleByDecile:
    place: str
    decile: Annotated[int, Field(ge=1, le=10)]
    people: Count


@dataclass(frozen=True, slots=True)
class PeopleByAge:
    """Five years of age from `from_age`; the last row of a place is open-ended."""

    place: str
    from_age: Count
    female: Count
    male: Count


@dataclass(frozen=True, slots=True)
class PeopleByEthnicity:
    """category: code of the NHS Data Dictionary's ETHNIC CATEGORY, A to S."""

    place: str
    category: str
    people: Count


@dataclass(frozen=True, slots=True)
class Register:
    """How many have a condition, and who.

    from_age: nobody younger has it; prevalence: of registered people aged `of_age` and over at the last month;
    expected: the true share of all people, where the register falls short of it; half_age, spread: chance rises with
    age as 1 / (1 + exp((half_age - age) / spread)), and falls where spread is negative; the two ratios multiply it;
    mean_years: since the code was entered; resolved_share: further people, as a share of the register, who were on it
    once and have the code of `resolved_by`.
    """

    code_list: str
    resolved_by: str
    from_age: Count
    prevalence: Share
    of_age: Count
    expected: Share | None
    half_age: float
    spread: float
    men_to_women: float
    most_to_least_deprived: float
    mean_years: float
    resolved_share: Share


@dataclass(frozen=True, slots=True)
class AnnualCheck:
    """A check each financial year. register, offered, done, declined and plan name code lists.

    Shares are of the people on the register from `from_age`, registered for the whole year; plan_share is of the checks
    done.
    """

    register: str
    offered: str
    done: str
    declined: str
    plan: str
    from_age: Count
    offered_share: Share
    done_share: Share
    declined_share: Share
    plan_share: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Tendencies:
    """Shares of people, and rates a person and year where the name ends in `_a_year`."""

    ethnicity_not_recorded: Share
    type_1_opt_out: Share
    national_opt_out: Share
    joins_a_year: float
    leaves_a_year: float
    deaths_a_year: float
    practice_moves_a_year: float
    address_moves_a_year: float
    visits_a_year: float
    acute_illnesses_a_year: float
    pregnancies_a_year: float
    medication_reviews_a_year: float
    restricted_codes: Share
    stroke_risk_scored: Share
    anticoagulant_taken: Share
    antiplatelet_instead: Share
    valve_disease: Share
    anticoagulant_contraindicated: Share
    readings_a_year: float
    mean_systolic: float
    home_readings: Share
    carer_found_twice: Share
    carer_support_a_year: float


@dataclass(frozen=True, slots=True)
class Disruption:
    """From one day to another, both included, only the share `kept` of measurements was made."""

    from_date: date
    to_date: date
    kept: Share


@dataclass(frozen=True, slots=True)
class Planted:
    """A truth to plant: its kind (contract.PlantedTruth), the slug of the measure that must show it, and its size."""

    kind: str
    measure: str
    size: float
    told: str


@dataclass(frozen=True, slots=True)
class Margins:
    deciles: Sequence[PeopleByDecile]
    ages: Sequence[PeopleByAge]
    ethnicities: Sequence[PeopleByEthnicity]
    registers: Sequence[Register]
    annual_checks: Sequence[AnnualCheck]
    tendencies: Tendencies
    disruptions: Sequence[Disruption]
    planted: Mapping[str, Planted]


@dataclass(frozen=True, slots=True)
class _Tendency:
    tendency: str
    value: float


_Row = TypeVar("_Row")


def read_margins(folder: Path, code_lists: Mapping[str, CodeList], places: set[str]) -> Margins:
    """The margins in `folder`.

    Raises FaultsFound with every mistake: a missing table, column or tendency, a value out of range, a place, ethnic
    category or code list that is not known, a place without people.
    """
    faults: list[Fault] = []
    deciles = read_table(folder / "people_by_place_and_decile.csv", PeopleByDecile, faults)
    ages = read_table(folder / "people_by_age_and_sex.csv", PeopleByAge, faults)
    ethnicities = read_table(folder / "people_by_ethnic_category.csv", PeopleByEthnicity, faults)
    registers = read_table(folder / "registers.csv", Register, faults)
    checks = read_table(folder / "annual_checks.csv", AnnualCheck, faults)
    tendencies = read_table(folder / "tendencies.csv", _Tendency, faults)
    disruptions = read_table(folder / "disruptions.csv", Disruption, faults)
    planted = read_table(folder / "planted.csv", Planted, faults)

    for name, rows in (("place_and_decile", deciles), ("age_and_sex", ages), ("ethnic_category", ethnicities)):
        table = str(folder / f"people_by_{name}.csv")
        found = {row.place for row in rows}
        faults += [
            Fault(table, None, f"there is no row for {each}", "add its people") for each in sorted(places - found)
        ]
        unknown = sorted(found - places)
        faults += [Fault(table, None, f"{each} is no place of this system", "correct its code") for each in unknown]
    for row in ethnicities:
        if ETHNIC_CATEGORY_GROUP.get(row.category, "not_recorded") == "not_recorded":
            fault = f'"{row.category}" is not an ethnic category'
            faults.append(Fault(str(folder / "people_by_ethnic_category.csv"), None, fault, "write its code, A to S"))
    named = [("registers.csv", name) for row in registers for name in (row.code_list, row.resolved_by) if name]
    named += [
        ("annual_checks.csv", name)
        for row in checks
        for name in (row.register, row.offered, row.done, row.declined, row.plan)
    ]
    for file, name in named:
        if name not in code_lists:
            faults.append(Fault(str(folder / file), None, f'there is no code list "{name}"', "correct the name"))
    values = {row.tendency: row.value for row in tendencies}
    expected = {each.name for each in fields(Tendencies)}
    for name in sorted(values.keys() ^ expected):
        fault = f"{name} is missing" if name in expected else f"{name} is not a tendency"
        faults.append(
            Fault(str(folder / "tendencies.csv"), None, fault, "add the row" if name in expected else "remove it")
        )
    if faults:
        raise FaultsFound(faults)
    return Margins(
        deciles,
        ages,
        ethnicities,
        registers,
        checks,
        Tendencies(**values),
        disruptions,
        {row.kind: row for row in planted},
    )


def get_place_level(hierarchy: Hierarchy) -> str:
    """The level that margins are given for: the one just under the top, or the top where that is practices."""
    return hierarchy.levels[1] if hierarchy.levels[1] != PRACTICE else hierarchy.levels[0]


def read_table(path: Path, kind: type[_Row], faults: list[Fault]) -> list[_Row]:
    """The rows of one table as `kind`; the column `source`, which every table but planted.csv has, is for people.

    A cell left empty is an empty text in a column of text. Adds to faults a row that cannot be read; raises FaultsFound
    where there is no such table.
    """
    if not path.is_file():
        raise refuse(path, "there is no such table", "add it: synthetic records follow it")
    reader = TypeAdapter(kind)
    empty = {each.name: "" for each in fields(kind) if each.type is str}  # type: ignore[arg-type]
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for line, written in enumerate(csv.DictReader(stream), start=2):
            cells = {name: value or empty.get(name) for name, value in written.items() if name != "source"}
            try:
                rows.append(reader.validate_python(cells))
            except ValidationError as error:
                for each in error.errors():
                    where = ".".join(str(part) for part in each["loc"])
                    faults.append(Fault(str(path), line, f"{where}: {each['msg'].lower()}", "correct the row"))
    return rows
