"""The codes of a load, counted and compared with the build before: first of all, so that a fault is told early."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from placewise.coding.checks import check_codes_left, tell_codes
from placewise.coding.contract import MEMBERS, VOLUMES_FILE
from placewise.coding.units import tell_units
from placewise.coding.volumes import MonthsCompared, add_up, count_volumes, find_members
from placewise.floor.checking import Check
from placewise.floor.vocabulary.code_lists import CodeList
from placewise.intake.warehouse import Warehouse
from placewise.publishing.definition import DisclosureRule


def check_coding(
    lists: Mapping[str, CodeList],
    warehouse: Warehouse,
    draft: Path,
    last_build: Path | None,
    rule: DisclosureRule,
) -> list[Check]:
    """Write DRAFT/volumes.parquet and say what is found of these code lists in a load.

    last_build: the build in force of the same deployment. Raises FaultsFound where a code with volume has left a list
    since then without a reason; what has fallen, is retired or in a wrong unit is told by a check that has not passed.
    """
    shards = warehouse.shard_folders
    compared = MonthsCompared(date.fromisoformat(warehouse.report.extracted_on))
    volumes = count_volumes(shards, find_members(lists[name] for name in sorted(lists)), draft)
    pq.write_table(volumes, draft / VOLUMES_FILE)
    left = _find_left(last_build, lists)
    gone = None if left is None else add_up(count_volumes(shards, left, draft), compared, draft)
    return [
        check_codes_left(gone, lists, rule),
        *tell_codes(add_up(volumes, compared, draft), lists, compared, rule),
        *tell_units(volumes, lists, rule),
    ]


def _find_left(last_build: Path | None, lists: Mapping[str, CodeList]) -> pa.Table | None:
    """The codes that stood in a list at the last build, and do not any more; None where no build says what stood."""
    path = last_build / VOLUMES_FILE if last_build else None
    if path is None or not path.is_file():
        return None
    stood = pq.read_table(path, columns=MEMBERS.names).group_by(MEMBERS.names).aggregate([])
    stands = {(name, concept) for name, each in lists.items() for concept in each.concept_ids}
    kept = [
        row["code_list"] in lists and (row["code_list"], row["concept_id"]) not in stands for row in stood.to_pylist()
    ]
    return stood.filter(pa.array(kept, pa.bool_())).select(MEMBERS.names).cast(MEMBERS)
