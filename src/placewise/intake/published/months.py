"""Months as publishers write them, to YYYY-MM."""

import calendar

import pyarrow as pa
import pyarrow.compute as pc

from placewise.intake.published.content import Content

_MONTHS = {
    name.upper(): number for names in (calendar.month_abbr, calendar.month_name) for number, name in enumerate(names)
}


def read_month(written: str) -> str | None:
    """`01AUG2020`, `AUG2020`, `August-2020`, `2020-08-01` or `2020-08` as `2020-08`; None for anything else."""
    word = written.strip().upper()
    if len(word) in (7, 10) and word[4] == "-" and word[:4].isdigit() and word[5:7].isdigit():
        return word[:7] if 1 <= int(word[5:7]) <= 12 else None
    name, year = word[:-4].strip("- 0123456789"), word[-4:]
    number = _MONTHS.get(name) if name else None
    return f"{year}-{number:02d}" if number and year.isdigit() else None


def get_months(content: Content, column: str, words: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of months as YYYY-MM. Raises FaultsFound at the first that is none."""
    encoded = pc.dictionary_encode(words.combine_chunks())
    known = [read_month(word) for word in encoded.dictionary.to_pylist()]
    if None in known:
        word = encoded.dictionary[known.index(None)].as_py()
        row = pc.index(words, word).as_py()
        raise content.fault(row, f"the column {column} holds `{word}` where a month is due")
    return pa.chunked_array([pa.array(known, pa.string()).take(encoded.indices)])
