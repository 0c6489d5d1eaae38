"""Whether two ways to count gave the same: CONTROLLED tables in one order and one spelling, hashed."""

import pyarrow as pa
import pyarrow.compute as pc

from bench.hypertension import CONTROLLED
from placewise.floor.content import table_hash

KEYS = ["practice", "deprivation_fifth", "ethnicity", "sex", "age_band", "month"]


def hash_counts(counted: pa.Table) -> str:
    """The same for the same counts, in whatever order and of whatever integer types the rows came."""
    texts = {name: counted[name].cast(pa.string()) for name in ("practice", "ethnicity", "sex")}
    plain = pa.table({name: texts.get(name, counted[name]) for name in CONTROLLED.names})
    types = [field.type if pa.types.is_integer(field.type) else pa.string() for field in CONTROLLED]
    plain = plain.cast(pa.schema(list(zip(CONTROLLED.names, types, strict=True))))
    return table_hash(plain.sort_by([(name, "ascending") for name in KEYS]))


def take_last(counted: pa.Table, months: int, of: int) -> pa.Table:
    """The last `months` of a table over `of` months, numbered from 0 again."""
    later = counted.filter(pc.field("month") >= of - months)
    month = pc.subtract(later["month"], of - months).cast(pa.int32())
    return later.set_column(later.schema.get_field_index("month"), "month", month)
