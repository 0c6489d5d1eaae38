"""What has come: the files of a folder, their declaration, and each table as rows to be checked.

Every file is hashed; a door extract's hashes must be those of its manifest. A CSV becomes a Parquet file of text in a
scratch folder, so that one set of checks reads both.
"""

import csv
import gzip
import re
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TextIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from placewise.door.contract import DECLARATION_FILE, Declaration, name_extract
from placewise.door.declaration import check_declaration, check_opt_outs, check_retention, parse_declaration
from placewise.floor.database import quoted
from placewise.floor.faults import Fault, FaultsFound, refuse
from placewise.floor.folders import file_hash, read_json
from placewise.intake.omop.tables import COLUMNS, NOT_LOADED, NOTES, REQUIRED, VOCABULARY

Types = Mapping[str, Mapping[str, str]]
"""Table -> column -> SQL type, of every table that has a view."""

SUFFIXES = (".parquet", ".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class SourceFile:
    table: str
    path: Path
    sha256: str
    columns: Mapping[str, str]
    """CDM column in lower case -> the column as the file writes it."""

    @property
    def is_parquet(self) -> bool:
        return self.path.name.lower().endswith(".parquet")


@dataclass(frozen=True, slots=True)
class Source:
    declaration: Declaration
    files: Mapping[str, SourceFile]

    @property
    def folder(self) -> Path:
        """Where it came, to be told of."""
        return self.files["person"].path.parent

    @property
    def extract(self) -> str:
        """The name of the whole extract that one has with it, by which later changes call it."""
        named = name_extract({table: file.sha256 for table, file in self.files.items()})
        return self.declaration.changes_until or named


def read_source(folder: Path, declaration: Declaration | None) -> Source:
    """The folder's declaration and files. Raises FaultsFound with every fault of manifest, files and columns."""
    if not folder.is_dir():
        raise refuse(folder, "there is no such folder", "give the folder of the extract or of the OMOP tables")
    manifest: dict[str, Any] = {}
    if (folder / DECLARATION_FILE).is_file():
        manifest, declaration = _read_manifest(folder / DECLARATION_FILE)
    if declaration is None:
        raise refuse(
            folder,
            "it has no declaration of purpose, legal basis, controller and retention date",
            "send it through the door, or give the declaration as a YAML file",
        )
    declared_in = folder / DECLARATION_FILE if manifest else folder
    check_declaration(declaration, declared_in)
    check_opt_outs(declaration, declared_in)
    check_retention(declaration.retention_until, declared_in)
    paths: dict[str, Path] = {}
    faults = []
    for path in sorted(folder.iterdir()):
        suffix = next((suffix for suffix in SUFFIXES if path.name.lower().endswith(suffix)), None)
        if suffix is None:
            continue
        table = path.name.lower().removesuffix(suffix)
        if table in paths:
            faults.append(Fault(str(path), None, f"{table} has come twice, also as {paths[table].name}", "leave one"))
        elif table in NOTES or table in COLUMNS or table in VOCABULARY or table in NOT_LOADED:
            paths[table] = path
        else:
            faults.append(Fault(str(path), None, f"{table} is no table of OMOP CDM 5.3 or 5.4", "take it out"))
    if "person" not in paths:
        faults.append(Fault(str(folder), None, "the table person is missing", "send the whole extract again"))
    if faults:
        raise FaultsFound(faults)
    hashes = {table: file_hash(path) for table, path in paths.items()}
    _check_manifest(folder, manifest, paths, hashes)
    files = {table: SourceFile(table, path, hashes[table], _read_columns(path)) for table, path in paths.items()}
    _check_columns(files)
    return Source(declaration, files)


def _read_manifest(path: Path) -> tuple[dict[str, Any], Declaration]:
    try:
        manifest = read_json(path)
        values = {each.name: manifest.get(each.name) for each in fields(Declaration)}
    except (ValueError, AttributeError):
        raise refuse(path, "it is not whole", "send the whole extract again") from None
    return manifest, parse_declaration(values, path)


def _check_manifest(
    folder: Path, manifest: Mapping[str, Any], paths: Mapping[str, Path], hashes: Mapping[str, str]
) -> None:
    if not manifest:
        return
    listed = manifest.get("tables", {})
    faults = [
        Fault(str(folder / entry["file"]), None, "the manifest lists it and it is missing", "send the extract again")
        for table, entry in listed.items()
        if table not in paths
    ]
    for table, path in paths.items():
        if table not in listed:
            faults.append(Fault(str(path), None, "the manifest does not list it", "take it out"))
        elif listed[table]["sha256"] != hashes[table]:
            fault = "it is not the file that left the door: it was cut short or changed on the way"
            faults.append(Fault(str(path), None, fault, "send the whole extract again"))
    if faults:
        raise FaultsFound(faults)


def open_text(path: Path) -> TextIO:
    """A CSV file, compressed or not."""
    if path.suffix.lower() == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _read_columns(path: Path) -> dict[str, str]:
    if path.name.lower().endswith(".parquet"):
        try:
            names = list(pq.read_schema(path).names)
        except (pa.ArrowInvalid, OSError):
            raise refuse(path, "it is not a whole Parquet file: it is cut short or damaged", "send it again") from None
    else:
        try:
            with open_text(path) as stream:
                names = next(csv.reader(stream), [])
        except (OSError, EOFError, UnicodeDecodeError):
            raise refuse(path, "it is not a whole CSV file in UTF-8", "send it again") from None
    return {name.strip().lower(): name for name in names}


def _check_columns(files: Mapping[str, SourceFile]) -> None:
    faults = []
    for table, file in files.items():
        if table not in COLUMNS:
            continue
        missing = [column for column in REQUIRED[table] if column not in file.columns]
        extra = [column for column in file.columns if column not in COLUMNS[table]]
        if missing:
            told = f"it lacks the column {', '.join(missing)}"
            faults.append(Fault(str(file.path), None, told, "name the columns as OMOP CDM 5.3 or 5.4 does"))
        if extra:
            told = f"OMOP CDM 5.3 and 5.4 know no column {', '.join(extra)}"
            faults.append(Fault(str(file.path), None, told, "take it out, so that nothing undeclared comes in"))
    if faults:
        raise FaultsFound(faults)


def open_tables(database: duckdb.DuckDBPyConnection, source: Source, scratch: Path) -> Types:
    """Make a view `raw_TABLE` of each table: row_number (data rows from 1) and the columns in lower case."""
    return {
        table: _open_rows(database, file, scratch)
        for table, file in source.files.items()
        if table == "concept" or table not in VOCABULARY
    }


def _open_rows(database: duckdb.DuckDBPyConnection, file: SourceFile, scratch: Path) -> dict[str, str]:
    path = file.path
    if not file.is_parquet:
        path = scratch / f"{file.table}.parquet"
        _copy_csv(database, file, path, scratch)
    columns = ", ".join(f'"{written}" AS {name}' for name, written in file.columns.items())
    view = f"raw_{file.table}"
    database.execute(
        f"CREATE VIEW {view} AS SELECT file_row_number + 1 AS row_number, {columns}"
        f" FROM read_parquet({quoted(path)}, file_row_number = true)"
    )
    described = database.execute(f"DESCRIBE {view}").fetchall()
    return {name: str(kind) for name, kind, *_ in described if name != "row_number"}


def _unpack(path: Path, scratch: Path) -> Path:
    """A CSV without its compression. DuckDB reads a gzip that is cut short as if it ended there; this does not."""
    if path.suffix.lower() != ".gz":
        return path
    plain = scratch / path.stem
    try:
        with gzip.open(path) as packed, plain.open("wb") as stream:
            shutil.copyfileobj(packed, stream, 1 << 20)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise refuse(path, "it is cut short or damaged", "send it again") from None
    return plain


def _copy_csv(database: duckdb.DuckDBPyConnection, file: SourceFile, path: Path, scratch: Path) -> None:
    plain = _unpack(file.path, scratch)
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in file.columns.values())
    try:
        database.execute(
            f"COPY (FROM read_csv({quoted(plain)}, auto_detect = false, header = true, delim = ',', quote = '\"',"
            f" escape = '\"', nullstr = '', columns = {{{columns}}})) TO {quoted(path)} (FORMAT parquet)"
        )
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        text = str(error)
        line = re.search(r"Line: (\d+)", text)
        counts = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text)
        fault = (
            f"it has {counts[2]} columns where the header has {counts[1]}: a column is shifted or lost"
            if counts
            else "it cannot be read as CSV"
        )
        remedy = "export the file again in UTF-8 with every value quoted"
        raise refuse(file.path, fault, remedy, int(line[1]) if line else None) from None
