"""Read organisations.csv: the hierarchy of a deployment, or every mistake in it with the line of its row.

Columns: code, name, kind, level, parent, open_from, open_to, synthetic (yes or no), source. An organisation with a
level stands in the hierarchy and its parent is of the level just above; one without (a trust, a council, a place that
has left) stands outside it. Dates are YYYY-MM-DD or empty.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy, Organisation

COLUMNS = ("code", "name", "kind", "level", "parent", "open_from", "open_to", "synthetic", "source")

Rows = Mapping[str, tuple[int, Organisation]]
"""Code -> the line of its row in the file, and the organisation."""


def find_organisations(path: Path, levels: Sequence[str]) -> tuple[Hierarchy | None, list[Fault]]:
    """The hierarchy and the mistakes of the file, by line; the hierarchy is None if there are any."""
    file, rows = str(path), dict[str, tuple[int, Organisation]]()
    written, faults = find_rows(path, COLUMNS)
    for line, cell in written:
        organisation, found = _organisation(file, line, cell)
        faults += found
        if organisation is None:
            continue
        if organisation.code in rows:
            first = rows[organisation.code][0]
            fault = f"the code {organisation.code} stands in line {first} too"
            faults.append(Fault(file, line, fault, "keep one row a code"))
        else:
            rows[organisation.code] = (line, organisation)
    if not written and faults:
        return None, faults
    faults += _find_misplaced(file, rows, levels)
    if not faults:  # a misplaced row leaves gaps above it, which need no telling
        faults = list(_find_missing_levels(file, rows, levels))
    faults.sort(key=lambda fault: fault.line or 0)
    if faults:
        return None, faults
    return Hierarchy(tuple(levels), {code: organisation for code, (_, organisation) in rows.items()}), []


def _organisation(file: str, line: int, cell: dict[str, str]) -> tuple[Organisation | None, list[Fault]]:
    faults = [
        Fault(file, line, f"the column {name} is empty", "fill it in")
        for name in ("code", "name", "kind")
        if not cell[name]
    ]
    dates: dict[str, date | None] = {}
    for name in ("open_from", "open_to"):
        try:
            dates[name] = date.fromisoformat(cell[name]) if cell[name] else None
        except ValueError:
            dates[name] = None
            faults.append(Fault(file, line, f"{name} is {cell[name]}", "give a date as YYYY-MM-DD, or nothing"))
    if dates["open_from"] and dates["open_to"] and dates["open_to"] < dates["open_from"]:
        faults.append(Fault(file, line, "it closes before it opens", "put open_from and open_to in order"))
    if cell["synthetic"] not in ("yes", "no"):
        faults.append(Fault(file, line, f"synthetic is {cell['synthetic'] or 'empty'}", "give yes or no"))
    if not cell["code"]:
        return None, faults
    organisation = Organisation(
        code=cell["code"],
        name=cell["name"],
        kind=cell["kind"],
        level=cell["level"],
        parent=cell["parent"],
        open_from=dates["open_from"],
        open_to=dates["open_to"],
        synthetic=cell["synthetic"] == "yes",
        source=cell["source"],
    )
    return organisation, faults


def _find_misplaced(file: str, rows: Rows, levels: Sequence[str]) -> Iterator[Fault]:
    """Rows whose level or parent is wrong. Parents one level up leave no room for a cycle inside the hierarchy."""
    for line, each in rows.values():
        if each.parent and each.parent not in rows:
            yield Fault(file, line, f"its parent {each.parent} has no row", "add that organisation or correct the code")
        elif not each.level:
            if _is_its_own_ancestor(each, rows):
                yield Fault(file, line, f"{each.code} stands above itself", "correct its parent")
        elif each.level not in levels:
            yield Fault(file, line, f"the level {each.level} is not one of this system's", f"give {', '.join(levels)}")
        elif each.level == levels[0]:
            if each.parent:
                yield Fault(file, line, f"the {each.level} {each.code} has a parent", "leave its parent empty")
        else:
            above = levels[levels.index(each.level) - 1]
            if not each.parent:
                without = f"the {each.level} {each.code} has no {above} above it"
                yield Fault(file, line, without, f"put the code of its {above} in the column parent")
            elif (found := rows[each.parent][1].level) != above:
                fault = f"its parent {each.parent} is of the level {found or 'none'}"
                yield Fault(file, line, fault, f"give the code of a {above}")


def _find_missing_levels(file: str, rows: Rows, levels: Sequence[str]) -> Iterator[Fault]:
    count = Counter(each.level for _, each in rows.values())
    if count[levels[0]] != 1:
        yield Fault(
            file, None, f"it has {count[levels[0]]} organisations of the top level {levels[0]}", "give exactly one"
        )
    for level in levels[1:]:
        if not count[level]:
            yield Fault(file, None, f"it has no {level}", f"add one, or take {level} out of the levels in ics.yaml")
    parents = {each.parent for _, each in rows.values()}
    for line, each in rows.values():
        if each.level in levels and each.level != PRACTICE and each.code not in parents:
            below = levels[levels.index(each.level) + 1]
            yield Fault(file, line, f"the {each.level} {each.code} has no {below} in it", "add one, or empty its level")


def _is_its_own_ancestor(each: Organisation, rows: Rows) -> bool:
    seen = set()
    while each.code not in seen:
        seen.add(each.code)
        if not each.parent or each.parent not in rows:
            return False
        each = rows[each.parent][1]
    return True
