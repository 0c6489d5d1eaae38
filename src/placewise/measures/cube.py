"""The cube on disk: exact counts, additive, written once (CUBE in contract.py) and opened by core rooms only.

BUILD/cube/manifest.json               window, units, hierarchy, editions, splits, and each table's content hash
BUILD/cube/by_practice/MEASURE.parquet
BUILD/cube/by_small_area/MEASURE.parquet
BUILD/cube/value_counts/MEASURE.parquet    of each median (VALUE_COUNTS)
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.floor.content import table_hash
from placewise.floor.encoding import decode
from placewise.floor.faults import refuse
from placewise.floor.folders import read_json, write_json
from placewise.floor.parquet import read_small, write_sorted
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.measures.cube_rows import Rows
from placewise.measures.value_counts import ValueCounts, read_value_counts, to_table

PEOPLE = "people"
"""The built-in measure: the registered list."""
VALUE_COUNTS_FOLDER = "value_counts"
Said = Mapping[str, Mapping[str, Any]]
"""What the manifest says of tables."""
NO_VALUE_COUNTS: Said = {}
SHARE = "proportion"
ALL_SHARES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class SplitCounts:
    """A measure's counts in one split, u units by g groups by m months.

    denominator, numerator: int64[u, g, m]; reported: bool[u, m], False where the unit has no row in that month, so that
    a count of zero differs from nothing reported; more: further sums of a measure that is no share of people, by name
    (entries.py), each int64[u, g, m].
    """

    groups: tuple[str, ...]
    denominator: npt.NDArray[np.int64]
    numerator: npt.NDArray[np.int64]
    reported: npt.NDArray[np.bool_]
    more: Mapping[str, npt.NDArray[np.int64]] = field(default_factory=dict)

    def at_last_month(self) -> "SplitCounts":
        """The last month alone."""
        more = {name: sums[..., -1:] for name, sums in self.more.items()}
        return SplitCounts(
            self.groups, self.denominator[..., -1:], self.numerator[..., -1:], self.reported[..., -1:], more
        )


Counts = dict[str, SplitCounts]
"""Split -> its counts."""


@dataclass(frozen=True)
class Cube:
    """An opened cube. Counts are read a measure at a time; one that was just written still holds them."""

    folder: Path
    manifest: dict[str, Any]
    held: Mapping[tuple[str, str], Counts] = field(default_factory=dict)
    """Of unit kind and measure."""

    @property
    def window(self) -> Window:
        return Window.parse(self.manifest["window"]["first_month"], self.manifest["window"]["months"])

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(name for kind, name in _split_names(self.manifest["tables"]) if kind == PRACTICE)

    def statistic(self, measure: str) -> str:
        """What its counts are made for: a proportion, rate, mean or median."""
        return str(self.manifest["tables"][f"{PRACTICE}/{measure}"]["statistic"])

    def units(self, kind: str = PRACTICE) -> tuple[str, ...]:
        return tuple(self.manifest["units"][kind])

    def read(self, measure: str, kind: str = PRACTICE) -> Counts:
        """The counts of a measure by practice or by small area, in the order of `units(kind)`."""
        if (kind, measure) in self.held:
            return self.held[kind, measure]
        table = read_small(_table_path(self.folder, kind, measure))
        groups = {
            split: self.manifest["splits"][split] for split in self.manifest["tables"][f"{kind}/{measure}"]["splits"]
        }
        more = self.manifest["tables"][f"{kind}/{measure}"]["more"]
        return _from_table(table, self.units(kind), groups, self.window, more)

    def read_value_counts(self, measure: str) -> ValueCounts:
        """How often each value of a median occurs. Raises KeyError for a measure that is none."""
        said = self.manifest["value_counts"][measure]
        groups = {split: self.manifest["splits"][split] for split in said["splits"]}
        path = self.folder / VALUE_COUNTS_FOLDER / f"{measure}.parquet"
        return read_value_counts(path, said["values"], groups, self.units(), self.window)

    def read_practice(self, measure: str, practice: str, split: str) -> pa.Table:
        """One practice's rows of a measure in a split (CUBE), every month it reported."""
        wanted = [("unit", "==", practice), ("split", "==", split)]
        return pq.read_table(_table_path(self.folder, PRACTICE, measure), filters=wanted)


def write_value_counts(
    folder: Path, value_counts: Iterable[tuple[str, ValueCounts]], practices: Sequence[str], window: Window
) -> Said:
    """Write those of each median into the folder of a cube, one after another since they are large; what the manifest
    of the cube will say of them."""
    said = {}
    (folder / VALUE_COUNTS_FOLDER).mkdir()
    for measure, counts in value_counts:
        table = to_table(counts, practices, window)
        pq.write_table(table, folder / VALUE_COUNTS_FOLDER / f"{measure}.parquet", compression="zstd")
        said[measure] = {
            "values": counts.values.tolist(),
            "splits": list(counts.rows),
            "rows": table.num_rows,
            "content_hash": table_hash(table),
        }
    return dict(sorted(said.items()))


def write_cube(
    folder: Path,
    *,
    window: Window,
    units: Mapping[str, Sequence[str]],
    counts: Mapping[str, Mapping[str, Counts]],
    hierarchy: Hierarchy,
    editions: Mapping[str, str],
    value_counts: Said = NO_VALUE_COUNTS,
    statistics: Mapping[str, str] = ALL_SHARES,
) -> Cube:
    """Write the cube into an existing folder and return it opened.

    units: unit kind (practice, small_area) -> its codes; counts: unit kind -> measure -> split -> counts in that order;
    editions: deprivation and geography; value_counts: what write_value_counts said; statistics: of measures that are no
    share. The manifest's content hash covers every table and everything it says itself, and depends on nothing else:
    not on shards, threads or the writer.
    """
    splits: dict[str, list[str]] = {}
    tables: dict[str, dict[str, Any]] = {}
    for kind, by_measure in counts.items():
        known: dict[tuple[Any, ...], Rows] = {}
        (folder / f"by_{kind}").mkdir(parents=True, exist_ok=True)
        for measure, of_measure in sorted(by_measure.items()):
            for split, of_split in of_measure.items():
                splits[split] = list(of_split.groups)
            rows = _find_rows(known, units[kind], of_measure, window)
            table = rows.to_table(measure, of_measure)
            _write_table(table, _table_path(folder, kind, measure))
            tables[f"{kind}/{measure}"] = {
                "unit": kind,
                "splits": list(of_measure),
                "statistic": statistics.get(measure, SHARE),
                "more": list(next(iter(of_measure.values())).more),
                "rows": table.num_rows,
                "content_hash": table_hash(table, rows.said),
            }
    manifest: dict[str, Any] = {
        "window": {"first_month": f"{window.year:04}-{window.month:02}", "months": window.months},
        "units": {kind: list(codes) for kind, codes in units.items()},
        "levels": list(hierarchy.levels),
        "chains": hierarchy.chains,
        "editions": dict(editions),
        "splits": splits,
        "tables": tables,
        "value_counts": value_counts,
    }
    manifest["content_hash"] = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()
    write_json(folder / "manifest.json", manifest)
    held = {(kind, measure): each for kind, by_measure in counts.items() for measure, each in by_measure.items()}
    return Cube(folder, manifest, held)


def _find_rows(known: dict[tuple[Any, ...], Rows], units: Sequence[str], counts: Counts, window: Window) -> Rows:
    """known: those found so far of this kind of unit."""
    key = tuple((split, each.groups, each.reported.tobytes()) for split, each in counts.items())
    if key not in known:
        known[key] = Rows.find(counts, units, window)
    return known[key]


def _write_table(table: pa.Table, path: Path) -> None:
    """Write a table and read its sums back, since what is checked hereafter is what was to be written."""
    write_sorted(table, path)
    sums = [name for name in table.column_names if pa.types.is_int64(table.schema.field(name).type)]
    if not pq.ParquetFile(path, pre_buffer=False).read(sums, use_threads=False).equals(table.select(sums)):
        raise refuse(path, "it does not hold what was written into it", "have the disk examined and build again")


def open_cube(folder: Path) -> Cube:
    return Cube(folder, read_json(folder / "manifest.json"))


def _table_path(folder: Path, kind: str, measure: str) -> Path:
    return folder / f"by_{kind}" / f"{measure}.parquet"


def _split_names(tables: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(kind, name) for kind, _, name in (each.partition("/") for each in tables)]


def _from_table(
    table: pa.Table,
    units: Sequence[str],
    groups_of: Mapping[str, Sequence[str]],
    window: Window,
    more: Sequence[str],
) -> Counts:
    """The rows as arrays; a split without a row has zeros, reported by nobody."""
    unit, split = decode(table["unit"], units), decode(table["split"], list(groups_of))
    days = table["month"].cast(pa.int32()).to_numpy().astype("datetime64[D]")
    month = days.astype("datetime64[M]").astype(np.int64) - window.first_month
    parts = {name: table[name].to_numpy() for name in ("denominator", "numerator", *more)}
    counts: Counts = {}
    for code, (name, groups) in enumerate(groups_of.items()):
        rows = np.flatnonzero(split == code)
        group = decode(table["group"].take(rows), groups)
        shape = (len(units), len(groups), window.months)
        sums = {part: np.zeros(shape, np.int64) for part in parts}
        for part, values in parts.items():
            sums[part][unit[rows], group, month[rows]] = values[rows]
        reported = np.zeros((shape[0], shape[2]), bool)
        reported[unit[rows], month[rows]] = True
        further = {part: sums[part] for part in more}
        counts[name] = SplitCounts(tuple(groups), sums["denominator"], sums["numerator"], reported, further)
    return counts
