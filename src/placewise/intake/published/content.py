"""A published file as its bytes: read once, hashed, unpacked, and handed out by column.

Everything that can be wrong with a file before anyone looks at its meaning is found here, and told in one sentence:
it is missing, cut short, not what its name says, lacks a column, has a row of another width, or holds text where a
number is due (the sign of a shifted column).
"""

import gzip
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from placewise.floor.faults import FaultsFound, refuse

SEND_AGAIN = "download it again from its publisher"
OTHER_EDITION = "check that this is the edition the deployment names, or correct its columns in published.yaml"


@dataclass(frozen=True)
class Content:
    """A file's text, in memory. name: as the deployment names it; sha256: of the file as it lies on the disk."""

    name: str
    sha256: str
    text: bytes

    @cached_property
    def columns(self) -> list[str]:
        """The header, as it stands."""
        line = self.text[: self.text.find(b"\n") + 1] or self.text
        try:
            return list(pa.csv.read_csv(io.BytesIO(line)).column_names)
        except pa.ArrowInvalid:
            raise refuse(self.name, "it has no header", SEND_AGAIN) from None

    def table(self, text: Sequence[str], numbers: Sequence[str] = ()) -> pa.Table:
        """These columns: text as string, numbers as float64 with null where the publisher left the cell empty."""
        if missing := [each for each in (*text, *numbers) if each not in self.columns]:
            raise refuse(self.name, f"it has no column named {_listed(missing)}", OTHER_EDITION)
        types = {**dict.fromkeys(text, pa.string()), **dict.fromkeys(numbers, pa.float64())}
        try:
            return self._parse(types)
        except pa.ArrowInvalid as error:
            raise self._told(list(text), list(numbers), error) from None

    def fault(self, row: int, fault: str, remedy: str = OTHER_EDITION) -> FaultsFound:
        """A fault in a data row, counted from 0; the file's first line is its header."""
        return refuse(self.name, fault, remedy, row + 2)

    def _parse(self, types: dict[str, pa.DataType], threads: bool = True) -> pa.Table:
        return pa.csv.read_csv(
            io.BytesIO(self.text),
            read_options=pa.csv.ReadOptions(use_threads=threads, block_size=1 << 24),
            convert_options=pa.csv.ConvertOptions(
                include_columns=list(types), column_types=types, null_values=[""], strings_can_be_null=False
            ),
        )

    def _told(self, text: list[str], numbers: list[str], error: pa.ArrowInvalid) -> FaultsFound:
        try:
            table = self._parse(dict.fromkeys((*text, *numbers), pa.string()), threads=False)
        except pa.ArrowInvalid as parse_error:
            said = re.search(r"Row #(\d+): Expected (\d+) columns, got (\d+)", str(parse_error))
            if not said:
                return refuse(self.name, f"it is not a table of text ({error})", SEND_AGAIN)
            line, due, got = said.groups()
            fault = f"the row has {got} values where the header has {due} columns"
            return refuse(self.name, fault, SEND_AGAIN, int(line))
        for column in numbers:
            bad = pc.invert(pc.match_substring_regex(table[column], r"^$|^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"))
            if (row := pc.index(bad, True).as_py()) >= 0:
                value = table[column][row].as_py()
                return self.fault(row, f"the column {column} holds `{value}` where a number is due", OTHER_EDITION)
        return refuse(self.name, f"it is not a table of text ({error})", SEND_AGAIN)


def read_content(folder: Path, file: str) -> Content:
    """A file under the folder: plain, .gz, or a .zip holding one CSV. Raises FaultsFound if it cannot be read whole."""
    path = folder / file
    try:
        packed = path.read_bytes()
    except FileNotFoundError:
        raise refuse(
            file, "there is no such file in the folder of published data", "put it there and run again"
        ) from None
    except OSError as error:
        raise refuse(file, f"it cannot be read ({error.strerror})", "check the path and the permissions") from None
    text = _unpack(file, packed)
    if not text.strip():
        raise refuse(file, "it is empty", SEND_AGAIN)
    return Content(file, hashlib.sha256(packed).hexdigest(), text)


def _unpack(file: str, packed: bytes) -> bytes:
    try:
        if file.endswith(".gz"):
            return gzip.decompress(packed)
        if file.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                inside = [each for each in archive.namelist() if each.lower().endswith(".csv")]
                if len(inside) != 1:
                    raise refuse(file, f"the archive holds {len(inside)} CSV files where one is due", SEND_AGAIN)
                return archive.read(inside[0])
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile):
        raise refuse(file, "the archive is damaged or cut short", SEND_AGAIN) from None
    return packed


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{each}`" for each in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
