"""Events of code lists that a table describes: who they come to, how often, after what, and with which values.

recorded.csv of the margins has a row for each kind of event, in the order they are drawn, so that a row may rest on the
lists of rows above it and of the clinical modules. Each row draws from random numbers of its own: a row more, or a row
changed, changes no other event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import Field

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.floor.vocabulary.units import NOT_STATED, PLAIN_NUMBER, read_units
from placewise.synthetic.chance import DAYS_A_YEAR, Days, days_between, stream
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events, Rows
from placewise.synthetic.margins import Share, read_table
from placewise.synthetic.people import STILL_HERE

TABLE = "recorded.csv"
_SEXES = ("female", "male")
_OLDEST = 130
_YEARS = 10.0
_DECILES = 10

Positive = Annotated[float, Field(gt=0)]
Number = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One kind of event.

    of: only people with an event of this list, from their first; empty: everybody. unless: nobody who ever has an event
    of this list. after: one chance for each event of
    this list, from_days to to_days after it. sex: female, male or empty; from_age, to_age: in whole years on the day.
    a_year: how many a person and year while registered; share: of these people (of the events of `after`) who have it
    once, on a day of the last `years` (10). Exactly one of the two is given.
    most_to_least_deprived: the ratio of the two tenths (1); practice_spread: the standard deviation of the logarithm
    between practices (0); practices: the share of them that took it up, one after another over the window (1).
    values: of a measurement, either `1=0.4 2=0.6` (each value and its chance) or `27.0 5 15 60` (mean, standard
    deviation, lowest, highest; as many decimals as the mean is written with). lasts: days of a medicine or a stay (1).
    """

    code_list: str
    of: str
    after: str
    sex: str
    from_age: Number | None
    to_age: Number | None
    a_year: Positive | None
    share: Share | None
    years: Positive | None
    from_days: Number | None
    to_days: Number | None
    most_to_least_deprived: Positive | None
    practice_spread: Annotated[float, Field(ge=0)] | None
    practices: Share | None
    values: str
    lasts: Annotated[int, Field(ge=1)] | None
    unless: str


def read_recorded(folder: Path, code_lists: Mapping[str, CodeList]) -> list[Recorded]:
    """The rows of the table; none where the margins have no such table. Raises FaultsFound with every mistake."""
    path = folder / TABLE
    if not path.is_file():
        return []
    faults: list[Fault] = []
    rows = read_table(path, Recorded, faults)
    for row in rows:
        faults += [
            Fault(str(path), None, f"{row.code_list}: {told}", remedy) for told, remedy in _check(row, code_lists)
        ]
    if faults:
        raise FaultsFound(faults)
    return rows


def _check(row: Recorded, code_lists: Mapping[str, CodeList]) -> list[tuple[str, str]]:
    named = [name for name in (row.code_list, row.of, row.after, row.unless) if name]
    found = [(f'there is no code list "{name}"', "correct the name") for name in named if name not in code_lists]
    if (row.a_year is None) == (row.share is None) or (row.after and row.share is None):
        found.append(("how often it comes is not told once", "give `share` or `a_year`, and `share` with `after`"))
    if row.sex not in ("", *_SEXES):
        found.append((f"`{row.sex}` is no sex", f"write {' or '.join(_SEXES)}, or leave it empty"))
    is_measured = not found and code_lists[row.code_list].domain == "measurement"
    if not found and is_measured != bool(row.values):
        found.append(("a measurement, and nothing else, has values", "correct the column `values`"))
    elif row.values:
        try:
            _draw_values(row.values, 1, np.random.default_rng(0))
        except ValueError:
            found.append((f"`{row.values}` are no values", "write them like `1=0.4 2=0.6` or `27.0 5 15 60`"))
    return found


def add_recorded(
    rows: list[Recorded], cohort: Cohort, events: Events, code_lists: Mapping[str, CodeList], seed: int, part: int
) -> None:
    """Add the events of every row. part: which of the cohorts this is; practices differ alike in all of them."""
    for number, row in enumerate(rows):
        name = f"recorded {row.code_list} {sum(each.code_list == row.code_list for each in rows[:number])}"
        rng = stream(seed, name, part)
        practices = _Practices(row, cohort, stream(seed, f"{name} by practice"))
        factor = practices.factor * _by_deprivation(row, cohort)
        who, day = (_following if row.after else _coming)(row, cohort, events, factor, practices.begins, rng)
        events.add(row.code_list, who, day, rng, **_columns(row, code_lists[row.code_list], who, day, cohort, rng))


class _Practices:
    """For each person, by their practice. factor: how much oftener; begins: the day it took this up."""

    def __init__(self, row: Recorded, cohort: Cohort, rng: np.random.Generator) -> None:
        practices, calendar = len(cohort.planting.practices), cohort.calendar
        spread, taken_up = row.practice_spread or 0.0, 1.0 if row.practices is None else row.practices
        factor = np.exp(spread * rng.standard_normal(practices) - spread**2 / 2)
        turn = rng.random(practices)
        begins = np.full(practices, np.iinfo(np.int32).min, np.int32)
        if taken_up < 1:
            over = calendar.first + turn / max(taken_up, 1e-9) * (calendar.last - calendar.first)
            begins = np.where(turn < taken_up, over, STILL_HERE).astype(np.int32)
        self.factor, self.begins = factor[cohort.people.practice], begins[cohort.people.practice]


def _by_deprivation(row: Recorded, cohort: Cohort) -> npt.NDArray[np.float64]:
    """1 on average over the tenths."""
    by_decile = (row.most_to_least_deprived or 1.0) ** np.linspace(1, 0, _DECILES)
    return (by_decile / by_decile.mean())[cohort.decile - 1]


def _ages(row: Recorded, cohort: Cohort, events: Events) -> tuple[Days, Days]:
    """The first and last day on which it can come to each person; none for somebody of another sex, or left out."""
    birth = cohort.people.birth
    first = birth + int(np.ceil((row.from_age or 0) * DAYS_A_YEAR))
    last = birth + int(((_OLDEST if row.to_age is None else row.to_age) + 1) * DAYS_A_YEAR) - 1
    if row.sex:
        last = np.where(cohort.people.sex == (row.sex == "male"), last, first - 1)
    if row.unless:
        spared = events.first_days(row.unless, len(birth)) == np.iinfo(np.int32).max
        last = np.where(spared, last, first - 1)
    return first.astype(np.int32), last.astype(np.int32)


def _coming(
    row: Recorded,
    cohort: Cohort,
    events: Events,
    factor: npt.NDArray[np.float64],
    begins: Days,
    rng: np.random.Generator,
) -> tuple[Rows, Days]:
    """Events that come to people, at a rate or once."""
    people = cohort.people
    first, last = _ages(row, cohort, events)
    first, last = np.maximum(first, begins), np.minimum(last, people.last)
    if row.of:
        first = np.maximum(first, events.first_days(row.of, len(people)))
    if row.share is not None:
        first = np.maximum(first, people.last - np.int32((row.years or _YEARS) * DAYS_A_YEAR))
        who = np.flatnonzero((last >= first) & (rng.random(len(people)) < row.share * factor))
        return who, days_between(first[who], last[who], rng)
    first = np.maximum(first, cohort.first_day)
    years = np.maximum(last.astype(np.int64) - first + 1, 0) / DAYS_A_YEAR
    until = np.cumsum((row.a_year or 0.0) * factor * years)  # one draw for all, shared out: few events cost little
    who = np.searchsorted(until, rng.random(rng.poisson(until[-1] if len(until) else 0.0)) * until[-1], side="right")
    return who, days_between(first[who], last[who], rng)


def _following(
    row: Recorded,
    cohort: Cohort,
    events: Events,
    factor: npt.NDArray[np.float64],
    begins: Days,
    rng: np.random.Generator,
) -> tuple[Rows, Days]:
    """Events that follow others by chance."""
    who, day = events.of(row.after)
    kept = rng.random(len(who)) < (row.share or 0.0) * factor[who]
    who, day = who[kept], day[kept]
    soonest = row.from_days or 0
    day = (day + rng.integers(soonest, max(row.to_days or 0, soonest) + 1, len(day))).astype(np.int32)
    first, last = _ages(row, cohort, events)
    fits = (day >= np.maximum(first, begins)[who]) & (day <= np.minimum(last, cohort.people.last)[who])
    if row.of:
        fits &= day >= events.first_days(row.of, len(cohort.people))[who]
    return who[fits], day[fits]


def _columns(
    row: Recorded, code_list: CodeList, who: Rows, day: Days, cohort: Cohort, rng: np.random.Generator
) -> dict[str, Any]:
    """What some tables have besides: values with their unit, or the last day."""
    if row.values:
        unit = NOT_STATED if code_list.unit == PLAIN_NUMBER else read_units()[code_list.unit]
        values = _draw_values(row.values, len(who), rng)
        return {"value_as_number": values, "unit_concept_id": np.full(len(who), unit, np.int32)}
    if code_list.domain in ("drug", "visit"):
        end = np.minimum(day + ((row.lasts or 1) - 1), cohort.people.last[who]).astype(np.int32)
        return {"drug_exposure_end_date" if code_list.domain == "drug" else "visit_end_date": end}
    return {}


def _draw_values(written: str, count: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Raises ValueError where nothing can be drawn."""
    if "=" in written:
        value, chance = np.array([[float(part) for part in each.split("=")] for each in written.split()]).T
        return rng.choice(value, count, p=chance)
    mean, deviation, lowest, highest = (float(part) for part in written.split())
    decimals = len(written.split()[0].partition(".")[2])
    values: npt.NDArray[np.float64] = rng.normal(mean, deviation, count)
    return np.round(values.clip(lowest, highest), decimals)
