"""A practice's own counts, exact: for the team that treats its patients, through the gate and logged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from placewise.floor.access import AccessLog, Agreement, Reader, gated
from placewise.measures.contract import ALL, CUBE_FOLDER
from placewise.measures.cube import Cube, open_cube


@dataclass(frozen=True, slots=True)
class ExactCount:
    """A practice's own counts on a measure in the last month: not rounded, never hidden, for its eyes only."""

    measure: str
    numerator: int
    denominator: int


def read_exact_counts(
    build: Path,
    practice: str,
    measures: Iterable[str],
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> list[ExactCount]:
    """The counts of the build's last month, in the order of `measures`; none of one the practice did not report.

    build: a build's folder; practice: its organisation code; agreements: as in plans/lists/read.py. One log record,
    written before any count is given. Raises AccessDenied, after logging the attempt, for a reader who does not treat
    this practice's patients.
    """
    with gated(reader, practice, f"{build.name}/exact_counts", log, agreements) as look:
        cube = open_cube(build / CUBE_FOLDER)
        counts = [count for measure in measures if (count := _read_count(cube, practice, measure))]
        look.rows = len(counts)
    return counts


def _read_count(cube: Cube, practice: str, measure: str) -> ExactCount | None:
    rows = cube.read_practice(measure, practice, ALL)
    rows = rows.filter(pc.equal(rows["month"], cube.window.month_ends[-1]))
    return ExactCount(measure, rows["numerator"][0].as_py(), rows["denominator"][0].as_py()) if rows.num_rows else None
