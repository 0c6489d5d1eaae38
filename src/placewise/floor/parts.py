"""What was worked out of one shard, kept under a name that tells all it rests on, so that it is never worked out twice.

FOLDER/KEY/NAME.arrow    the tables of one part; written whole, readable by its owner alone, since some are of persons
"""

import shutil
from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
from pyarrow import feather

from placewise.floor.folders import whole_folder

Part = dict[str, pa.Table]
"""Tables by name."""


class KeptParts:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, key: str) -> bool:
        return (self._folder / key).is_dir()

    def read(self, key: str, tables: Collection[str] | None = None) -> Part | None:
        """The part as it was kept, all of it or those of its tables, or None if there is none."""
        folder = self._folder / key
        if not folder.is_dir():
            return None
        paths = [path for path in sorted(folder.glob("*.arrow")) if tables is None or path.stem in tables]
        return {path.stem: feather.read_table(path, memory_map=False) for path in paths}

    def keep(self, key: str, part: Part) -> None:
        """Raises FaultsFound if the disk is full, with nothing half-written."""
        with whole_folder(self._folder / key) as draft:
            for name, table in part.items():
                feather.write_feather(table, str(draft / f"{name}.arrow"), compression="uncompressed")

    def prune(self, wanted: Collection[str]) -> None:
        """Remove every part but these."""
        for folder in self._folder.glob("[!.]*"):
            if folder.is_dir() and folder.name not in wanted:
                shutil.rmtree(folder, ignore_errors=True)
