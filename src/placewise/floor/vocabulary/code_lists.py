"""The code lists that programmes name: which concepts mean "has atrial fibrillation", who says so, and until when.

A folder of code lists holds `index.csv` (one row a list) and `LIST.csv` for each (one row a code). Concept ids are OMOP
standard concepts; those over two billion are local, the range the OMOP convention leaves to each site.

Columns that a file may have beside the required ones, empty where nothing is to be said:
- index.csv: `unit`, of the list's values, in UCUM (empty: plain numbers); `quantity`, what is measured, where a
  conversion depends on it (vocabulary/conversions.csv).
- LIST.csv: `retired`, the day from which the code is recorded no more (it still counts for the years before);
  `replaced_by`, the code of the same list that stands in its place; `removed`, why the code has left the list: it then
  counts no more, and the row remains so that the build knows it was meant.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.floor.faults import Fault, FaultsFound, nearest, refuse
from placewise.floor.vocabulary.check_digits import is_possible_code
from placewise.floor.vocabulary.units import PLAIN_NUMBER, read_quantities, read_units

INDEX_FILE = "index.csv"
DOMAINS = ("condition", "drug", "measurement", "procedure", "observation", "visit")
VALUED = ("measurement", "observation")
"""The domains whose events have a value."""
STATUSES = ("published", "preview")
FIRST_LOCAL_CONCEPT = 2_000_000_000
LARGEST_CONCEPT = 2**31 - 1

_INDEX_COLUMNS = ["list", "title", "domain", "owner", "version", "source", "review_date", "status"]
_INDEX_MAY_SAY = ["unit", "quantity"]
_CODE_COLUMNS = ["concept_id", "vocabulary", "code", "term"]
_CODE_MAY_SAY = ["retired", "replaced_by", "removed"]


@dataclass(frozen=True, slots=True)
class Code:
    """One code: its concept in OMOP, and the vocabulary, code and term it is known by.

    retired, replaced_by, removed: as in LIST.csv.
    """

    concept_id: int
    vocabulary: str
    code: str
    term: str
    retired: date | None = None
    replaced_by: str = ""
    removed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """One code list. domain: the table its codes stand in; status: `preview` until checked against its source.

    unit: of its values, in UCUM; quantity: what is measured, or ""; removed: the codes that left it, each with why.
    """

    name: str
    title: str
    domain: str
    owner: str
    version: str
    source: str
    review_date: date
    status: str
    rows: tuple[Code, ...]
    unit: str = PLAIN_NUMBER
    quantity: str = ""
    removed: tuple[Code, ...] = ()

    @property
    def concept_ids(self) -> tuple[int, ...]:
        return tuple(row.concept_id for row in self.rows)


def read_code_lists(folder: Path) -> Mapping[str, CodeList]:
    """Every code list of a folder, by name in alphabetical order.

    Raises FaultsFound with all mistakes of the folder at once: a missing or empty column, an unknown domain or status,
    a date that is none, a bad concept id, a code its vocabulary cannot have, a code or concept given twice, a list
    without codes, a list in the index without a file and a file that the index does not name; an unknown unit or
    quantity, a unit of a table without values, and a code replaced by one that is not in the list.
    """
    faults: list[Fault] = []
    index = _read_index(folder, faults)
    for stray in sorted({path.stem for path in folder.glob("*.csv")} - index.keys() - {Path(INDEX_FILE).stem}):
        faults.append(
            Fault(
                str(folder / f"{stray}.csv"), None, "the index does not name this code list", f"add it to {INDEX_FILE}"
            )
        )
    lists: dict[str, tuple[dict[str, str], tuple[Code, ...]]] = {}
    for name, (line, entry) in sorted(index.items()):
        path = folder / f"{name}.csv"
        if not path.is_file():
            fault = f'there is no file for the code list "{name}"'
            faults.append(Fault(str(folder / INDEX_FILE), line, fault, f"add {path.name} or remove the row"))
            continue
        lists[name] = (entry, _read_codes(path, faults))
    if faults:
        raise FaultsFound(faults)
    return {
        name: CodeList(
            name=name,
            title=entry["title"],
            domain=entry["domain"],
            owner=entry["owner"],
            version=entry["version"],
            source=entry["source"],
            review_date=date.fromisoformat(entry["review_date"]),
            status=entry["status"],
            rows=tuple(row for row in rows if not row.removed),
            unit=entry["unit"] or PLAIN_NUMBER,
            quantity=entry["quantity"],
            removed=tuple(row for row in rows if row.removed),
        )
        for name, (entry, rows) in lists.items()
    }


def _read_index(folder: Path, faults: list[Fault]) -> dict[str, tuple[int, dict[str, str]]]:
    path = folder / INDEX_FILE
    index: dict[str, tuple[int, dict[str, str]]] = {}
    for line, row in _read_rows(path, _INDEX_COLUMNS, _INDEX_MAY_SAY, faults):
        if row["list"] in index:
            faults.append(Fault(str(path), line, f'the code list "{row["list"]}" is named twice', "keep one row"))
        if row["domain"] not in DOMAINS:
            remedy = f"write one of {', '.join(DOMAINS)}"
            faults.append(Fault(str(path), line, f'"{row["domain"]}" is not a domain', remedy))
        if row["status"] not in STATUSES:
            remedy = f"write {' or '.join(STATUSES)}"
            faults.append(Fault(str(path), line, f'"{row["status"]}" is not a status', remedy))
        if not _is_date(row["review_date"]):
            faults.append(Fault(str(path), line, f'"{row["review_date"]}" is not a date', "write it as YYYY-MM-DD"))
        faults += [Fault(str(path), line, fault, remedy) for fault, remedy in _find_unit_faults(row)]
        index[row["list"]] = (line, row)
    return index


def _find_unit_faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    unit, quantity = row["unit"], row["quantity"]
    if unit and unit not in read_units():
        but_for_capitals = [each for each in read_units() if each.lower() == unit.lower()]
        yield f'"{unit}" is not a unit that is known', nearest(unit, but_for_capitals or read_units())
    if unit and row["domain"] not in VALUED:
        yield f"a {row['domain']} has no value, and so no unit", "leave the unit empty"
    if quantity and quantity not in read_quantities():
        yield f'"{quantity}" is not a quantity that is known', nearest(quantity, read_quantities())


def _read_codes(path: Path, faults: list[Fault]) -> tuple[Code, ...]:
    before = len(faults)
    codes = []
    concepts: set[int] = set()
    names: set[tuple[str, str]] = set()
    for line, row in _read_rows(path, _CODE_COLUMNS, _CODE_MAY_SAY, faults):
        written = row["concept_id"]
        if not (written.isascii() and written.isdecimal() and 0 < int(written) <= LARGEST_CONCEPT):
            fault = f'"{written}" is not a concept id'
            faults.append(Fault(str(path), line, fault, "write the OMOP concept id: a whole number up to 2147483647"))
            continue
        if row["retired"] and not _is_date(row["retired"]):
            faults.append(Fault(str(path), line, f'"{row["retired"]}" is not a date', "write it as YYYY-MM-DD"))
            continue
        code = Code(
            int(written),
            row["vocabulary"],
            row["code"],
            row["term"],
            retired=date.fromisoformat(row["retired"]) if row["retired"] else None,
            replaced_by=row["replaced_by"],
            removed=row["removed"],
        )
        if code.vocabulary == "local" and code.concept_id <= FIRST_LOCAL_CONCEPT:
            fault = f"the local code {code.code} has the concept id {code.concept_id}"
            faults.append(Fault(str(path), line, fault, "give a local code a concept id over 2000000000"))
        if not is_possible_code(code.vocabulary, code.code):
            fault = f"{code.code} is not a {code.vocabulary} code: its check digit does not fit"
            faults.append(Fault(str(path), line, fault, "correct the code"))
        if code.concept_id in concepts or (code.vocabulary, code.code) in names:
            faults.append(Fault(str(path), line, f"{code.vocabulary} code {code.code} is given twice", "keep one row"))
        concepts.add(code.concept_id)
        names.add((code.vocabulary, code.code))
        codes.append(code)
    standing = {code.code for code in codes if not code.removed}
    if not standing and len(faults) == before:
        faults.append(Fault(str(path), None, "this code list is empty", "add its codes or remove the list"))
    for code in codes:
        if code.replaced_by and code.replaced_by not in standing:
            fault = f"{code.code} is replaced by {code.replaced_by}, which is not in the list"
            faults.append(Fault(str(path), None, fault, f"add {code.replaced_by}"))
    return tuple(codes)


def _read_rows(
    path: Path, required: list[str], optional: list[str], faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line, where every required column is filled in; a fault for each row that is not.

    An optional column that the file does not have is empty.
    """
    try:
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except FileNotFoundError:
        raise refuse(path, "there is no such file", "name a folder of code lists") from None
    except UnicodeDecodeError:
        raise refuse(path, "it is not UTF-8 text", "save it as UTF-8") from None
    columns = lines[0] if lines else []
    more = columns[len(required) :]
    if columns[: len(required)] != required or len(set(more)) < len(more) or not set(more) <= set(optional):
        remedy = f"write {','.join(required)}, and then any of {', '.join(optional)}"
        faults.append(Fault(str(path), 1, "the columns are not as expected", remedy))
        return
    for line, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(columns):
            fault = f"the row has {len(cells)} columns instead of {len(columns)}"
            faults.append(Fault(str(path), line, fault, "check the commas and quotation marks"))
            continue
        row = dict.fromkeys(optional, "") | dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        missing = [column for column in required if not row[column]]
        if missing:
            faults.append(Fault(str(path), line, f"{', '.join(missing)} is empty", "fill it in"))
            continue
        yield line, row


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
