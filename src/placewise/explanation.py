"""Explain one person's months to the team that treats them: through the gate, and logged."""

from pathlib import Path

import pyarrow.parquet as pq

from placewise.config import Deployment
from placewise.floor.access import FileAccessLog, Reader, check_may_read, record_of
from placewise.floor.faults import FaultsFound, refuse
from placewise.intake.warehouse import Warehouse, open_warehouse
from placewise.measures.explain import explain as explain_measure
from placewise.pipeline import DIRECT_CARE, read_definitions

ACCESS_LOG = "access.jsonl"


def explain(deployment: Deployment, store: Path, measure: str, person: int, practice: str, reader: Reader) -> list[str]:
    """One person's events and the months each part of a measure holds, for the team that treats them; logged.

    Raises AccessDenied for any other reader and FaultsFound where the person is not registered with the practice, after
    logging the attempt, and FaultsFound where the measure is unknown.
    """
    warehouse = open_warehouse(store, DIRECT_CARE)
    log = FileAccessLog(store / ACCESS_LOG)
    what = f"explain {measure}"
    try:
        check_may_read(reader, practice)
        shard = find_shard(warehouse, person, practice)
    except FaultsFound as denied:
        log.add(record_of(reader, what, practice, rows=0, denied=denied.faults[0].fault))
        raise
    log.add(record_of(reader, what, practice, rows=1))
    definitions = read_definitions(deployment)
    return explain_measure(measure, definitions.programmes, shard, person, deployment.window, definitions.code_lists)


def find_shard(warehouse: Warehouse, person: int, practice: str) -> Path:
    """The shard of a person registered with this practice now; raises FaultsFound as if the person were not there."""
    for shard in warehouse.shard_folders:
        wanted = [("person_id", "==", person), ("practice", "==", practice)]
        if any(
            row["end_date"] is None for row in pq.read_table(shard / "registration.parquet", filters=wanted).to_pylist()
        ):
            return shard
    raise refuse(practice, "the practice has no such person registered now", "check the pseudonym on its call list")
