"""The Warehouse as its readers see it: the load in force for one purpose, shard by shard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.door.declaration import check_retention, is_expired
from placewise.floor.faults import refuse
from placewise.floor.folders import current, read_json
from placewise.floor.timeline.layers import Layers, find_layers
from placewise.intake.contract import LAYOUT, LOAD_FILE, SHARD_TABLES, WAREHOUSE, LoadReport, TableReport


@dataclass(frozen=True, slots=True)
class Warehouse:
    """One load. Its people are pseudonymised and still personal data: read only what the purpose allows."""

    folder: Path
    report: LoadReport
    shard_folders: tuple[Path, ...]

    def read(self, shard_folder: Path, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table of one shard in the types of SHARD_TABLES, sorted by person_id, date, concept_id."""
        names = list(columns) if columns is not None else SHARD_TABLES[table].names
        layers = find_layers(shard_folder)
        if len(layers) > 1:
            laid = Layers.read(layers).read_table(table)
            keys = [key for key in ("person_id", "date", "start_date", "concept_id") if key in laid.column_names]
            return laid.sort_by([(key, "ascending") for key in keys]).select(names)
        return pq.read_table(shard_folder / f"{table}.parquet", columns=names)

    @property
    def small_areas(self) -> pa.Table:
        return pq.read_table(self.folder / "small_areas.parquet")

    @property
    def organisations(self) -> pa.Table:
        """The deployment's organisations on the day of the load, one row each, as in organisations.csv."""
        return pq.read_table(self.folder / "organisations.parquet")

    @property
    def sealed_identity(self) -> pa.Table:
        """NHS numbers, each sealed to the treating practice: ciphertext to everybody else."""
        return pq.read_table(self.folder / "sealed_identity.parquet")


def open_warehouse(store: Path, purpose: str) -> Warehouse:
    """The load in force for this purpose. Raises FaultsFound if there is none, it may be kept no more or its tables are
    not those of this version."""
    folder = current(store / WAREHOUSE / purpose)
    if folder is None:
        raise refuse(
            store / WAREHOUSE / purpose, "no load is in force for this purpose", "run `placewise intake` first"
        )
    warehouse = read_warehouse(folder)
    if warehouse.report.layout != LAYOUT:
        raise refuse(
            folder, "it was written by another version of Placewise", "run `placewise intake` on its source again"
        )
    check_retention(date.fromisoformat(warehouse.report.retention_until), folder)
    return warehouse


def find_expired_loads(store: Path) -> list[Path]:
    """Every load of the store, in force or not, that may be kept no more."""
    folders = sorted(path.parent for path in (store / WAREHOUSE).glob(f"*/*/{LOAD_FILE}"))
    return [each for each in folders if is_expired(date.fromisoformat(read_report(each).retention_until))]


def read_warehouse(folder: Path) -> Warehouse:
    """The load of a folder, in force or not."""
    return Warehouse(folder, read_report(folder), tuple(sorted(folder.glob("shard=*"))))


def read_report(folder: Path) -> LoadReport:
    """The LoadReport of a load's folder."""
    held = read_json(folder / LOAD_FILE)
    earlier = {shard: tuple(contents) for shard, contents in held.get("earlier_contents", {}).items()}
    lists = {"changes": tuple(held.get("changes", ())), "earlier_contents": earlier}
    return LoadReport(
        **{"layout": 0, **held, **lists, "tables": tuple(TableReport(**table) for table in held["tables"])}
    )
