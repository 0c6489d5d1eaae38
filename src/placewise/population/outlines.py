"""The outlines of the areas where people live, in the edition of the records.

Outlines may be of a later edition than the records. An area that was split since is drawn from its parts, which are
exactly it; one that was merged into another, or redrawn across old borders, cannot be drawn and lies, for finding what
is beside what, where the area that took it in does. What becomes of every area is counted and told.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.checking import Check
from placewise.floor.vocabulary.residence import MIDDLE_AREA, RESIDENCE, SMALL_AREA, TITLES, get_outlines_check
from placewise.intake.contract import BOUNDARIES
from placewise.intake.published.build import read_outlines
from placewise.intake.published.memberships import REDRAWN_AS, read_memberships
from placewise.population.areas import ROOM, Areas

MOST_PARTS = 10_000
"""Of one outline."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """BOUNDARIES of small and middle areas. drawn: those that are known; placed: those, and for others the area that
    took them in; checks: how many of each there are."""

    drawn: pa.Table
    placed: pa.Table
    checks: tuple[Check, ...]


def find_outlines(areas: Areas, observations: Path | None) -> Outlines | None:
    """Of the published files in force; None where none of them holds an outline."""
    outlines = read_outlines(observations) if observations else None
    if observations is None or outlines is None:
        return None
    rows = [each.rows for each in read_memberships(observations, REDRAWN_AS)]
    redrawn = ((row["area"], row["group"]) for table in rows for row in table.to_pylist())
    return fit_outlines(areas, outlines, list(redrawn))


def fit_outlines(areas: Areas, outlines: pa.Table, redrawn: Sequence[tuple[str, str]]) -> Outlines:
    """outlines: BOUNDARIES of any kinds of area and edition; redrawn: old code and new, a row for each part."""
    known = set(outlines["area"].unique().to_pylist())
    parts, wholes = defaultdict(list), defaultdict(set)
    for old, new in redrawn:
        parts[old].append(new)
        wholes[new].add(old)
    drawn: list[pa.Table] = []
    placed: list[pa.Table] = []
    checks = []
    made: dict[str, list[str]] = {}
    for level in reversed(RESIDENCE):
        of = _Found.find(areas.codes[level], known, parts, wholes)
        if level == MIDDLE_AREA:
            of.piece_together(areas, made)
        made |= of.drawn
        drawn.append(_gather(outlines, level, of.drawn))
        placed.append(_gather(outlines, level, of.drawn | of.taken_in))
        if areas.codes[level]:
            checks.append(of.tell(level))
    return Outlines(pa.concat_tables(drawn), pa.concat_tables(placed), tuple(checks))


@dataclass(slots=True)
class _Found:
    """Code -> the outlines that make it: one of its own or several parts; taken_in: that of what took it in."""

    drawn: dict[str, list[str]]
    taken_in: dict[str, list[str]]
    nowhere: list[str]

    @classmethod
    def find(
        cls, codes: Sequence[str], known: set[str], parts: Mapping[str, list[str]], wholes: Mapping[str, set[str]]
    ) -> "_Found":
        found = cls({}, {}, [])
        for code in codes:
            new = parts.get(code, [])
            if code in known:
                found.drawn[code] = [code]
            elif new and known.issuperset(new):
                exact = all(wholes[each] == {code} for each in new) and len(new) > 1
                (found.drawn if exact else found.taken_in)[code] = new
            else:
                found.nowhere.append(code)
        return found

    def piece_together(self, areas: Areas, made: Mapping[str, list[str]]) -> None:
        """Middle areas without an outline of their own, all of whose small areas are drawn."""
        inside = defaultdict(list)
        for small, middle in zip(*(areas.rows[level].to_pylist() for level in (SMALL_AREA, MIDDLE_AREA)), strict=True):
            inside[middle].append(small)
        for code in [code for code in (*self.taken_in, *self.nowhere) if all(each in made for each in inside[code])]:
            self.drawn[code] = [outline for small in inside[code] for outline in made[small]]
            self.taken_in.pop(code, None)
        self.nowhere = [code for code in self.nowhere if code not in self.drawn]

    def tell(self, level: str) -> Check:
        own = sum(made == [code] for code, made in self.drawn.items())
        told = [f"{own:,} {TITLES[level]} have an outline of their own"]
        if pieced := len(self.drawn) - own:
            told.append(f"{pieced:,} are drawn from the parts they were split into")
        if merged := len(self.taken_in):
            told.append(f"{merged:,} were merged or redrawn, are on no map, and lie where what took them in does")
        if self.nowhere:
            told.append(f"{len(self.nowhere):,} have none, are on no map and are scanned for clusters by themselves")
        return Check(ROOM, get_outlines_check(level), True, "; ".join(told) + ".")


def _gather(outlines: pa.Table, level: str, made: Mapping[str, list[str]]) -> pa.Table:
    """BOUNDARIES of areas as they are made of outlines; each keeps its code, and its parts are counted on."""
    if not made:
        return BOUNDARIES.empty_table()
    pieces = [(outline, code, number) for code, of in made.items() for number, outline in enumerate(of)]
    at = _find_rows(outlines)
    rows = np.concatenate([np.arange(*at[outline]) for outline, _, _ in pieces])
    lengths = [at[outline][1] - at[outline][0] for outline, _, _ in pieces]
    taken = outlines.take(pa.array(rows))
    codes = pa.array(np.repeat(np.array([code for _, code, _ in pieces], object), lengths), pa.string())
    of_its_own = pc.equal(taken["area"].cast(pa.string()), codes)
    part = taken["part"].to_numpy() + np.repeat([number for _, _, number in pieces], lengths) * MOST_PARTS
    columns = {
        "kind": pa.repeat(level, len(rows)),
        "area": codes,
        "name": pc.if_else(of_its_own, taken["name"].cast(pa.string()), codes),
        "part": pa.array(part.astype(np.int32)),
        "ring": taken["ring"],
        "longitude": taken["longitude"],
        "latitude": taken["latitude"],
    }
    return pa.table(columns).cast(BOUNDARIES)


def _find_rows(outlines: pa.Table) -> dict[str, tuple[int, int]]:
    """Area -> its first row and the one after its last, of the first kind that knows it."""
    keys = pc.binary_join_element_wise(outlines["kind"].cast(pa.string()), outlines["area"].cast(pa.string()), "\n")
    codes = keys.combine_chunks().dictionary_encode()
    starts = np.flatnonzero(np.diff(codes.indices.to_numpy(), prepend=-1))
    areas = outlines["area"].take(pa.array(starts)).to_pylist()
    found: dict[str, tuple[int, int]] = {}
    for area, start, stop in zip(areas, starts.tolist(), [*starts[1:].tolist(), len(outlines)], strict=True):
        found.setdefault(area, (start, stop))
    return found
