"""DuckDB SQL with month masks: each state as one word a person, as our engine has it, but made and counted in SQL."""

import pyarrow as pa

from bench.peers.ranges import build_ranges
from bench.peers.views import CELL, open_views


def count_with_month_masks(store: str, months: int) -> pa.Table:
    """CONTROLLED, in no order."""
    database, window = open_views(store, months)
    build_ranges(database, window)
    database.execute("CREATE MACRO bits(start, stop) AS ((1::UBIGINT << stop) - 1) & ~((1::UBIGINT << start) - 1)")
    counts = ", ".join(
        f"sum((eligible >> {month}) & 1)::BIGINT AS d{month}, sum((met >> {month}) & 1)::BIGINT AS n{month}"
        for month in range(months)
    )
    parts = [
        f"SELECT {CELL}, {month} AS month, d{month} AS denominator, n{month} AS numerator FROM wide WHERE d{month} > 0"
        for month in range(months)
    ]
    database.execute(f"""
        CREATE TABLE wide AS
        WITH registered AS (SELECT person_id, bit_or(bits(start, stop)) AS word FROM on_register GROUP BY ALL),
        met AS (SELECT person_id, bit_or(bits(start, stop)) AS word FROM controlled GROUP BY ALL),
        placed AS (
            SELECT s.*, bits(s.start, s.stop) & registered.word AS eligible, eligible & coalesce(met.word, 0) AS met
            FROM spell s JOIN registered USING (person_id) LEFT JOIN met USING (person_id)
        )
        SELECT {CELL}, {counts} FROM placed WHERE eligible > 0 GROUP BY ALL
    """)
    return database.execute(" UNION ALL ".join(parts)).to_arrow_table()
