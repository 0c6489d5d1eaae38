"""Explain one person's months to the team that treats them: through the gate, and logged."""

from pathlib import Path

import pyarrow.parquet as pq

from placewise.config import Deployment
from placewise.definitions import read_definitions
from placewise.floor.access import FileAccessLog, Reader, gated
from placewise.floor.faults import refuse
from placewise.intake.warehouse import Warehouse, open_warehouse
from placewise.measures.explain import explain as explain_measure
from placewise.pipeline import DIRECT_CARE
from placewise.programme import find_measure, get_registers, get_titles

ACCESS_LOG = "access.jsonl"


def explain(deployment: Deployment, store: Path, measure: str, person: int, practice: str, reader: Reader) -> list[str]:
    """One person's events and the months each part of a measure holds, for the team that treats them; logged.

    Raises AccessDenied for any other reader and FaultsFound where the person is not registered with the practice, after
    logging the attempt, and FaultsFound where the measure is unknown.
    """
    warehouse = open_warehouse(store, DIRECT_CARE)
    log = FileAccessLog(store / ACCESS_LOG)
    with gated(reader, practice, f"explain {measure}", log) as look:
        shard = find_shard(warehouse, person, practice)
        look.rows = 1
    definitions = read_definitions(deployment)
    return explain_measure(
        find_measure(measure, definitions.programmes),
        get_registers(definitions.programmes),
        get_titles(definitions.programmes, definitions.code_lists),
        shard,
        person,
        deployment.window,
        definitions.code_lists,
    )


def find_shard(warehouse: Warehouse, person: int, practice: str) -> Path:
    """The shard of a person registered with this practice now; raises FaultsFound as if the person were not there."""
    for shard in warehouse.shard_folders:
        wanted = [("person_id", "==", person), ("practice", "==", practice)]
        if any(
            row["end_date"] is None for row in pq.read_table(shard / "registration.parquet", filters=wanted).to_pylist()
        ):
            return shard
    raise refuse(practice, "the practice has no such person registered now", "check the pseudonym on its call list")
