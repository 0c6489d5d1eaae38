"""How many events of each code list the invented load has: benchmarks/volumes.csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from placewise.floor.vocabulary.code_lists import CodeList

FULL_SIZE = 2_400_000
"""The people for whom the volumes are given: events go with the people."""
_OTHER_CODES = 300
_FIRST_OTHER = {"condition": 44_000_000, "drug": 45_000_000, "measurement": 46_000_000,
                "observation": 47_000_000, "procedure": 48_000_000, "visit": 49_000_000}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Volume:
    """The events of one code list, or of codes that no list names (codes: "").

    millions: events at full size, or, of medicines, issues; register: a code list whose people have `times` as many;
    paired_with: a code list recorded on the same days; repeats: issues in a course of a medicine, four weeks apart;
    mean, spread: of the values, None where there are none.
    """

    codes: str
    domain: str
    millions: float
    register: str
    times: float
    paired_with: str
    repeats: int
    mean: float | None
    spread: float | None

    def concepts(self, code_lists: Mapping[str, CodeList]) -> npt.NDArray[np.int32]:
        if self.codes:
            return np.array(code_lists[self.codes].concept_ids, np.int32)
        return _FIRST_OTHER[self.domain] + np.arange(_OTHER_CODES, dtype=np.int32)


def read_volumes(path: Path) -> tuple[Volume, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(_parse(row) for row in csv.DictReader(stream))


def _parse(row: dict[str, str]) -> Volume:
    return Volume(
        codes=row["codes"],
        domain=row["domain"],
        millions=float(row["millions"]),
        register=row["register"],
        times=float(row["times"]),
        paired_with=row["paired_with"],
        repeats=int(row["repeats"]),
        mean=float(row["mean"]) if row["mean"] else None,
        spread=float(row["spread"]) if row["spread"] else None,
    )
