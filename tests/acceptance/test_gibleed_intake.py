"""OMOP GiBleed (OHDSI Eunomia, CDM 5.3, no practices): a real export loads with every row accounted for."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from placewise.door.contract import Declaration
from placewise.intake.contract import PRACTICE_NOT_RECORDED
from placewise.intake.omop.build import load_warehouse
from placewise.intake.omop.rows import OF_NOBODY
from placewise.intake.warehouse import Warehouse, open_warehouse

SET = "synthetic/eunomia_gibleed_omop53"
PURPOSE = "population_health_planning"


@pytest.fixture(scope="module")
def warehouse(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    store = tmp_path_factory.mktemp("gibleed")
    load_warehouse(
        realdata / SET,
        store,
        declaration=Declaration(
            source="gibleed",
            purpose=PURPOSE,
            legal_basis="invented people",
            controller="OHDSI",
            retention_until=date(2030, 1, 1),
            cdm_version="5.3",
            extracted_on=date(2019, 12, 31),
            declares_practices=False,
            synthetic=True,
            opt_outs_applied=("type_1", "national"),
        ),
        hierarchy=None,
        known_concepts=frozenset(),
    )
    return open_warehouse(store, PURPOSE)


def count(file: Path, where: str = "true") -> int:
    (found,) = duckdb.execute(f"SELECT count(*) FROM read_parquet('{file}') WHERE {where}").fetchall()
    return int(found[0])


@pytest.mark.realdata
def test_every_row_is_accounted_for(warehouse: Warehouse, realdata: Path) -> None:
    for table in warehouse.report.tables:
        assert table.rows_in == count(realdata / SET / table.file) == table.rows_kept + sum(table.rejected.values())
    rejected = {table.table: table.rejected for table in warehouse.report.tables if table.rejected}
    assert rejected == {"drug": {"the date lies before birth": 1}, "observation_period": {OF_NOBODY: 2649}}
    assert warehouse.report.not_loaded == {"condition_era.parquet": 65719, "drug_era.parquet": 52508}
    assert warehouse.report.people == 2694


@pytest.mark.realdata
def test_the_diagnoses_are_those_of_the_source(warehouse: Warehouse, realdata: Path) -> None:
    loaded = pa.concat_tables(warehouse.read(shard, "condition") for shard in warehouse.shard_folders)
    database = duckdb.connect()
    database.register("loaded", loaded)
    source = (
        "SELECT person_id, condition_concept_id AS concept_id, condition_start_date AS date"
        f" FROM read_parquet('{realdata / SET / 'condition_occurrence.parquet'}')"
    )
    for one, other in ((source, "FROM loaded"), ("FROM loaded", source)):
        assert database.execute(f"({one}) EXCEPT ALL ({other})").fetchall() == []


@pytest.mark.realdata
def test_nobody_has_a_practice_and_nobody_is_lost(warehouse: Warehouse) -> None:
    registration = pa.concat_tables(warehouse.read(shard, "registration") for shard in warehouse.shard_folders)
    assert registration["practice"].unique().to_pylist() == [PRACTICE_NOT_RECORDED]
    assert len(registration["person_id"].unique()) == 2694
    assert warehouse.report.history_assumed
