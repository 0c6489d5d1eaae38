"""Quantiles of 982 real indicators' values equal those of Fingertips' own method, exactly."""

from pathlib import Path

import numpy as np
import pytest

from builders.golden import get_numbers, pick, read_examples
from placewise.floor.statistics.quantile import get_quantile_groups

pytestmark = pytest.mark.realdata


@pytest.mark.parametrize(
    ("group_set", "groups", "labels"),
    [("IndSexReg", 10, ("IndSexRef", "ParentCode")), ("IndSex", 7, ("IndSexRef",)), ("None", 4, ())],
)
def test_published_quantiles(realdata: Path, group_set: str, groups: int, labels: tuple[str, ...]) -> None:
    rows = pick(read_examples(realdata, "quantile/cases.csv"), GroupSet=group_set)
    within = np.array([" ".join(row[label] for label in labels) for row in rows])
    highest = np.array([group_set == "None" or row["Polarity"] == "TRUE" for row in rows])
    values = get_numbers(rows, "Value")
    for first in {True, False} & set(highest.tolist()):
        own = highest == first
        found = get_quantile_groups(values[own], groups, within[own], highest_first=first)
        np.testing.assert_array_equal(found, get_numbers(rows, "QuantileInGrp")[own])
