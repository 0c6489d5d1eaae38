"""Which larger area each area lies in, and as which areas it was drawn anew since, as one load's lookups say."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.intake.contract import LIES_IN, NAMES_FILE, OBSERVATIONS_FILE

REDRAWN_AS = "redrawn_as"
"""The split of a lookup from one edition of areas to the next: an area that was split stands in several of its rows."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One lookup's rows for one split. rows: area, group; names: of the groups that have one."""

    source: str
    rows: pa.Table
    names: dict[str, str]


def read_memberships(folder: Path, split: str) -> tuple[Membership, ...]:
    """Those of every lookup in a load of observations that knows the split, by source."""
    wanted = [("indicator", "==", LIES_IN), ("split", "==", split)]
    table = pq.read_table(folder / OBSERVATIONS_FILE, columns=["source", "area", "group"], filters=wanted)
    table = table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))
    names = pq.read_table(folder / NAMES_FILE, filters=[("kind", "==", split)])
    called = dict(zip(names["code"].to_pylist(), names["name"].to_pylist(), strict=True))
    return tuple(
        Membership(source, table.filter(pc.equal(table["source"], source)).select(["area", "group"]), called)
        for source in sorted(table["source"].unique().to_pylist())
    )


def read_area_names(folder: Path, codes: pa.ChunkedArray) -> dict[str, str]:
    """What publishers call these areas, of those they name."""
    names = pq.read_table(folder / NAMES_FILE)
    names = names.filter(pc.is_in(names["code"], codes.combine_chunks()))
    return dict(zip(names["code"].to_pylist(), names["name"].to_pylist(), strict=True))
