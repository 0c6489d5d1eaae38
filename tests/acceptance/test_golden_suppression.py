"""23 two-way tables hidden by a published algorithm (ssb-ssbtools): ours hides what must be, and a solver agrees.

The peer lets no hidden cell be fixed exactly. Ours goes further, any small number stays possible, and so hides more.
"""

from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from scipy.optimize import linprog

from builders.golden import read_examples
from placewise.publishing.attack.view import Rule, View, build_view
from placewise.publishing.contract import HIDDEN, RELEASED_POPULATION, SHOWN
from placewise.publishing.disclosure import STATES
from placewise.publishing.protection.build import protect

pytestmark = pytest.mark.realdata
SMALL = {"ssb_z1": 3}
TOTAL = "Total"
Cells = dict[tuple[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def tables(realdata: Path) -> dict[str, Cells]:
    found: dict[str, Cells] = defaultdict(dict)
    for row in read_examples(realdata, "suppression/secondary_cells.csv"):
        found[row["table"]][row["r"], row["c"]] = row
    return found


def show(cells: Cells, rule: Rule) -> View:
    """Rows as areas, columns as groups; exact, with the primary cells hidden."""
    rows = [
        {
            "level": "",
            "area": row,
            "split": "all" if column == TOTAL else "column",
            "group": "all" if column == TOTAL else column,
            "people": None if said["primary"] == "TRUE" else int(said["value"]),
            "state": HIDDEN if said["primary"] == "TRUE" else SHOWN,
        }
        for (row, column), said in cells.items()
    ]
    areas = {
        row: {"level": "some", "reported": True, "parent": "" if row == TOTAL else TOTAL}
        for row in dict.fromkeys(row for row, _ in cells)
    }
    return build_view({}, pa.Table.from_pylist(rows, RELEASED_POPULATION), [], areas, ["2026-03"], rule)


def solve(cells: Cells, hidden: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[float, float]]:
    """The least and most that each hidden cell can be, by linear programming: exact for a two-way table."""
    order = sorted(hidden)
    equations, right = [], []
    rows, columns = (list(dict.fromkeys(each)) for each in zip(*cells, strict=True))
    for lines, turned in ((rows, False), (columns, True)):
        others = [each for each in (columns if not turned else rows) if each != TOTAL]
        for line in lines:
            terms = {(line, other) if not turned else (other, line): 1 for other in others}
            terms[(line, TOTAL) if not turned else (TOTAL, line)] = -1
            equations.append([terms.get(each, 0) for each in order])
            right.append(-sum(sign * int(cells[at]["value"]) for at, sign in terms.items() if at not in hidden))
    ranges = {}
    for place, cell in enumerate(order):
        cost = np.zeros(len(order))
        ends = []
        for sign in (1, -1):
            cost[place] = sign
            solved = linprog(cost, A_eq=equations, b_eq=right, bounds=(0, None))
            ends.append(sign * solved.fun if solved.status == 0 else np.inf)
        ranges[cell] = ends[0], ends[1]
    return ranges


def test_no_small_number_can_be_worked_out_nor_ruled_out(tables: dict[str, Cells]) -> None:
    ours = peers = 0
    for name, cells in tables.items():
        most = SMALL.get(name, 7)
        done = protect(show(cells, Rule(most + 1, 1)), Rule(most + 1, 1))
        assert done.in_doubt == (), name
        state = done.view.tables[0].state[:, 0]
        hidden = {
            (area, TOTAL if split == "all" else group)
            for (area, split, group), each in zip(done.view.cells, state, strict=True)
            if each == STATES.index(HIDDEN)
        }
        assert {cell for cell, said in cells.items() if said["primary"] == "TRUE"} <= hidden
        for cell, (least, greatest) in solve(cells, hidden).items():
            if cells[cell]["primary"] == "TRUE":
                assert least <= 1 + 1e-6 and greatest >= most - 1e-6, (name, cell, least, greatest)
        ours += len(hidden)
        peers += sum(said["suppressed_peer"] == "TRUE" for said in cells.values())
    assert len(tables) == 23
    assert ours < 1.5 * peers
