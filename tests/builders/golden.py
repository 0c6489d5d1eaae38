"""Worked examples of the statistics, read from the folder of published data: never copied into the project."""

import csv
from pathlib import Path

import numpy as np

from placewise.floor.statistics.estimate import Estimate, Floats

Rows = list[dict[str, str]]


def read_examples(realdata: Path, name: str) -> Rows:
    """name: the file below golden/stats, such as dsr/expected.csv."""
    path = realdata.parent / "golden/stats" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def get_numbers(rows: Rows, column: str) -> Floats:
    """A column; what is empty is NaN."""
    return np.array([float(row[column] or "nan") for row in rows])


def pick(rows: Rows, **cells: str) -> Rows:
    return [row for row in rows if all(row[column] == cell for column, cell in cells.items())]


def check_estimate(found: Estimate, rows: Rows, lower: str, upper: str, tolerance: float = 1e-9) -> None:
    """Value and limits are those of the rows, blanks too. lower, upper: the columns of the limits."""
    for told, column in ((found.value, "value"), (found.lower, lower), (found.upper, upper)):
        np.testing.assert_allclose(told, get_numbers(rows, column), rtol=tolerance, err_msg=column)
