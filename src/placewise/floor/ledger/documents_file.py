"""documents.csv: the documents that claims.csv quotes, a row each, by the letter or name under which it does.

Columns: document, title, publisher, dated (YYYY-MM-DD), published (yes where its authors made it public: then everybody
may read what it claims; no otherwise).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placewise.floor.csv_rows import find_rows
from placewise.floor.faults import Fault, FaultsFound

DOCUMENTS_FILE = "documents.csv"
COLUMNS = ("document", "title", "publisher", "dated", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    document: str
    title: str
    publisher: str
    dated: date
    published: bool

    @property
    def told(self) -> str:
        """Publisher, title and day."""
        return f"{self.publisher}, {self.title}, {self.dated.day} {self.dated:%B %Y}"


def read_documents(path: Path) -> Mapping[str, Document]:
    """By name; none where there is no such file. Raises FaultsFound with every mistake."""
    if not path.is_file():
        return {}
    rows, faults = find_rows(path, COLUMNS)
    documents: dict[str, Document] = {}
    for line, cells in rows:
        if not (cells["document"] and cells["title"] and cells["publisher"]):
            faults.append(Fault(str(path), line, "a document needs a name, a title and a publisher", "write all three"))
        if cells["published"] not in ("yes", "no"):
            fault = f"`{cells['published']}` in published is neither yes nor no"
            faults.append(Fault(str(path), line, fault, "write yes where everybody may read it, else no"))
        try:
            dated = date.fromisoformat(cells["dated"])
        except ValueError:
            faults.append(Fault(str(path), line, f"`{cells['dated']}` is no date", "write it as 2026-01-31"))
            continue
        documents[cells["document"]] = Document(
            document=cells["document"],
            title=cells["title"],
            publisher=cells["publisher"],
            dated=dated,
            published=cells["published"] == "yes",
        )
    if faults:
        raise FaultsFound(faults)
    return documents
