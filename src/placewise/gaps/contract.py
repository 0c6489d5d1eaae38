"""What gaps hands on: findings in words. The counts they rest on are exact and stay in this room.

A finding of a practice is for that practice and for the rooms of the core: nobody else may read it before the practice
has. Findings of levels above practices may go further; they too hold no number.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from placewise.floor.vocabulary.organisations import PRACTICE

FINDINGS_FILE, TO_TELL_FILE = "findings.parquet", "findings_to_tell.parquet"

_word = pa.dictionary(pa.int32(), pa.string())

FINDINGS = pa.schema(
    [
        pa.field(name, _word, nullable=False)
        for name in ("measure", "version", "level", "area", "kind", "word", "month", "told", "standing", "before")
    ]
)
"""BUILD/findings.parquet: a row a finding, in the order to tell them; the columns are those of Finding.
BUILD/findings_to_tell.parquet: those that a release may tell, as readings.py chooses them."""

RATE = 0.01
"""Of false findings, for each kind at each level, over all its areas and measures together: where nothing differs, at
most so many builds have any; where something does, at most this share of the findings is false on average."""


class Kind(StrEnum):
    CHANGE = "change"
    FASTEST = "improving fastest"
    FALLING = "falling measurement"
    JUMP = "special cause"
    INEQUALITY = "inequality gap"
    OUTLIER = "outlier"
    CASE_MIX = "case mix"
    VARIATION = "variation"
    CLUSTER = "cluster"


class Verdict(StrEnum):
    """What became of a measure: how it stands to a year and to two years before."""

    IMPROVED = "improved"
    SUSTAINED = "sustained"
    DETERIORATED = "deteriorated"
    NOT_YET_KNOWN = "not yet known"


class Side(StrEnum):
    """On which side something lies; of an inequality gap, how the most deprived fare; of a cluster, more than usual;
    of variation, whether whom practices look after explains most of it."""

    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    WARRANTED = "warranted"
    UNWARRANTED = "unwarranted"


def read_word(written: str) -> Verdict | Side:
    """A word as files keep it. Raises ValueError for any other."""
    return Side(written) if written in set(Side) else Verdict(written)


class Standing(StrEnum):
    """How a finding stands to those of the build before. FIRST: nothing was said of the measure, as it is defined now,
    before; GONE: it was found, and is no longer."""

    FIRST = "first"
    NEW = "new"
    CHANGED = "changed"
    KEPT = "as before"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """measure: its slug; version: of its definition; level, area: where, by code; month: YYYY-MM, the month it tells
    of; told: one sentence, in which no number stands; before: the word that was said before, where it has changed."""

    measure: str
    version: str
    level: str
    area: str
    kind: Kind
    word: Verdict | Side
    month: str
    told: str
    standing: Standing = Standing.FIRST
    before: str = ""

    @property
    def is_for_its_practice_alone(self) -> bool:
        return self.level == PRACTICE
