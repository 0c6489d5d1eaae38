"""DuckDB SQL, one query a month: what was true on the last day of that month, and all again for the next."""

import pyarrow as pa

from bench.peers.views import CELL, open_views


def count_month_by_month(store: str, months: int) -> pa.Table:
    """CONTROLLED, in no order."""
    database, window = open_views(store, months)
    found = []
    for month, (first, last) in enumerate(zip(window.month_starts, window.month_ends, strict=False)):
        found.append(database.execute(_ask(month, f"DATE '{first}'", f"DATE '{last}'")).to_arrow_table())
    return pa.concat_tables(found)


def _ask(month: int, first: str, last: str) -> str:
    """first, last: the days of the month."""
    return f"""
        WITH diagnosed AS (SELECT person_id, max(date) AS date FROM diagnosis WHERE date <= {last} GROUP BY ALL),
        resolved AS (SELECT person_id, max(date) AS date FROM resolution WHERE date <= {last} GROUP BY ALL),
        on_register AS (
            SELECT person_id FROM diagnosed d LEFT JOIN resolved r USING (person_id)
            WHERE r.date IS NULL OR d.date >= r.date
        ),
        latest AS (
            SELECT person_id, arg_max({{'s': systolic, 'd': diastolic}}, date) AS reading FROM reading
            WHERE date BETWEEN {first} - INTERVAL 11 MONTH AND {last} GROUP BY ALL
        ),
        aged AS (SELECT *, (year({last}) - birth_year) * 12 + month({last}) - birth_month AS months_old FROM person),
        placed AS (
            SELECT person_id, practice, coalesce((deprivation_decile + 1) // 2, 0) AS deprivation_fifth, ethnicity, sex,
                (SELECT max(age_band) FROM band WHERE from_age <= months_old // 12) AS age_band
            FROM aged JOIN registration r USING (person_id) JOIN residence h USING (person_id)
                JOIN small_areas USING (small_area) LEFT JOIN death d USING (person_id)
            WHERE person_id IN (FROM on_register) AND months_old >= 0
                AND {last} BETWEEN r.start_date AND coalesce(r.end_date, {last})
                AND {last} BETWEEN h.start_date AND coalesce(h.end_date, {last})
                AND (d.date IS NULL OR d.date > {last})
        )
        SELECT {CELL}, {month} AS month, count(*) AS denominator,
            count(*) FILTER (reading.s <= 140 AND reading.d <= 90) AS numerator
        FROM placed LEFT JOIN latest USING (person_id)
        GROUP BY ALL
    """
