"""A public engine for OMOP beside ours, on OHDSI's GiBleed set: duckcdm, which turns Circe cohorts into DuckDB SQL.

The question: of the people observed on a day who ever had osteoarthritis, how many had their temperature taken within
365 days. A Circe cohort begins at an event, so it knows no state at each month's end: it is asked one month at a time,
each time with an index day that everybody shares. Values cannot be compared, since the set has none.
"""

import json
import os
import time
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import numpy as np
from duckcdm.circe import build_cohort_query
from duckcdm.sqlrender import render, translate

from placewise.door.contract import Declaration
from placewise.floor.database import quoted
from placewise.floor.language.nodes import AllOf, Has, Registered
from placewise.floor.language.period import Days
from placewise.floor.timeline.count import count_months
from placewise.floor.timeline.events import read_events
from placewise.floor.timeline.kernel import Answers
from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.code_lists import Code, CodeList
from placewise.intake.omop.build import load_warehouse
from placewise.intake.warehouse import open_warehouse
from placewise.pipeline import PLANNING

REALDATA = "PLACEWISE_REALDATA"
SET = "data/synthetic/eunomia_gibleed_omop53"
OSTEOARTHRITIS, TEMPERATURE = 80180, 3006322
WITHIN = 365
WINDOW = Window(2014, 7, 60)

_TABLES = ("person", "observation_period", "condition_occurrence", "measurement", "concept", "concept_ancestor")


@dataclass(frozen=True, slots=True)
class Counted:
    """For each month: who ever had osteoarthritis, and whose temperature was taken. seconds: of counting alone."""

    had: list[int]
    measured: list[int]
    seconds: float


def find_gibleed() -> Path | None:
    """The set's folder under the one that PLACEWISE_REALDATA names, or None."""
    named = os.environ.get(REALDATA)
    folder = Path(named or "nowhere") / SET
    return folder if folder.is_dir() else None


def count_with_placewise(source: str) -> dict[str, Any]:
    """Counted, every month of WINDOW in one pass, from a prepared load."""
    lists = {"osteoarthritis": ("condition", OSTEOARTHRITIS), "temperature": ("measurement", TEMPERATURE)}
    code_lists = {name: _name_code_list(name, domain, concept) for name, (domain, concept) in lists.items()}
    with TemporaryDirectory() as folder:
        load_warehouse(Path(source), Path(folder), declaration=_DECLARATION, hierarchy=None, known_concepts=frozenset())
        warehouse = open_warehouse(Path(folder), PLANNING)
        started = time.perf_counter()
        had, measured = np.zeros(WINDOW.months, np.int64), np.zeros(WINDOW.months, np.int64)
        for shard in warehouse.shard_folders:
            answers = Answers(read_events(shard, code_lists, code_lists), WINDOW)
            on = answers.of(AllOf((Registered(), Has("osteoarthritis"))))
            everybody = np.zeros(len(on), np.int64)
            had += count_months(on, everybody, 1, WINDOW)[0]
            measured += count_months(on & answers.of(Has("temperature", Days(WITHIN))), everybody, 1, WINDOW)[0]
        return asdict(Counted(had.tolist(), measured.tolist(), time.perf_counter() - started))


def count_with_duckcdm(source: str, months: int) -> dict[str, Any]:
    """Counted, the last `months` months of WINDOW, two cohorts each, from tables that are loaded already."""
    database = duckdb.connect()
    for table in _TABLES:
        database.execute(f"CREATE TABLE {table} AS FROM read_parquet({quoted(Path(source) / f'{table}.parquet')})")
    database.execute(
        "CREATE TABLE cohort (cohort_definition_id BIGINT, subject_id BIGINT,"
        " cohort_start_date DATE, cohort_end_date DATE)"
    )
    started = time.perf_counter()
    had, measured = [], []
    for day in WINDOW.month_ends[-months:]:
        had.append(_count_cohort(database, day, [_had_osteoarthritis()]))
        measured.append(_count_cohort(database, day, [_had_osteoarthritis(), _temperature_taken()]))
    return asdict(Counted(had, measured, time.perf_counter() - started))


def _count_cohort(database: duckdb.DuckDBPyConnection, day: date, criteria: list[dict[str, Any]]) -> int:
    expression = json.dumps(_build_expression(day, criteria))
    sql = build_cohort_query(expression, cdm_schema="main", target_table="main.cohort", cohort_id=1)
    database.execute(translate(render(sql), "duckdb"))
    [(people,)] = database.execute("SELECT count(DISTINCT subject_id) FROM cohort").fetchall()
    return int(people)


def _build_expression(day: date, criteria: list[dict[str, Any]]) -> dict[str, Any]:
    """A Circe cohort: everybody observed on the day, which is their index day, and of them who meet every criterion."""
    the_day = {"StartDate": day.isoformat(), "EndDate": day.isoformat()}
    return {
        "ConceptSets": [_name_concept_set(0, OSTEOARTHRITIS), _name_concept_set(1, TEMPERATURE)],
        "PrimaryCriteria": {
            "CriteriaList": [{"ObservationPeriod": {"UserDefinedPeriod": the_day}}],
            "ObservationWindow": {"PriorDays": 0, "PostDays": 0},
            "PrimaryCriteriaLimit": {"Type": "First"},
        },
        "AdditionalCriteria": {"Type": "ALL", "CriteriaList": criteria, "DemographicCriteriaList": [], "Groups": []},
        "QualifiedLimit": {"Type": "First"},
        "ExpressionLimit": {"Type": "First"},
        "InclusionRules": [],
        "CensoringCriteria": [],
        "CollapseSettings": {"CollapseType": "ERA", "EraPad": 0},
        "CensorWindow": {},
    }


def _had_osteoarthritis() -> dict[str, Any]:
    return _before({"ConditionOccurrence": {"CodesetId": 0}}, {"Coeff": -1})


def _temperature_taken() -> dict[str, Any]:
    return _before({"Measurement": {"CodesetId": 1}}, {"Days": WITHIN - 1, "Coeff": -1})


def _before(criteria: dict[str, Any], since: dict[str, Any]) -> dict[str, Any]:
    """At least one, from so many days before the index day (no number: ever) to that day, observed then or not."""
    window = {"Start": since, "End": {"Days": 0, "Coeff": 1}, "UseEventEnd": False}
    return {
        "Criteria": criteria,
        "StartWindow": window,
        "Occurrence": {"Type": 2, "Count": 1},
        "IgnoreObservationPeriod": True,
    }


def _name_concept_set(number: int, concept: int) -> dict[str, Any]:
    item = {"concept": {"CONCEPT_ID": concept}, "isExcluded": False, "includeDescendants": False}
    return {"id": number, "name": str(concept), "expression": {"items": [item]}}


def _name_code_list(name: str, domain: str, concept: int) -> CodeList:
    return CodeList(
        name=name,
        title=name,
        domain=domain,
        owner="the benchmark",
        version="1",
        source="OHDSI standardised vocabularies",
        review_date=date(2030, 1, 1),
        status="preview",
        rows=(Code(concept, "OMOP", str(concept), name),),
    )


_DECLARATION = Declaration(
    source="gibleed",
    purpose=PLANNING,
    legal_basis="invented people",
    controller="OHDSI",
    retention_until=date(2030, 1, 1),
    cdm_version="5.3",
    extracted_on=date(2019, 12, 31),
    declares_practices=False,
    synthetic=True,
    opt_outs_applied=("type_1", "national"),
)
