"""The records behind the call lists of builders/lists.py, so that a page can lay one row of a list open.

Everybody has had atrial fibrillation since 2011 and a stroke risk score of 4 since 10 June 2021, and nobody takes an
anticoagulant, but for the first of each practice, who was issued one on 3 January 2024. Whom a list leaves out has had
one declined.
"""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from builders.lists import LIST
from builders.warehouse import Rows, add_event, add_person, write_rows
from placewise.config import read_deployment
from placewise.definitions import read_definitions
from placewise.floor.access import DIRECT_CARE
from placewise.floor.folders import write_json
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.contract import SHARD_TABLES, WAREHOUSE, LoadReport
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE

LOAD = "behind_the_lists"
LISTS = "planted"


def write_records(store: Path, deployment: Path) -> None:
    """A load for direct care in which everybody on a list stands; the lists name it."""
    definitions = read_definitions(read_deployment(str(deployment)))
    lists = store / LISTS_FOLDER / LISTS
    rows: Rows = {table: [] for table in SHARD_TABLES}
    for path in sorted((lists / LIST).glob("*.parquet")):
        listed = pq.read_table(path, columns=["person_id", "excluded"]).to_pylist()
        for place, each in enumerate(listed):
            add_listed(rows, dict(definitions.code_lists), each["person_id"], path.stem)
            if place == 0:
                day, end = date(2024, 1, 3), date(2024, 1, 30)
                add_event(rows, definitions.code_lists, each["person_id"], "anticoagulants", day, end=end)
            if each["excluded"]:
                codes = "anticoagulant_contraindicated"
                add_event(rows, definitions.code_lists, each["person_id"], codes, date(2022, 5, 9))
    load = store / WAREHOUSE / DIRECT_CARE / LOAD
    write_rows(load / "shard=000", rows)
    write_json(load / "load.json", asdict(report_of(len(rows["person"]))))
    loads = [{"synthetic": True, "purpose": DIRECT_CARE, "load": LOAD}]
    write_json(lists / MADE_FILE, {"loads": loads, "programmes": definitions.versions})


def add_listed(rows: Rows, code_lists: dict[str, CodeList], person: int, practice: str) -> None:
    add_person(rows, person, "1942-09", "female")
    registered = {"person_id": person, "practice": practice, "start_date": date(2001, 1, 1), "end_date": None}
    rows["registration"].append(registered)
    add_event(rows, code_lists, person, "af_codes", date(2011, 3, 4))
    add_event(rows, code_lists, person, "cha2ds2vasc", date(2021, 6, 10), value=4)


def report_of(people: int) -> LoadReport:
    return LoadReport(
        load=LOAD,
        source="general_practice",
        purpose=DIRECT_CARE,
        legal_basis="invented",
        controller="invented",
        retention_until="2099-12-31",
        cdm_version="5.4",
        extracted_on="2026-04-01",
        declares_practices=True,
        synthetic=True,
        people=people,
        shards=1,
        history_assumed=False,
        tables=(),
        unmapped_concepts={},
    )
