"""Invented outcomes of a whole system, such as deaths, births and registrations, in one table: a row a figure.

They are of the size of the system that the margins are about, however few people its records are invented for: of a
twentieth of the births nothing could be concluded. Three tables of margins say what is planted; chance is added.

outcomes.csv            indicator, group, period, number, of, drawn
outcomes_by_age.csv     indicator, part, age, of, rate          of one year; part: a sex, or nothing
outcomes_by_group.csv   indicator, group, period, share, ratio  the group's share of the people, its rate's ratio

drawn: binomial (number of `of`), geometric (a gap between events, `number` on average), fixed, or another indicator:
then the number drawn of it in that period is shared out among the groups, each as likely as its `number`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import pyarrow as pa

from placewise.floor.faults import Fault, FaultsFound
from placewise.synthetic.margins import read_table

DRAWN = ("binomial", "geometric", "fixed")
TABLES = ("outcomes.csv", "outcomes_by_age.csv", "outcomes_by_group.csv")


@dataclass(frozen=True, slots=True)
class OutcomeOfPeriod:
    indicator: str
    group: str
    period: str
    number: float
    of: float
    drawn: str


@dataclass(frozen=True, slots=True)
class OutcomeAtAge:
    indicator: str
    part: str
    age: str
    of: float
    rate: float


@dataclass(frozen=True, slots=True)
class OutcomeOfGroup:
    indicator: str
    group: str
    period: str
    share: float
    ratio: float


def build_outcomes(folder: Path, area: str, rng: np.random.Generator) -> pa.Table | None:
    """area, indicator, group, period, number, of; None where the margins have no outcomes. Raises FaultsFound."""
    if not all((folder / name).is_file() for name in TABLES):
        return None
    faults: list[Fault] = []
    single = read_table(folder / TABLES[0], OutcomeOfPeriod, faults)
    at_age = read_table(folder / TABLES[1], OutcomeAtAge, faults)
    of_group = read_table(folder / TABLES[2], OutcomeOfGroup, faults)
    faults += _find_unknown_wholes(folder / TABLES[0], single)
    if faults:
        raise FaultsFound(faults)
    apart = rng.spawn(1)[0]  # what is shared out changes nothing that is drawn besides
    rows: list[tuple[str, str, str, float, float | None]] = [
        (each.indicator, each.group, each.period, _draw(each, rng), each.of or None)
        for each in single
        if each.drawn in DRAWN
    ]
    drawn = {(indicator, period): number for indicator, group, period, number, _ in rows if not group}
    rows += _share_out([each for each in single if each.drawn not in DRAWN], drawn, apart)
    for group in of_group:
        for age in at_age:
            if age.indicator == group.indicator:
                of = round(age.of * group.share)
                number = int(rng.binomial(of, min(age.rate * group.ratio, 1.0)))
                word = ":".join(part for part in (age.part, group.group, age.age) if part)
                rows.append((group.indicator, word, group.period, number, of))
    names = ("indicator", "group", "period", "number", "of")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    return pa.table({"area": [area] * len(rows), **{name: list(column) for name, column in columns.items()}})


def _find_unknown_wholes(path: Path, rows: Sequence[OutcomeOfPeriod]) -> Iterator[Fault]:
    """Groups that share out a number which the table does not have."""
    wholes = {(each.indicator, each.period) for each in rows if each.drawn in DRAWN and not each.group}
    for each in rows:
        if each.drawn not in DRAWN and (each.drawn, each.period) not in wholes:
            fault = f"there is no {each.drawn} of {each.period} to share out"
            yield Fault(str(path), None, fault, "name an indicator of the same period, or a way to draw")


def _share_out(
    parts: Sequence[OutcomeOfPeriod], drawn: Mapping[tuple[str, str], float], rng: np.random.Generator
) -> Iterator[tuple[str, str, str, float, float | None]]:
    """The groups of an indicator and period, which add up to the number drawn of their whole."""
    for (indicator, period), of_whole in groupby(parts, key=lambda each: (each.indicator, each.period)):
        groups = list(of_whole)
        expected = np.array([each.number for each in groups])
        numbers = rng.multinomial(int(drawn[groups[0].drawn, period]), expected / expected.sum())
        for each, number in zip(groups, numbers.tolist(), strict=True):
            yield indicator, each.group, period, float(number), each.of or None


def _draw(each: OutcomeOfPeriod, rng: np.random.Generator) -> float:
    if each.drawn == "binomial":
        return float(rng.binomial(round(each.of), each.number / each.of))
    if each.drawn == "geometric":
        return float(rng.geometric(1 / (each.number + 1)) - 1)
    return each.number
