"""The records of a small system as they stood a month earlier: what came since are new, late and changed rows."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

EVENTS = {
    "condition_occurrence": "condition_start_date",
    "procedure_occurrence": "procedure_date",
    "visit_occurrence": "visit_start_date",
    "drug_exposure": "drug_exposure_start_date",
    "measurement": "measurement_date",
    "observation": "observation_date",
}
STAYS = ("registration", "residence")


def write_earlier_records(records: Path, folder: Path, last_day: date, months: int) -> None:
    """As the practices knew them on a day so many months ago.

    For each of these months, one row of a hundred had not come in yet, one measured value of two hundred was wrong, one
    person of two hundred was taken for a year younger, and one stay of a hundred was not known.
    """
    chance, share = np.random.default_rng(1), 0.01 * months
    folder.mkdir()
    for path in sorted(records.glob("*")):
        if path.is_dir():
            (folder / path.name).symlink_to(path.resolve())
    for path in sorted(records.glob("*.parquet")):
        rows, table = pq.read_table(path), path.stem
        if table in EVENTS:
            known = pc.and_(pc.less_equal(rows[EVENTS[table]], last_day), pa.array(chance.random(len(rows)) > share))
            if table == "measurement":
                wrong = pa.array(chance.random(len(rows)) < share / 2)
                value = pc.if_else(wrong, pc.add(rows["value_as_number"], 7.0), rows["value_as_number"])
                rows = rows.set_column(rows.schema.get_field_index("value_as_number"), "value_as_number", value)
            rows = rows.filter(known)
        elif table in STAYS:
            rows = rows.filter(pa.array(chance.random(len(rows)) > share))
            rows = _until(rows, f"{table}_start_date", f"{table}_end_date", last_day)
        elif table == "observation_period":
            start, end = f"{table}_start_date", f"{table}_end_date"
            rows = rows.filter(pc.field(start) <= last_day)
            ends = pc.if_else(pc.greater(rows[end], last_day), pa.scalar(last_day), rows[end])
            rows = rows.set_column(rows.schema.get_field_index(end), end, ends.cast(pa.date32()))
        elif table == "death":
            rows = rows.filter(pc.field("death_date") <= last_day)
        elif table == "opt_out":
            rows = rows.slice(0, len(rows) // 2)
        elif table == "person":
            year = np.asarray(rows["year_of_birth"]) + (chance.random(len(rows)) < share / 2)
            kind = rows.schema.field("year_of_birth").type
            rows = rows.set_column(rows.schema.get_field_index("year_of_birth"), "year_of_birth", pa.array(year, kind))
        pq.write_table(rows, folder / path.name)


def _until(rows: pa.Table, start: str, end: str, last_day: date) -> pa.Table:
    rows = rows.filter(pc.field(start) <= last_day)
    later = pc.fill_null(pc.greater(rows[end], last_day), False)
    ends = pc.if_else(later, pa.scalar(None, pa.date32()), rows[end].cast(pa.date32()))
    return rows.set_column(rows.schema.get_field_index(end), end, ends)
