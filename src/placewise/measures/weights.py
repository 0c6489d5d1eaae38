"""Weighted people: what one person of an age and sex counts in the denominator of a rate.

A folder of weights holds `index.csv` (weights,title,version,source: one row a table) and NAME.csv for each
(age_from,sex,weight: from that age up to the next row's). Every sex has a row from age 0.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from placewise.floor.faults import Fault, FaultsFound
from placewise.floor.vocabulary.people import SEXES

INDEX_FILE = "index.csv"
WEIGHT_SCALE = 1000
"""Weights are kept in whole thousandths, so that their sums are exact in any order."""
_INDEX_COLUMNS = ["weights", "title", "version", "source"]
_COLUMNS = ["age_from", "sex", "weight"]
NO_WEIGHTS: "Mapping[str, Weights]" = {}


@dataclass(frozen=True, slots=True)
class Weights:
    """by_sex: for each of SEXES, ages from which a weight holds, rising from 0, and the weight in thousandths."""

    name: str
    title: str
    version: str
    source: str
    by_sex: tuple[tuple[tuple[int, int], ...], ...]


def read_weights(folder: Path) -> Mapping[str, Weights]:
    """Every table of a folder by name; none where there is no such folder. Raises FaultsFound with all mistakes."""
    if not folder.is_dir():
        return NO_WEIGHTS
    faults: list[Fault] = []
    found = {}
    for line, row in _read_rows(folder / INDEX_FILE, _INDEX_COLUMNS, faults):
        path = folder / f"{row['weights']}.csv"
        if path.is_file():
            by_sex = _read_table(path, faults)
            found[row["weights"]] = Weights(row["weights"], row["title"], row["version"], row["source"], by_sex)
        else:
            fault = f'there is no file for the weights "{row["weights"]}"'
            faults.append(Fault(str(folder / INDEX_FILE), line, fault, f"add {path.name} or remove the row"))
    if faults:
        raise FaultsFound(faults)
    return found


def _read_table(path: Path, faults: list[Fault]) -> tuple[tuple[tuple[int, int], ...], ...]:
    steps: dict[str, list[tuple[int, int]]] = {sex: [] for sex in SEXES}
    for line, row in _read_rows(path, _COLUMNS, faults):
        try:
            age, weight = int(row["age_from"]), round(float(row["weight"]) * WEIGHT_SCALE)
        except ValueError:
            faults.append(Fault(str(path), line, "the age or the weight is no number", "write them like 65 and 0.7"))
            continue
        if row["sex"] not in SEXES:
            faults.append(Fault(str(path), line, f'"{row["sex"]}" is no sex', f"write one of {', '.join(SEXES)}"))
        elif weight < 0 or (age <= steps[row["sex"]][-1][0] if steps[row["sex"]] else age != 0):
            fault = "the weight is below zero, or the ages of a sex do not rise from 0"
            faults.append(Fault(str(path), line, fault, "put the rows of each sex in order of age, the first from 0"))
        else:
            steps[row["sex"]].append((age, weight))
    for sex in (sex for sex, each in steps.items() if not each):
        faults.append(Fault(str(path), None, f"{sex} people have no weight", "add their rows, the first from age 0"))
    return tuple(tuple(steps[sex]) for sex in SEXES)


def _read_rows(path: Path, columns: list[str], faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    if not path.is_file():
        faults.append(Fault(str(path), None, "there is no such file", "add it, or remove the folder"))
        return []
    lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    if not lines or lines[0] != columns:
        faults.append(Fault(str(path), 1, "the columns are not as expected", f"write {','.join(columns)}"))
        return []
    rows = []
    for line, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(columns) or not all(cell.strip() for cell in cells):
            faults.append(Fault(str(path), line, "a column is missing or empty", "fill in every column"))
        else:
            rows.append((line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    return rows
