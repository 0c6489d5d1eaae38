"""What an adapter hands back: a file's values as Observations, its names, and what became of every row."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict

from placewise.floor.faults import refuse
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.intake.contract import LIES_IN, NAMES, OBSERVATIONS
from placewise.intake.published.content import Content
from placewise.intake.published.definition import PublishedFile

Words: TypeAlias = str | pa.Array | pa.ChunkedArray
Numbers: TypeAlias = npt.NDArray[np.float64] | pa.Array | pa.ChunkedArray

CODE_SHAPES = {"lsoa11": r"^[EW]01\d{6}$", "lsoa21": r"^[EW]01\d{6}$", PRACTICE: r"^[A-Z]\d{5}$"}
"""Area kind -> how its codes look (ONS code history database; NHS ODS). A source may name its own."""


@dataclass(frozen=True, slots=True)
class Reading:
    """observations: columns of OBSERVATIONS; names: of NAMES; rows_in = rows_kept + the sum of rejected."""

    observations: pa.Table
    names: pa.Table
    rows_in: int
    rows_kept: int
    rejected: dict[str, int] = field(default_factory=dict)


class Adapter(BaseModel, ABC):
    """How one published layout is read. Its fields are the options in published.yaml, checked before a file opens."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def read(self, source: str, file: PublishedFile, content: Content) -> Reading:
        """Raises FaultsFound where the file is not in the layout."""


class Area(BaseModel):
    """The columns that say which area a row is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    code: str
    name: str = ""
    shape: str = ""
    """A regular expression that every code matches: how a shifted column is known."""

    @property
    def columns(self) -> list[str]:
        return [self.code, self.name] if self.name else [self.code]

    def get_names(self, table: pa.Table) -> pa.Table:
        return get_names(self.kind, table[self.code], table[self.name]) if self.name else NAMES.empty_table()


def check_area(content: Content, area: Area, table: pa.Table, *, unique: bool) -> None:
    """Raises FaultsFound at the first row whose code is not of its kind's shape or, if unique, was there before."""
    codes = table[area.code]
    if shape := area.shape or CODE_SHAPES.get(area.kind):
        bad = pc.invert(pc.match_substring_regex(codes, shape))
        if (row := pc.index(bad, True).as_py()) >= 0:
            fault = f"the column {area.code} holds `{codes[row].as_py()}`, which is not the code of a {area.kind}"
            raise content.fault(row, fault)
    if unique:
        values = codes.to_numpy()
        _, first = np.unique(values, return_index=True)
        if len(first) < len(values):
            row = int(np.setdiff1d(np.arange(len(values)), first)[0])
            raise content.fault(row, f"the area {values[row]} was given before", "keep one row for each area")


def check_once(content: Content, codes: pa.ChunkedArray, periods: pa.ChunkedArray) -> None:
    """Raises FaultsFound where an area is given twice in one period."""
    pairs = pc.binary_join_element_wise(codes, periods, " in ")
    again = [each["values"] for each in pc.value_counts(pairs.combine_chunks()).to_pylist() if each["counts"] > 1]
    if again:
        raise refuse(content.name, f"{again[0]} is given more than once", "keep one row for each period")


def get_observations(
    source: str,
    *,
    indicator: Words,
    area_kind: str,
    area: Words,
    period: Words,
    value: Numbers,
    split: Words = "all",
    group: Words = "all",
    denominator: Numbers | None = None,
) -> pa.Table:
    """A table of OBSERVATIONS from columns of one length; a plain word stands for a column of it."""
    rows = len(value)
    words = {
        "source": source,
        "indicator": indicator,
        "area_kind": area_kind,
        "area": area,
        "split": split,
        "group": group,
    }
    columns = {name: _as_words(column, rows) for name, column in words.items()}
    columns["period"] = pa.repeat(period, rows) if isinstance(period, str) else period
    columns["value"] = value
    columns["denominator"] = pa.nulls(rows, pa.float64()) if denominator is None else denominator
    return pa.table([columns[name] for name in OBSERVATIONS.names], schema=OBSERVATIONS)


def get_membership(source: str, kind: str, area: Words, period: str, split: str, group: Words) -> pa.Table:
    """Observations that say in which group of a split each area lies."""
    ones = np.ones(len(area))
    return get_observations(
        source, indicator=LIES_IN, area_kind=kind, area=area, period=period, split=split, group=group, value=ones
    )


def get_names(kind: str, codes: Words, names: Words) -> pa.Table:
    """Each code once, with the first name it has."""
    table = pa.table({"code": codes, "name": names}).group_by("code").aggregate([("name", "min")])
    return pa.table([pa.repeat(kind, len(table)), table["code"], table["name_min"]], schema=NAMES)


def join_tables(tables: Iterable[pa.Table]) -> pa.Table:
    return pa.concat_tables(tables).unify_dictionaries()


def repeat_words(words: Sequence[str] | pa.ChunkedArray, times: int) -> pa.DictionaryArray:
    """Each word so many times before the next: the areas of a table of counts laid out row by row."""
    column = pa.chunked_array([words]) if not isinstance(words, pa.ChunkedArray) else words
    encoded = column.combine_chunks().dictionary_encode()
    return pa.DictionaryArray.from_arrays(pa.array(np.repeat(encoded.indices.to_numpy(), times)), encoded.dictionary)


def cycle_words(words: Sequence[str], times: int) -> pa.DictionaryArray:
    """All the words, so many times over: the columns of a table of counts laid out row by row."""
    indices = np.tile(np.arange(len(words), dtype=np.int32), times)
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(words, pa.string()))


def _as_words(column: Words, rows: int) -> pa.Array | pa.ChunkedArray:
    if isinstance(column, str):
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([column]))
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
