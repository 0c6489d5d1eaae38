"""Who is left out: the areas of a source that a figure's lookup does not place anywhere, by code, name and people.

A code may be missing because the lookup covers another country, another year or another edition. Nothing is guessed:
the areas are listed, so that what a total lacks is known.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from placewise.floor.checking import Check
from placewise.intake.contract import LIES_IN, NAMES_FILE, OBSERVATIONS_FILE
from placewise.measures.contract import ALL
from placewise.publishing.figures import OfficialFigures

UNPLACED = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("lookup", pa.string(), nullable=False),
        pa.field("period", pa.string(), nullable=False),
        pa.field("area", pa.string(), nullable=False),
        pa.field("name", pa.string()),  # null where no file names it
        pa.field("people", pa.float64()),  # or what else the source counts the area by
    ]
)

_SQL = f"""
with load as (select * from read_parquet($observations) where source in ($source, $lookup)),
placed as (select area from load where source = $lookup and indicator = '{LIES_IN}'),
people as (
    select period, area, area_kind, coalesce(denominator, value) as people
    from load
    where source = $source and indicator = $counts and split = '{ALL}'
        and ($period = '' or period = $period) and area not in (select area from placed)
)
select $source as source, $lookup as lookup, period, area, min(names.name) as name, min(people) as people
from people left join read_parquet($names) names on names.code = area and names.kind = area_kind
group by period, area order by period, area
"""


def find_unplaced(observations: Path, figures: OfficialFigures) -> pa.Table:
    """UNPLACED, over every pair of counts and lookup that the figures join; observations: the folder of one load."""
    pairs = {
        (figure.source, lookup, period): figure.counts
        for figure in figures.figures.values()
        for period, by in figure.lookups.items()
        for lookup in (by, *(split.by for split in figure.splits.values()))
        if lookup
    }
    files = {"observations": str(observations / OBSERVATIONS_FILE), "names": str(observations / NAMES_FILE)}
    tables = [UNPLACED.empty_table()]
    with duckdb.connect() as database:
        for (source, lookup, period), counts in pairs.items():
            values = {**files, "source": source, "lookup": lookup, "period": period, "counts": counts}
            tables.append(database.execute(_SQL, values).to_arrow_table().cast(UNPLACED))
    return pa.concat_tables(tables)


def get_unplaced_checks(unplaced: pa.Table) -> list[Check]:
    """A row for each source and lookup with areas that are placed nowhere, told in a sentence for the release."""
    groups = unplaced.group_by(["source", "lookup", "period"], use_threads=False)
    added = groups.aggregate([("area", "count"), ("area", "min"), ("people", "sum")]).to_pylist()
    checks = []
    for row in added:
        where = f"{row['source']} ({row['period']}), with {row['people_sum'] or 0:,.0f} counted in them"
        told = f"{row['area_count']:,} areas of {where}, are in no row of {row['lookup']}, the first {row['area_min']}."
        checks.append(Check("publishing", "nothing unmatched is lost", True, told))
    return checks
