"""What measures hands on: the Cube (counts, additive) and PersonFlags (persons, protected)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.window import Words

CUBE_FOLDER = "cube"
ALL = "all"

CUBE = pa.schema(
    [
        pa.field("measure", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("split", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("group", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("unit", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("month", pa.date32(), nullable=False),
        pa.field("denominator", pa.int64(), nullable=False),
        pa.field("numerator", pa.int64(), nullable=False),
    ]
)
"""BUILD/cube/by_practice/MEASURE.parquet (unit: practice) and by_small_area/MEASURE.parquet (unit: small area).

Exact and additive; only core rooms open it. A row is present where the unit reported in that month, so that a count of
zero differs from no row at all. Split `all` has the one group `all`. The built-in measure `people` counts the
registered list: its numerator equals its denominator. BUILD/cube/manifest.json gives the unit, hierarchy, editions and
content hash of each table.

A measure that is no share of people has the same columns and, where it needs them, further sums (entries.py): the
numerator of a mean or median is the sum of values in hundredths, the denominator of a weighted rate thousandths of
people."""

VALUE_COUNTS = pa.schema(
    [
        pa.field("split", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("group", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("unit", pa.dictionary(pa.int32(), pa.string()), nullable=False),  # practice; "" for all together
        pa.field("value", pa.int64(), nullable=False),  # in hundredths
        pa.field("month", pa.date32(), nullable=False),
        pa.field("change", pa.int64(), nullable=False),
    ]
)
"""BUILD/cube/value_counts/MEASURE.parquet, of each median: from that month on, so many more have the value. Exact and
additive, like the counts; sparse, because most values of most practices never occur."""


@dataclass(frozen=True, slots=True)
class PersonFlags:
    """One shard's answers, a word a person for each measure, in the order of ShardPopulation.person_id."""

    person_id: npt.NDArray[np.int64]
    denominator: dict[str, Words]
    numerator: dict[str, Words]

    def take(self, people: npt.NDArray[np.integer]) -> "PersonFlags":
        """Those in these rows. Measures that had one word for them still have one."""
        both = (self.denominator, self.numerator)
        taken = {id(word): word[people] for word in {id(word): word for of in both for word in of.values()}.values()}
        denominator, numerator = ({slug: taken[id(word)] for slug, word in of.items()} for of in both)
        return PersonFlags(self.person_id[people], denominator, numerator)
