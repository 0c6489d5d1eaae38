"""The invented system as practices' records would make it known: each record some while after what it tells of.

Of what is recorded half is known at once, and most of the rest within some months. Each month the records known by then
go through the door, the intake, the build and the release, as the commands would have it.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from placewise import pipeline
from placewise.config import Deployment, read_deployment
from placewise.floor.progress import quiet
from placewise.floor.timeline.window import Window
from placewise.publishing.release import Release, open_for_audit

DEPLOYMENT = "sandbox"
FIRST = np.datetime64("2025-01", "M")
"""The last month of the first release."""
MONTHS = 12
"""Of each release's window."""
BEGINS: Mapping[str, str] = {
    "condition_occurrence": "condition_start_date",
    "death": "death_date",
    "drug_exposure": "drug_exposure_start_date",
    "measurement": "measurement_date",
    "observation": "observation_date",
    "procedure_occurrence": "procedure_date",
    "registration": "registration_start_date",
    "residence": "residence_start_date",
    "visit_occurrence": "visit_start_date",
}
AT_ONCE = ("registration", "residence")
"""Who is registered where is known on the day."""
MONTHLY = 0.3
"""The chance that a record known late comes in a given month."""
LINKAGE_KEY = b"invented people need no secret!!"


class LateDemonstration:
    """The records of one invented system, in folder/records, and its releases in the stores it is asked to make."""

    def __init__(self, folder: Path, people: int, seed: int = 1) -> None:
        self.folder, self.seed = folder, seed
        pipeline.synthesise(read_deployment(DEPLOYMENT), folder / "records", people, seed, quiet)

    @cached_property
    def known(self) -> dict[str, tuple[pa.Table, np.ndarray]]:
        """Each table, and the month by whose end each of its rows is known."""
        chance = np.random.default_rng(self.seed)
        found = {}
        for path in sorted((self.folder / "records").glob("*.parquet")):
            table = pq.read_table(path)
            month = np.full(len(table), np.datetime64("1900-01", "M"))
            if path.stem in BEGINS:
                month = table[BEGINS[path.stem]].to_numpy().astype("datetime64[M]")
                late = (chance.random(len(table)) < 0.5) & (path.stem not in AT_ONCE)
                month = month + np.where(late, chance.geometric(MONTHLY, len(table)), 0)
            found[path.stem] = table, month
        return found

    def deployment(self, release: int) -> Deployment:
        first = FIRST + release - MONTHS + 1
        year, month = divmod(int(first.astype(np.int64)), 12)
        return replace(read_deployment(DEPLOYMENT), window=Window(1970 + year, month + 1, MONTHS))

    def release(self, store: Path, release: int) -> Release:
        """Of what is known so many months after the first release, put in force in a store."""
        deployment = self.deployment(release)
        records, extract = (self.folder / f"{what}-{release}" for what in ("records", "extract"))
        if not extract.is_dir():
            self._write(records, release)
            pipeline.pass_door(
                deployment,
                records,
                extract,
                purpose=pipeline.PLANNING,
                practice_keys=self.folder / "records" / "practice_keys",
                linkage_key=LINKAGE_KEY,
                report=quiet,
            )
        pipeline.receive(deployment, extract, store, None, quiet)
        pipeline.build(deployment, store, quiet)
        return open_for_audit(pipeline.release(deployment, store, quiet))

    def _write(self, records: Path, release: int) -> None:
        records.mkdir()
        for name, (table, month) in self.known.items():
            kept = table.filter(pa.array(month <= FIRST + release))
            pq.write_table(kept, records / f"{name}.parquet")
