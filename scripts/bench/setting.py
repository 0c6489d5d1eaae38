"""What every part of the benchmark is given."""

from dataclasses import dataclass
from pathlib import Path

from bench.measuring import Measured
from placewise.intake.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Setting:
    """folder: for whatever a part writes; store: with the invented load in force; unit: the scan ratios are to."""

    folder: Path
    store: Path
    warehouse: Warehouse
    people: int
    seed: int
    unit: Measured
