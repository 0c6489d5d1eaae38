"""Units of values: which OMOP concepts say a unit, and how a value turns from one unit into another.

units.csv has the units known (UCUM text); conversions.csv those pairs that one straight line joins. Where the line
depends on what is measured (mg/dL to mmol/L depends on the molecule), the row names the quantity, and holds for code
lists of that quantity only. Triglycerides are left out on purpose: they are a mixture and have no molar mass.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

PLAIN_NUMBER = "1"
"""UCUM's unit of a plain number: of a list that states no unit."""
NOT_STATED = 0
"""The concept of a unit that is not recorded."""

_FOLDER = Path(__file__).parent
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Conversion:
    """value * multiply + add, to as many decimals as the result is reported with (None: as it comes).

    Rounding makes thresholds agree: HbA1c of 6.5% is 47.545 by the line and 48 mmol/mol to every laboratory.
    """

    multiply: float = 1.0
    add: float = 0.0
    decimals: int | None = None

    def convert(self, value: Values) -> Values:
        if self == AS_IT_IS:
            return value
        converted = value * self.multiply + self.add
        return converted if self.decimals is None else np.round(converted, self.decimals)


AS_IT_IS = Conversion()


@cache
def read_units() -> Mapping[str, int]:
    """UCUM text -> the OMOP concept of the unit."""
    return {row["unit"]: int(row["concept_id"]) for row in _read("units.csv")}


def spell_unit(unit: str) -> str:
    """A unit as people write it: mmHg for the mm[Hg] of UCUM, mL/min/1.73 m2; "" for a plain number or a score."""
    if unit == PLAIN_NUMBER:
        return ""
    without_notes = re.sub(r"(?<!/)\{.*?}", "", unit)  # {score}; what stands after a stroke is a part of the unit
    return re.sub(r"[][{}]", "", without_notes).replace("_", " ")


@cache
def read_quantities() -> frozenset[str]:
    """What may be said to be measured, so that a conversion of its own holds."""
    return frozenset(row["quantity"] for row in _read("conversions.csv")) - {""}


@cache
def find_conversions(unit: str, quantity: str = "") -> Mapping[int, Conversion]:
    """Unit concept -> how its values turn into `unit`; a unit that cannot be turned into it is not there.

    A value with no unit recorded is taken to be in the unit of its list. Raises KeyError for an unknown unit.
    """
    units = read_units()
    found = {NOT_STATED: AS_IT_IS, units[unit]: AS_IT_IS}
    for row in _read("conversions.csv"):
        if row["to_unit"] == unit and row["quantity"] in ("", quantity):
            decimals = int(row["decimals"]) if row["decimals"] else None
            found.setdefault(units[row["from_unit"]], Conversion(float(row["multiply"]), float(row["add"]), decimals))
    return found


def convert_values(value: Values, unit_concept: npt.NDArray[np.int32], unit: str, quantity: str = "") -> Values:
    """Values in `unit`; NaN where the unit recorded cannot be turned into it, as where there is no value."""
    converted = np.full(len(value), np.nan)
    for concept, conversion in find_conversions(unit, quantity).items():
        chosen = unit_concept == concept
        converted[chosen] = conversion.convert(value[chosen])
    return converted


def name_unit(concept: int) -> str:
    """A unit concept in UCUM, or by its number where it is not one of units.csv."""
    return next((unit for unit, known in read_units().items() if known == concept), f"the unit of concept {concept}")


def _read(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
