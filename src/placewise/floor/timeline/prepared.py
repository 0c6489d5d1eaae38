"""Code lists' events as questions read them, made once a load and mapped into memory ever after.

    SHARD/prepared/NAME.flat    the arrays of Dated of some lists (floor/flat_file.py), as KEY/row, KEY/day ...

To pick a list's events out of a table costs more than to ask about them. So it is done when a load comes, and again
where a list has changed. A list is known by a key of its codes, its unit and the code that picks them: a list that says
something else is another list. These are persons' rows: they lie in the load, as protected as its tables, and go
with it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pyarrow.parquet as pq

from placewise.floor import flat_file
from placewise.floor.faults import refuse
from placewise.floor.flat_file import find_names, map_arrays, write_arrays
from placewise.floor.timeline import dated, picking, table_events
from placewise.floor.timeline.dated import Dated
from placewise.floor.timeline.table_events import read_lists
from placewise.floor.vocabulary import units
from placewise.floor.vocabulary.code_lists import CodeList

PREPARED = "prepared"
_MADE_BY = (flat_file, dated, picking, table_events, units)
_COLUMNS = ("row", "day", "end", "value")


def read_prepared(shard: Path, lists: Iterable[CodeList]) -> dict[str, Dated]:
    """The events of those lists that are prepared, by name."""
    arrays = {name: array for path in _find_files(shard) for name, array in map_arrays(path).items()}
    return {
        each.name: Dated(*(arrays.get(f"{key}/{column}") for column in _COLUMNS))  # type: ignore[arg-type]
        for each in lists
        for key in [_name_list(each)]
        if f"{key}/row" in arrays
    }


def prepare_shard(shard: Path, lists: Sequence[CodeList]) -> None:
    """Prepare those of the lists that are not, and forget those that are not among them.

    Raises FaultsFound where the disk is full.
    """
    held = {path: {name.partition("/")[0] for name in find_names(path)} for path in _find_files(shard)}
    wanted = {_name_list(each): each for each in lists}
    missing = [each for key, each in wanted.items() if not any(key in keys for keys in held.values())]
    if missing:
        person_id = pq.read_table(shard / "person.parquet", columns=["person_id"])["person_id"].to_numpy()
        keep_prepared(shard, missing, read_lists(shard, missing, person_id))
    for path, keys in held.items():
        if keys.isdisjoint(wanted):
            path.unlink(missing_ok=True)


def keep_prepared(shard: Path, lists: Iterable[CodeList], found: dict[str, Dated]) -> None:
    """Write the events of these lists, by name, into a file of their own."""
    arrays = {
        f"{_name_list(each)}/{column}": array
        for each in lists
        for column in _COLUMNS
        if (array := getattr(found[each.name], column)) is not None
    }
    name = hashlib.sha256("".join(arrays).encode()).hexdigest()[:16]
    try:
        (shard / PREPARED).mkdir(exist_ok=True)
        write_arrays(shard / PREPARED / f"{name}.flat", arrays)
    except OSError as error:
        fault = f"it could not be written ({error.strerror or error})"
        raise refuse(shard / PREPARED, fault, "free some space on the disk and run it again") from error


def _find_files(shard: Path) -> list[Path]:
    return sorted((shard / PREPARED).glob("*.flat"))


def _name_list(asked: CodeList) -> str:
    told = (asked.domain, sorted(asked.concept_ids), asked.unit, asked.quantity, _hash_makers())
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


@cache
def _hash_makers() -> str:
    """SHA-256 of the files that decide what is prepared and how it lies: what other code prepared is not taken up."""
    modules = [Path(str(module.__file__)) for module in _MADE_BY]
    tables = sorted(Path(str(units.__file__)).parent.glob("*.csv"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in [*modules, *tables])).hexdigest()
