"""The content hash depends on what a table says and on nothing else."""

from datetime import date

import pyarrow as pa

from placewise.floor.content import table_hash

TABLE = pa.table(
    {"area": ["A", "B", "A"], "people": [1, None, 3], "day": [date(2025, 1, 31)] * 3, "share": [0.5, None, 0.0]}
)


def test_chunks_and_the_order_of_a_dictionary_do_not_change_it() -> None:
    pieces = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1)])
    backwards = pa.DictionaryArray.from_arrays(pa.array([1, 0, 1], pa.int32()), ["B", "A", "unused"][:2])
    assert table_hash(pieces) == table_hash(TABLE)
    assert table_hash(TABLE.set_column(0, "area", backwards)) == table_hash(TABLE)


def test_a_value_a_null_a_name_and_the_order_of_rows_change_it() -> None:
    others = [
        TABLE.set_column(1, "people", pa.array([1, 0, 3])),
        TABLE.set_column(1, "people", pa.array([1, None, 4])),
        TABLE.set_column(0, "area", pa.array(["A", "B", "B"])),
        TABLE.rename_columns(["area", "persons", "day", "share"]),
        TABLE.take([2, 1, 0]),
        TABLE.slice(0, 2),
    ]
    assert len({table_hash(each) for each in [TABLE, *others]}) == 7
