"""People and events as questions read them, made once a load and mapped into memory ever after.

    SHARD/prepared/people-KEY.flat     the arrays of People (floor/flat_file.py)
    SHARD/prepared/lists-NAME.flat     the arrays of Dated of some lists, as KEY/row, KEY/day ...

To pick a list's events out of a table costs more than to ask about them. So it is done when a load comes, and again
where a list has changed. What is prepared is known by a key of all it rests on: the codes and the unit of a list, the
tables as they lie on the disk, and the code that prepares. What says something else is something else. These are
persons' rows: they lie in the load, as protected as its tables, and go with it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

from placewise.floor import flat_file
from placewise.floor.faults import refuse
from placewise.floor.flat_file import Arrays, find_names, map_arrays, write_arrays
from placewise.floor.timeline import dated, people, picking, table_events
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.people import PEOPLE_TABLES, DatedStays, People, read_people
from placewise.floor.timeline.table_events import read_lists
from placewise.floor.vocabulary import units
from placewise.floor.vocabulary.code_lists import CodeList

PREPARED = "prepared"
_MADE_BY = (flat_file, dated, people, picking, table_events, units)
_COLUMNS = ("row", "day", "end", "value")
_STAYS = ("registrations", "residences")


def read_prepared(shard: Path, lists: Iterable[CodeList]) -> dict[str, Dated]:
    """The events of those lists that are prepared, by name."""
    keys = _name_lists(shard, lists)
    arrays = {name: array for path in _find_files(shard, "lists") for name, array in map_arrays(path).items()}
    return {
        name: Dated(*(arrays.get(f"{key}/{column}") for column in _COLUMNS))  # type: ignore[arg-type]
        for name, key in keys.items()
        if f"{key}/row" in arrays
    }


def read_prepared_people(shard: Path) -> People:
    """The people of a shard: as they were prepared, or as read_people reads them."""
    path = _people_file(shard)
    if not path.is_file():
        return read_people(shard)
    arrays = map_arrays(path)
    stays = {name: DatedStays(*(arrays.pop(f"{name}/{each.name}") for each in fields(DatedStays))) for name in _STAYS}
    return People(**arrays, **stays)  # type: ignore[arg-type]


def prepare_shard(shard: Path, lists: Sequence[CodeList]) -> None:
    """Prepare the people and those of the lists that are not, and forget the lists that are not among them.

    Raises FaultsFound where the disk is full.
    """
    if not _people_file(shard).is_file():
        keep_prepared_people(shard)
    held = {path: {name.partition("/")[0] for name in find_names(path)} for path in _find_files(shard, "lists")}
    keys = _name_lists(shard, lists)
    missing = [each for each in lists if not any(keys[each.name] in of_file for of_file in held.values())]
    if missing:
        keep_prepared(shard, missing, read_lists(shard, missing, read_prepared_people(shard).person_id))
    for path, of_file in held.items():
        if of_file.isdisjoint(keys.values()):
            path.unlink(missing_ok=True)


def keep_prepared(shard: Path, lists: Sequence[CodeList], found: Mapping[str, Dated]) -> Path:
    """Write the events of these lists, by name, into a file of their own, and return it."""
    arrays = {
        f"{key}/{column}": array
        for name, key in _name_lists(shard, lists).items()
        for column in _COLUMNS
        if (array := getattr(found[name], column)) is not None
    }
    told = hashlib.sha256("".join(arrays).encode()).hexdigest()
    return _write(shard / PREPARED / f"lists-{told[:16]}.flat", arrays)


def keep_prepared_people(shard: Path) -> None:
    """Write the people of a shard, whose tables stand, and forget those of other tables."""
    for other in _find_files(shard, "people"):
        other.unlink(missing_ok=True)
    found = read_people(shard)
    arrays = {each.name: getattr(found, each.name) for each in fields(People) if each.name not in _STAYS}
    for name in _STAYS:
        arrays |= {f"{name}/{each.name}": getattr(getattr(found, name), each.name) for each in fields(DatedStays)}
    _write(_people_file(shard), arrays)


def _write(path: Path, arrays: Arrays) -> Path:
    try:
        path.parent.mkdir(exist_ok=True)
        write_arrays(path, arrays)
    except OSError as error:
        fault = f"it could not be written ({error.strerror or error})"
        raise refuse(path.parent, fault, "free some space on the disk and run it again") from error
    return path


def _find_files(shard: Path, kind: str) -> list[Path]:
    return sorted((shard / PREPARED).glob(f"{kind}-*.flat"))


def _people_file(shard: Path) -> Path:
    told = hashlib.sha256((_hash_tables(shard, PEOPLE_TABLES) + _hash_makers()).encode()).hexdigest()
    return shard / PREPARED / f"people-{told[:16]}.flat"


def _name_lists(shard: Path, lists: Iterable[CodeList]) -> dict[str, str]:
    """Each list's key, by its name."""
    tables: dict[str, str] = {}
    keys = {}
    for each in lists:
        if each.domain not in tables:
            tables[each.domain] = _hash_tables(shard, ("person", each.domain)) + _hash_makers()
        told = (tables[each.domain], each.domain, sorted(each.concept_ids), each.unit, each.quantity)
        keys[each.name] = hashlib.sha256(repr(told).encode()).hexdigest()[:32]
    return keys


def _hash_tables(shard: Path, tables: Iterable[str]) -> str:
    """A load is never changed; but should a table of it be, in size or time, what rests on it is no longer taken up."""
    stands = [(shard / f"{table}.parquet").stat() for table in tables]
    return hashlib.sha256(repr([(each.st_size, each.st_mtime_ns) for each in stands]).encode()).hexdigest()


@cache
def _hash_makers() -> str:
    """SHA-256 of the files that decide what is prepared and how it lies: what other code prepared is not taken up."""
    modules = [Path(str(module.__file__)) for module in _MADE_BY]
    tables = sorted(Path(str(units.__file__)).parent.glob("*.csv"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in [*modules, *tables])).hexdigest()
