"""What is found among claims: of which kind, between which, and whether a decision may rest on them meanwhile."""

from dataclasses import dataclass
from typing import Literal

FindingType = Literal["contradiction", "definition", "unit", "footprint", "overlap", "misprint", "overdue"]
BLOCKS: frozenset[FindingType] = frozenset({"contradiction"})
"""Everything else is printed beside the figure and warns."""


@dataclass(frozen=True, slots=True)
class Finding:
    """claims: their ids, in the order of the ledger; told: one sentence; remedy: what settles it; subject: by which
    measurand, family or claim they were held together, "" where only their date put them together."""

    type: FindingType
    claims: tuple[str, ...]
    told: str
    remedy: str
    subject: str

    @property
    def blocks(self) -> bool:
        return self.type in BLOCKS
