"""What every peer in SQL starts from: the load's tables as views, and the words that all of them use.

Events have their month, counted from the first month of the window: one lies in month m if it counts at the end of m
and not before. Registrations and residences of a person do not overlap in the invented load, which the peers rely on;
the engine does not.
"""

from pathlib import Path

import duckdb

from bench.asked import read_benchmark_code_lists, read_benchmark_deployment
from placewise.floor.database import quoted
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.people import AGE_BAND_STARTS
from placewise.intake.contract import WAREHOUSE
from placewise.pipeline import PLANNING

CELL = "practice, deprivation_fifth, ethnicity, sex, age_band"


def open_views(store: str, months: int) -> tuple[duckdb.DuckDBPyConnection, Window]:
    """A database with the views diagnosis, resolution, reading, person, registration, residence and death."""
    window, code_lists = read_benchmark_deployment(months).window, read_benchmark_code_lists()
    database = duckdb.connect()
    load = Path(store) / WAREHOUSE / PLANNING / "benchmark"
    for table in ("person", "registration", "residence", "death", "condition", "measurement"):
        files = quoted(load / "shard=*" / f"{table}.parquet")
        database.execute(f"CREATE VIEW {table} AS FROM read_parquet({files}, hive_partitioning = false)")
    database.execute(f"CREATE VIEW small_areas AS FROM read_parquet({quoted(load / 'small_areas.parquet')})")
    ids = {name: ", ".join(map(str, each.concept_ids)) for name, each in code_lists.items()}
    database.execute(f"CREATE MACRO month_of(day) AS (year(day) - 1970) * 12 + month(day) - 1 - {window.first_month}")
    database.execute(
        f"CREATE VIEW diagnosis AS SELECT person_id, date FROM condition"
        f" WHERE concept_id IN ({ids['hypertension_codes']})"
    )
    database.execute(
        f"CREATE VIEW resolution AS SELECT person_id, date FROM condition"
        f" WHERE concept_id IN ({ids['hypertension_resolved_codes']})"
    )
    database.execute(
        f"CREATE VIEW reading AS SELECT person_id, date,"
        f" min(value) FILTER (concept_id IN ({ids['systolic']})) AS systolic,"
        f" min(value) FILTER (concept_id IN ({ids['diastolic']})) AS diastolic"
        f" FROM measurement WHERE concept_id IN ({ids['systolic']}, {ids['diastolic']})"
        f" AND person_id IN (SELECT person_id FROM diagnosis)"
        f" GROUP BY ALL HAVING systolic IS NOT NULL AND diastolic IS NOT NULL"
    )
    bands = ", ".join(f"({band}, {start})" for band, start in enumerate(AGE_BAND_STARTS))
    database.execute(f"CREATE TABLE band AS SELECT * FROM (VALUES {bands}) AS bands(age_band, from_age)")
    return database, window
