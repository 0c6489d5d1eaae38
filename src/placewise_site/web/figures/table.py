"""A table as it stands on a page, and the CSV of exactly that."""

import csv
import io
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One table cell: what is read on screen, what is written to the CSV and what it is sorted by (None sorts last).

    address: of the claim behind a figure, if it is one, so that anybody can check it.
    """

    words: str
    plain: str
    order: float | str | None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    entries: tuple[Entry, ...]
    marks: dict[str, Any] = field(default_factory=dict)  # what a chart draws for this row
    page: str = ""  # the address of the page about this row, if it has one


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    sorted_by: str = ""

    def sort(self, order: str) -> "Table":
        """The same table by a column, `-column` for descending; missing entries last either way.

        An unknown column leaves the table as it is: an address typed wrongly is no reason to fail.
        """
        name = order.removeprefix("-")
        position = next((i for i, column in enumerate(self.columns) if column.key == name), None)
        if position is None:
            return self
        present = [row for row in self.rows if row.entries[position].order is not None]
        missing = [row for row in self.rows if row.entries[position].order is None]
        present.sort(key=lambda row: row.entries[position].order, reverse=order.startswith("-"))  # type: ignore[arg-type,return-value]
        return replace(self, rows=(*present, *missing), sorted_by=order)

    def order_after(self, column: Column) -> str:
        """The order a click on a column's heading asks for: numbers fall first, words rise first, then the reverse."""
        first, second = (f"-{column.key}", column.key) if column.is_number else (column.key, f"-{column.key}")
        return second if self.sorted_by == first else first

    def state_of(self, column: Column) -> str:
        """ascending, descending or none, as aria-sort has it."""
        if self.sorted_by.removeprefix("-") != column.key:
            return "none"
        return "descending" if self.sorted_by.startswith("-") else "ascending"

    def csv(self) -> bytes:
        """Exactly the rows and columns on screen, in their order; UTF-8 with a mark so that spreadsheets read it."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([column.title for column in self.columns])
        writer.writerows([[entry.plain for entry in row.entries] for row in self.rows])
        return text.getvalue().encode("utf-8-sig")


def words_entry(words: str) -> Entry:
    return Entry(words, words, words.casefold())


def number_entry(words: str, number: float | None, missing: str = "", address: str = "") -> Entry:
    """A number as it reads on screen, written without thousands separators; `missing` says why there is none."""
    if number is None:
        return Entry(missing, missing, None, address)
    return Entry(words, words.replace(",", ""), number, address)
