"""Bodies of one kind across the country, ours among them: lists of the deployment, such as the cancer alliances.

COUNTERPARTS.csv beside published.yaml   code, name, ours (yes in one row, else nothing), source, as_of (YYYY-MM)
"""

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, FaultsFound

COLUMNS = ("code", "name", "ours", "source", "as_of")
OURS = "yes"
FEWEST = 3
"""Bodies among which one has a middle and a place."""


@dataclass(frozen=True, slots=True)
class Counterpart:
    """One of them. source, as_of: who lists it, and the month of the list."""

    code: str
    name: str
    is_ours: bool
    source: str
    as_of: str


class CounterpartsFile(BaseModel):
    """What published.yaml says of a list. title: of one of them, as a heading; where: the country they are of; file:
    its name beside published.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    where: str
    file: str


def read_counterparts(path: Path) -> tuple[Counterpart, ...]:
    """In the order of the file. Raises FaultsFound with every mistake: a code or name twice, none or two of ours."""
    rows, faults = find_rows(path, COLUMNS)
    file = str(path)
    seen: dict[str, int] = {}
    found = []
    for line, cells in rows:
        if missing := [column for column in COLUMNS if column != "ours" and not cells[column]]:
            faults.append(Fault(file, line, f"the row has no {' and no '.join(missing)}", "fill it in"))
        if cells["ours"] not in ("", OURS):
            fault = f"the column ours holds `{cells['ours']}`"
            faults.append(Fault(file, line, fault, f"write {OURS} in the row of ours and nothing in the others"))
        if cells["as_of"] and not re.fullmatch(r"\d{4}-\d{2}", cells["as_of"]):
            faults.append(Fault(file, line, f"the column as_of holds `{cells['as_of']}`", "write a month as YYYY-MM"))
        for word in (cells["code"], cells["name"]):
            if word and seen.setdefault(word, line) != line:
                fault = f"{word} stands in line {seen[word]} already"
                faults.append(Fault(file, line, fault, "keep one row for each, with its own code and name"))
        found.append(Counterpart(cells["code"], cells["name"], cells["ours"] == OURS, cells["source"], cells["as_of"]))
    ours = [each.name for each in found if each.is_ours]
    if not faults and len(ours) != 1:
        told = f"{' and '.join(ours)} are all marked as ours" if ours else "none is marked as ours"
        faults.append(Fault(file, None, told, f"write {OURS} in the column ours of one row"))
    if not faults and len(found) < FEWEST:
        faults.append(Fault(file, None, f"it lists {len(found)}", f"list {FEWEST} or more, or leave the list out"))
    if faults:
        raise FaultsFound(faults)
    return tuple(found)
