"""Ranges of months in SQL, [start, stop), that peers turn events into."""

import duckdb

from placewise.floor.timeline.window import Window


def build_ranges(database: duckdb.DuckDBPyConnection, window: Window) -> None:
    """The tables on_register and controlled (person_id, start, stop) and spell (the same with the cell)."""
    months, first = window.months, window.first_month
    database.execute(f"""
        CREATE TABLE on_register AS
        SELECT d.person_id, greatest(min(month_of(d.date)), 0) AS start,
            least(coalesce(month_of(any_value(r.date)), {months}), {months}) AS stop
        FROM diagnosis d ASOF LEFT JOIN resolution r ON d.person_id = r.person_id AND d.date < r.date
        GROUP BY d.person_id, r.date
        HAVING start < stop
    """)
    database.execute(f"""
        CREATE TABLE controlled AS
        SELECT person_id, greatest(month_of(date), 0) AS start,
            least(month_of(date) + 12, coalesce(month_of(replaced), {months}), {months}) AS stop
        FROM (SELECT *, lead(date) OVER (PARTITION BY person_id ORDER BY date) AS replaced FROM reading)
        WHERE systolic <= 140 AND diastolic <= 90 AND start < stop
    """)
    database.execute(f"""
        CREATE TABLE spell AS
        WITH bands AS (SELECT age_band, from_age, lead(from_age, 1, 1000) OVER (ORDER BY from_age) AS to_age FROM band),
        people AS (
            SELECT *, (birth_year - 1970) * 12 + birth_month - 1 - {first} AS born FROM person
            WHERE person_id IN (SELECT person_id FROM diagnosis)
        )
        SELECT person_id, practice, coalesce((deprivation_decile + 1) // 2, 0) AS deprivation_fifth, ethnicity, sex,
            age_band,
            greatest(month_of(r.start_date), month_of(h.start_date), born + 12 * from_age, 0) AS start,
            least(
                month_of(r.end_date + 1), month_of(h.end_date + 1), born + 12 * to_age, month_of(d.date), {months}
            ) AS stop
        FROM people JOIN registration r USING (person_id) JOIN residence h USING (person_id)
            JOIN small_areas USING (small_area) LEFT JOIN death d USING (person_id)
            JOIN bands ON born + 12 * from_age < {months} AND born + 12 * to_age > 0
        WHERE start < stop
    """)
