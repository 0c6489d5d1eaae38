"""Years expected at birth from deaths and people by year of age: our own life table of a publisher's counts."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from placewise.floor.statistics.estimate import Floats
from placewise.floor.statistics.life_expectancy import get_life_expectancy
from placewise.publishing.added_up import AddedUp
from placewise.publishing.contract import RELEASED_PUBLISHED
from placewise.publishing.figures import Counts, Figure, LifeTable, Split

SEX, AGE_AND_SEX = "sex", "age_and_sex"

Cells = dict[tuple[str, int, str], Floats]
"""Area, year and sex -> a number for each year of age up to the last band, NaN where one is missing."""


def build_life_table(book: AddedUp, name: str, said: LifeTable) -> pa.Table:
    """RELEASED_PUBLISHED: a row for each area, run of years and sex of which both files hold every year.

    A year of age that is missing leaves no value, since a life table with a gap is none.
    """
    rows: list[dict[str, Any]] = []
    for kind in said.areas:
        deaths, people = (_read(book, counts, kind, said.last_band) for counts in (said.deaths, said.population))
        rows += _iter_rows(book, name, said, kind, deaths, people)
    return pa.Table.from_pylist(rows, RELEASED_PUBLISHED)


def _iter_rows(
    book: AddedUp, name: str, said: LifeTable, kind: str, deaths: Cells, people: Cells
) -> Iterator[dict[str, Any]]:
    held = deaths.keys() & people.keys()
    bands = [*(str(age) for age in range(said.last_band)), f"{said.last_band}+"]
    for area, last, sex in sorted(held):
        years = [(area, year, sex) for year in range(last - said.years + 1, last + 1)]
        if not held.issuperset(years):
            continue
        dead, lived = (np.sum([cells[each] for each in years], axis=0) for cells in (deaths, people))
        expected = get_life_expectancy([dead], [lived], bands).years
        value, lower, upper = (float(each[0, 0]) for each in (expected.value, expected.lower, expected.upper))
        is_known = not np.isnan(value)
        yield {
            "indicator": name,
            "area": area,
            "area_name": book.names.get((kind, area), area),
            "area_kind": kind,
            "period": f"{last - said.years + 1}-{last}" if said.years > 1 else str(last),
            "split": SEX,
            "group": sex,
            "numerator": float(dead.sum()) if is_known else None,
            "denominator": float(lived.sum()) if is_known else None,
            "value": value if is_known else None,
            "lower": lower if is_known else None,
            "upper": upper if is_known else None,
            "unit": said.unit,
            "source": said.deaths.source,
        }


def _read(book: AddedUp, counts: Counts, kind: str, last_band: int) -> Cells:
    figure = Figure(
        title="", unit="people", source=counts.source, counts=counts.counts, shown_as="count", areas=[kind],
        splits={AGE_AND_SEX: Split(of=AGE_AND_SEX)},
    )  # fmt: skip
    cells: Cells = {}
    ages: dict[tuple[str, int, str], set[int]] = {}
    for row in book.add(figure, "", "", kind, AGE_AND_SEX).to_pylist():
        sex, written = row["group"].split(" ")
        age = min(int(written.removesuffix("+")), last_band)
        key = (row["area"], int(row["period"]), sex)
        by_age = cells.setdefault(key, np.zeros(last_band + 1))
        by_age[age] += np.nan if row["numerator"] is None else row["numerator"]
        ages.setdefault(key, set()).add(age)
    for key, by_age in cells.items():
        by_age[sorted(set(range(last_band + 1)) - ages[key])] = np.nan
    return cells
