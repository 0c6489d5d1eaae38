"""Where people live: the small areas of a load, and the middle area that each lies in.

The records name small areas and how deprived they are. In which middle area one lies stands in a lookup that the system
was given, published or invented, as its outlines are. Codes are never used twice, so a lookup is chosen by the codes it
knows: one of another edition knows fewer, and what it does not know is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from placewise.floor.checking import Check
from placewise.floor.vocabulary.residence import MIDDLE_AREA, SMALL_AREA
from placewise.intake.published.memberships import Membership, read_area_names, read_memberships
from placewise.population.contract import POPULATION_FOLDER

ROOM = "residence"
"""What is told here counts areas, which everybody knows, and never people."""
AREAS_FILE = "areas.parquet"
AREAS = pa.schema(
    [
        pa.field("small_area", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),  # its code where nobody names it
        pa.field("middle_area", pa.string(), nullable=False),  # "" where no lookup says
        pa.field("middle_name", pa.string(), nullable=False),
        pa.field("deprivation_decile", pa.int8()),
    ]
)
"""BUILD/population/areas.parquet: a row a small area of the load, by code."""


@dataclass(frozen=True)
class Areas:
    """AREAS, opened. home: of each small area the place of its middle area, -1 where no lookup says."""

    rows: pa.Table

    @cached_property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """Level -> its areas, by code."""
        middle = sorted(set(self.rows[MIDDLE_AREA].to_pylist()) - {""})
        return {MIDDLE_AREA: tuple(middle), SMALL_AREA: tuple(self.rows[SMALL_AREA].to_pylist())}

    @cached_property
    def home(self) -> npt.NDArray[np.int64]:
        place = {code: at for at, code in enumerate(self.codes[MIDDLE_AREA])}
        return np.array([place.get(code, -1) for code in self.rows[MIDDLE_AREA].to_pylist()], np.int64)

    @classmethod
    def alone(cls, codes: Sequence[str]) -> "Areas":
        """Small areas of which nothing is known but their codes."""
        nothing = {"middle_area": [""] * len(codes), "middle_name": [""] * len(codes)}
        deciles = pa.nulls(len(codes), pa.int8())
        return cls(pa.table({"small_area": codes, "name": codes, **nothing, "deprivation_decile": deciles}, AREAS))

    def tell(self) -> dict[str, dict[str, str]]:
        """Of every area its level, name, the area it lies in, and of a small one the fifth of deprivation."""
        told: dict[str, dict[str, str]] = {}
        for row in self.rows.to_pylist():
            if row["middle_area"]:
                told[row["middle_area"]] = {"level": MIDDLE_AREA, "name": row["middle_name"], "parent": "", "fifth": ""}
            decile = row["deprivation_decile"]
            told[row["small_area"]] = {
                "level": SMALL_AREA,
                "name": row["name"],
                "parent": row["middle_area"],
                "fifth": f"{(decile + 1) // 2}" if decile else "",
            }
        return told


def read_areas(build: Path) -> Areas | None:
    """Those of a build; None of one from before they were kept."""
    path = build / POPULATION_FOLDER / AREAS_FILE
    return Areas(pq.read_table(path)) if path.is_file() else None


def find_areas(small_areas: pa.Table, observations: Path | None) -> tuple[pa.Table, tuple[Check, ...]]:
    """AREAS of a load's small areas (door/contract.py SMALL_AREAS), and what a reader is to know of them.

    observations: the folder of the published files in force, or None.
    """
    codes = small_areas.sort_by("small_area")
    known = read_memberships(observations, MIDDLE_AREA) if observations else ()
    names = read_area_names(observations, codes["small_area"]) if observations else {}
    return build_areas(codes, known, names)


def build_areas(
    small_areas: pa.Table, known: Sequence[Membership], names: Mapping[str, str]
) -> tuple[pa.Table, tuple[Check, ...]]:
    """As find_areas. small_areas: by code; names: of those that have one."""
    codes = small_areas["small_area"].to_pylist()
    best = max(known, key=lambda each: _count_known(each, small_areas["small_area"]), default=None)
    lies_in = dict(zip(best.rows["area"].to_pylist(), best.rows["group"].to_pylist(), strict=True)) if best else {}
    middle = [lies_in.get(code, "") for code in codes]
    rows = pa.table(
        {
            "small_area": codes,
            "name": [names.get(code, code) for code in codes],
            "middle_area": middle,
            "middle_name": [best.names.get(code, code) if best else code for code in middle],
            "deprivation_decile": small_areas["deprivation_decile"].cast(pa.int8()),
        },
        schema=AREAS,
    )
    return rows, (_tell_middle_areas(codes, middle, best),) if codes else ()


def _count_known(membership: Membership, codes: pa.ChunkedArray) -> int:
    return int(pc.sum(pc.is_in(codes, membership.rows["area"].combine_chunks())).as_py() or 0)


def _tell_middle_areas(codes: Sequence[str], middle: Sequence[str], lookup: Membership | None) -> Check:
    alone = [code for code, home in zip(codes, middle, strict=True) if not home]
    if len(alone) == len(codes):
        told = "No lookup says in which middle area a small area lies, so none is counted by middle area."
    else:
        larger = len(set(middle) - {""})
        told = f"{len(codes) - len(alone):,} small areas lie in {larger:,} middle areas"
        told += f", by the lookup {lookup.source}." if lookup else "."
        if alone:
            told += f" {len(alone):,} are in no middle area there, {', '.join(alone[:3])} for one, and count in none."
    return Check(ROOM, "small areas in middle areas", True, told)
