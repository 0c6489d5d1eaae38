"""The papers of one meeting for one reader, as a list of blocks: the PDF and the page are both made from it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    ITEM = "item"  # a heading, and a line of the contents
    PAPER = "paper"  # a heading below it
    TEXT = "text"
    NOTE = "note"  # what the secretary says: private ground, papers that are not sent
    CLAIM = "claim"  # a figure that a paper rests on, as it stands


@dataclass(frozen=True, slots=True)
class Block:
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Pack:
    """reader: for whom it was made (the public, or members); when and where: in words."""

    body: str
    when: str
    where: str
    reader: str
    is_invented: bool
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        return f"{self.body}: papers of {self.when}"
