"""Polars, an as-of join: the latest reading before each month's end, for each person and month on the register."""

from pathlib import Path

import polars as pl
import pyarrow as pa

from bench.asked import read_benchmark_code_lists, read_benchmark_deployment
from bench.peers.views import CELL
from placewise.floor.vocabulary.people import AGE_BAND_STARTS
from placewise.intake.contract import WAREHOUSE
from placewise.pipeline import PLANNING

WHOSE = ["person_id", "month"]


def count_with_as_of_join(store: str, months: int) -> pa.Table:
    """CONTROLLED, in no order."""
    window, code_lists = read_benchmark_deployment(months).window, read_benchmark_code_lists()
    load = Path(store) / WAREHOUSE / PLANNING / "benchmark"

    def read(table: str) -> pl.LazyFrame:
        return pl.scan_parquet(str(load / "shard=*" / f"{table}.parquet"), hive_partitioning=False)

    def of(table: str, name: str) -> pl.LazyFrame:
        return read(table).filter(pl.col("concept_id").is_in(list(code_lists[name].concept_ids)))

    starts = (window.month_starts[:months].astype("datetime64[M]") - 11).astype("datetime64[D]")
    ends = pl.LazyFrame(
        {"month": range(months), "end": window.month_ends, "earliest": starts.tolist()},
        schema={"month": pl.Int32, "end": pl.Date, "earliest": pl.Date},
    )
    diagnosis = of("condition", "hypertension_codes").select("person_id", diagnosed="date").sort("diagnosed")
    resolution = of("condition", "hypertension_resolved_codes").select("person_id", resolved="date").sort("resolved")
    people = diagnosis.select("person_id").unique()
    readings = _pair(of("measurement", "systolic"), of("measurement", "diastolic"), people)
    grid = people.join(ends, how="cross").sort("end")
    on_register = (
        grid.join_asof(diagnosis, left_on="end", right_on="diagnosed", by="person_id", check_sortedness=False)
        .join_asof(resolution, left_on="end", right_on="resolved", by="person_id", check_sortedness=False)
        .filter(
            pl.col("diagnosed").is_not_null()
            & (pl.col("resolved").is_null() | (pl.col("diagnosed") >= pl.col("resolved")))
        )
    )
    latest = on_register.join_asof(readings, left_on="end", right_on="read_on", by="person_id", check_sortedness=False)
    met = (pl.col("systolic") <= 140) & (pl.col("diastolic") <= 90) & (pl.col("read_on") >= pl.col("earliest"))
    placed = (
        latest.join(read("person"), on="person_id")
        .join(read("registration"), on="person_id")
        .filter(_covers())
        .drop("start_date", "end_date")
        .join(read("residence"), on="person_id")
        .filter(_covers())
        .join(read("death").select("person_id", died="date"), on="person_id", how="left")
        .filter(pl.col("died").is_null() | (pl.col("died") > pl.col("end")))
        .join(pl.scan_parquet(load / "small_areas.parquet"), on="small_area")
        .with_columns(
            deprivation_fifth=((pl.col("deprivation_decile").fill_null(0) + 1) // 2).cast(pl.Int32),
            age_band=_find_age_band(),
        )
    )
    cell = CELL.split(", ")
    counted = placed.group_by(*cell, "month").agg(
        denominator=pl.len().cast(pl.Int64), numerator=met.fill_null(False).sum().cast(pl.Int64)
    )
    return counted.collect().to_arrow()


def _pair(systolic: pl.LazyFrame, diastolic: pl.LazyFrame, people: pl.LazyFrame) -> pl.LazyFrame:
    """The lowest systolic and the lowest diastolic of each day that has both."""

    def lowest(part: pl.LazyFrame, name: str) -> pl.LazyFrame:
        wanted = part.filter(pl.col("value").is_not_null()).join(people, on="person_id", how="semi")
        return wanted.group_by("person_id", "date").agg(pl.col("value").min().alias(name))

    both = lowest(systolic, "systolic").join(lowest(diastolic, "diastolic"), on=["person_id", "date"])
    return both.rename({"date": "read_on"}).sort("read_on")


def _covers() -> pl.Expr:
    still = pl.col("end_date").is_null() | (pl.col("end_date") >= pl.col("end"))
    return (pl.col("start_date") <= pl.col("end")) & still


def _find_age_band() -> pl.Expr:
    year, month = pl.col("end").dt.year().cast(pl.Int32), pl.col("end").dt.month().cast(pl.Int32)
    age = ((year - pl.col("birth_year")) * 12 + month - pl.col("birth_month")) // 12
    return pl.sum_horizontal((age >= start).cast(pl.Int32) for start in AGE_BAND_STARTS[1:])
