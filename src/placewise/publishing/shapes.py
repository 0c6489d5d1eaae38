"""The few shapes in which figures are published: the fewer tables overlap, the less has to be hidden for their sake.

For everybody, every month at every level. By group, from the level above practices up, at the ends of the calendar's
quarters and in the last month. Of a register only those who are on it: the others are everybody less those. By where
people live for everybody once a year, at the end of the financial year.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.measures.contract import ALL
from placewise.measures.cube import Counts
from placewise.measures.splits import REGISTER_GROUPS

MONTHS_IN_A_QUARTER, MONTHS_IN_A_YEAR, YEAR_ENDS_IN = 3, 12, 3
_, NOT_ON_REGISTER = REGISTER_GROUPS


def get_splits(counts: Counts, level: str) -> list[str]:
    """Practices are shown one way, in `all` only; every level above in every split."""
    return [split for split in counts if level != PRACTICE or split == ALL]


def keep_shapes(table: pa.Table) -> pa.Table:
    """The rows of RELEASED_MEASURE or RELEASED_POPULATION that are published, in their order."""
    kept = np.asarray(pc.not_equal(table["group"], NOT_ON_REGISTER))
    if "month" in table.column_names and len(table):
        day = table["month"].cast(pa.int32()).to_numpy()
        month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1  # December: a multiple of 12
        for_all = np.asarray(pc.equal(table["split"], ALL))
        kept &= for_all | (month % MONTHS_IN_A_QUARTER == 0) | (month == month.max())
        kept &= ends_a_year(month) | ~np.asarray(pc.is_in(table["level"].cast(pa.string()), pa.array(RESIDENCE)))
    return table.filter(pa.array(kept))


def ends_a_year(month: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """month: its number among all months, of which a December is a multiple of 12."""
    return np.asarray(month % MONTHS_IN_A_YEAR == YEAR_ENDS_IN)
