"""Read assets.csv: the strengths of places (groups, volunteers, services), which stand beside every need.

Columns: asset (its name), kind (group, volunteers, service or place), area (a code of organisations.csv), helps (slugs
of programmes, with spaces between; empty for everybody), told (one sentence), source, recorded_on (YYYY-MM-DD).
Every row says where it is from: an invented one says `invented`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, nearest
from placewise.floor.vocabulary.organisations import Hierarchy

COLUMNS = ("asset", "kind", "area", "helps", "told", "source", "recorded_on")
KINDS = ("group", "volunteers", "service", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One strength of an area. helps: programmes it helps with; none: everybody there."""

    asset: str
    kind: str
    area: str
    helps: tuple[str, ...]
    told: str
    source: str
    recorded_on: date


def find_assets(path: Path, hierarchy: Hierarchy) -> tuple[tuple[Asset, ...], list[Fault]]:
    """The assets, and the mistakes of the file by line; no assets if there are any."""
    rows, faults = find_rows(path, COLUMNS)
    file, assets = str(path), []
    for line, cells in rows:
        if not (cells["asset"] and cells["source"]):
            faults.append(Fault(file, line, "an asset needs a name and a source", "write both, or take the row out"))
        if cells["kind"] not in KINDS:
            faults.append(Fault(file, line, f"{cells['kind']} is no kind of asset", f"use one of {', '.join(KINDS)}"))
        if cells["area"] not in hierarchy.organisations:
            remedy = nearest(cells["area"], hierarchy.organisations)
            faults.append(Fault(file, line, f"{cells['area']} is not in organisations.csv", remedy))
        try:
            recorded = date.fromisoformat(cells["recorded_on"])
        except ValueError:
            faults.append(Fault(file, line, f"{cells['recorded_on']} is no date", "write it as 2026-01-31"))
            continue
        assets.append(Asset(**{**cells, "helps": tuple(cells["helps"].split()), "recorded_on": recorded}))  # type: ignore[arg-type]
    return ((), faults) if faults else (tuple(assets), [])
