"""What must hold of an extract before it leaves: asked of the files as written, apart from what wrote them."""

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.door.contract import REGISTRATION, REPLACED, RESIDENCE, SEALED_IDENTITY, SMALL_AREAS, DoorReport
from placewise.door.definition import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from placewise.floor.checking import Check, hold

ROOM = "door"
_EXTENSIONS = {
    "registration": REGISTRATION,
    "residence": RESIDENCE,
    "sealed_identity": SEALED_IDENTITY,
    "small_areas": SMALL_AREAS,
    "replaced": REPLACED,
}


def check_extract(folder: Path, report: DoorReport) -> tuple[Check, ...]:
    """Raises FaultsFound, and nothing leaves, if one of them fails."""
    return (_check_columns(folder), _check_people(folder, report), _check_everybody_told(report))


def _check_columns(folder: Path) -> Check:
    strange = []
    for path in sorted(folder.glob("*.parquet")):
        allowed = {*REQUIRED_COLUMNS.get(path.stem, ()), *OPTIONAL_COLUMNS.get(path.stem, ())}
        if path.stem in _EXTENSIONS:
            allowed = set(_EXTENSIONS[path.stem].names)
        strange += [f"{path.stem}.{name}" for name in pq.read_schema(path).names if name not in allowed]
    told = f"{', '.join(strange)} may not leave." if strange else "Every column is one of those that may leave."
    return hold(ROOM, "only what may pass has passed", not strange, told)


def _check_people(folder: Path, report: DoorReport) -> Check:
    people = pq.read_table(folder / "person.parquet", columns=["person_id"])["person_id"]
    whole = pc.count_distinct(people).as_py() == len(people) == report.people_out
    lowest = pc.min(people).as_py()
    positive = lowest is None or lowest > 0
    nobody = 0
    for path in folder.glob("*.parquet"):
        if "person_id" in pq.read_schema(path).names:
            column = pq.read_table(path, columns=["person_id"])["person_id"]
            nobody += len(column.filter(pc.invert(pc.is_in(column, people.combine_chunks()))))
    told = f"{len(people):,} pseudonyms are positive and each person's own; {nobody:,} rows are of nobody."
    return hold(ROOM, "every row is of somebody who may pass", whole and positive and not nobody, told)


def _check_everybody_told(report: DoorReport) -> Check:
    told_of = report.people_out + report.opted_out + sum(report.refused.values())
    told = f"{report.people_in:,} people came; {told_of:,} passed, opted out or were refused."
    return hold(ROOM, "nobody is lost at the door", told_of == report.people_in, told)
