"""DuckDB SQL with validity ranges: each state as ranges of months, crossed, exploded into months and counted."""

import pyarrow as pa

from bench.peers.ranges import build_ranges
from bench.peers.views import CELL, open_views


def count_with_validity_ranges(store: str, months: int) -> pa.Table:
    """CONTROLLED, in no order."""
    database, window = open_views(store, months)
    build_ranges(database, window)
    database.execute("""
        CREATE TABLE eligible AS
        SELECT s.* REPLACE (greatest(s.start, o.start) AS start, least(s.stop, o.stop) AS stop)
        FROM spell s JOIN on_register o ON s.person_id = o.person_id AND s.start < o.stop AND o.start < s.stop
    """)
    return database.execute(f"""
        WITH counted AS (
            SELECT {CELL}, start, stop, 1 AS denominator, 0 AS numerator FROM eligible
            UNION ALL
            SELECT {CELL}, greatest(e.start, c.start), least(e.stop, c.stop), 0, 1
            FROM eligible e JOIN controlled c ON e.person_id = c.person_id AND e.start < c.stop AND c.start < e.stop
        )
        SELECT {CELL}, month, sum(denominator)::BIGINT AS denominator, sum(numerator)::BIGINT AS numerator
        FROM (SELECT *, unnest(range(start, stop)) AS month FROM counted)
        GROUP BY ALL
    """).to_arrow_table()
