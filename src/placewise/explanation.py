"""Explain one person's months to the team that treats them: through the gate, and logged."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

import pyarrow.compute as pc

from placewise.config import Deployment
from placewise.definitions import Definitions, read_definitions
from placewise.door.declaration import check_retention
from placewise.floor.access import DIRECT_CARE, AccessLog, Agreement, FileAccessLog, Reader, gated
from placewise.floor.faults import refuse
from placewise.floor.folders import read_json
from placewise.floor.language.nodes import Node
from placewise.intake.warehouse import WAREHOUSE, Warehouse, open_warehouse, read_warehouse
from placewise.measures.explain import NOTHING_MORE, Explanation
from placewise.measures.explain import explain as explain_measure
from placewise.plans.lists.contract import LISTS_FOLDER, MADE_FILE
from placewise.plans.lists.read import find_listed_person, find_lists
from placewise.programme import build_list_plans, find_measure, get_registers, get_titles

ACCESS_LOG = "access.jsonl"
LEFT_OUT = "Who is left out of the list"


def explain(
    deployment: Deployment, store: Path, measure: str, person: int, practice: str, reader: Reader
) -> Explanation:
    """One person's events and the months each part of a measure holds, for the team that treats them; logged.

    Raises AccessDenied for any other reader and FaultsFound where the person is not registered with the practice, after
    logging the attempt, and FaultsFound where the measure is unknown, before anybody looks.
    """
    definitions = read_definitions(deployment)
    find_measure(measure, definitions.programmes)
    warehouse = open_warehouse(store, DIRECT_CARE)
    log = FileAccessLog(store / ACCESS_LOG)
    with gated(reader, practice, f"explain {measure}", log) as look:
        shard = find_shard(warehouse, person, practice)
        look.rows = 1
    return _explain(deployment, definitions, measure, person, shard)


def explain_listed(
    deployment: Deployment,
    store: Path,
    lists: str,
    list_slug: str,
    practice: str,
    rank: int,
    reader: Reader,
    log: AccessLog,
    agreements: Collection[Agreement] = (),
) -> Explanation:
    """Why somebody is on a call list, from the very load and definitions that the list was made from; logged.

    lists: what they are called; rank: the row, so that no pseudonym leaves the store. Raises AccessDenied for a reader
    who does not treat this practice's patients, and FaultsFound where the list, the row, the load or the definitions
    are no longer those of the lists in force: another person may stand in that row now. All are logged.
    """
    folder = find_lists(store)
    with gated(reader, practice, f"{LISTS_FOLDER}/{folder.name}/{list_slug}/row {rank}", log, agreements) as look:
        if folder.name != lists:
            raise refuse("This list", "it has been made anew since the page was opened", "open the list again")
        person = find_listed_person(folder, list_slug, practice, rank)
        made = read_json(folder / MADE_FILE)
        definitions = read_definitions(deployment)
        if made["programmes"] != definitions.versions:
            raise refuse("This list", "the definitions have changed since it was made", "have it built again")
        shard = find_shard(_load_of(made, store), person, practice)
        look.rows = 1
    plans = {each.slug: each for each in build_list_plans(definitions.programmes, definitions.code_lists)}
    plan = plans[list_slug]
    left_out = {LEFT_OUT: plan.exclude} if plan.exclude else NOTHING_MORE
    return _explain(deployment, definitions, plan.measure, person, shard, left_out)


def find_shard(warehouse: Warehouse, person: int, practice: str) -> Path:
    """The shard of a person registered with this practice now; raises FaultsFound as if the person were not there."""
    for shard in warehouse.shard_folders:
        wanted = (pc.field("person_id") == person) & (pc.field("practice") == practice)
        if warehouse.read(shard, "registration").filter(wanted)["end_date"].null_count:
            return shard
    remedy = "check the code of the practice, and the pseudonym on its call list"
    raise refuse(practice, "the practice has no such person registered now", remedy)


def _load_of(made: Mapping[str, list[dict[str, str]]], store: Path) -> Warehouse:
    """The load for direct care that lists rest on."""
    load = next((each["load"] for each in made["loads"] if each["purpose"] == DIRECT_CARE), None)
    folder = store / WAREHOUSE / DIRECT_CARE / str(load)
    if load is None or not folder.is_dir():
        raise refuse("This list", "the records it was made from are no longer kept", "have it built again")
    warehouse = read_warehouse(folder)
    check_retention(date.fromisoformat(warehouse.report.retention_until), folder)
    return warehouse


def _explain(
    deployment: Deployment,
    definitions: Definitions,
    measure: str,
    person: int,
    shard: Path,
    also: Mapping[str, Node] = NOTHING_MORE,
) -> Explanation:
    return explain_measure(
        find_measure(measure, definitions.programmes),
        get_registers(definitions.programmes),
        get_titles(definitions.programmes, definitions.code_lists),
        shard,
        person,
        deployment.window,
        definitions.code_lists,
        also,
    )
