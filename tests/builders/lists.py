"""Call lists of the planted release's practices, sealed for real: invented people, NHS numbers from the test range."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from nacl.public import PrivateKey

from builders.release import PRACTICES
from placewise.door.sealing import fingerprint, seal_numbers
from placewise.floor.folders import point_to, read_json, write_json
from placewise.plans.lists.contract import (
    CALL_LIST,
    DONE_FOLDER,
    EVERY_CONTACT,
    EVERY_CONTACT_FOLDER,
    HANDED_FOLDER,
    LISTS_FILE,
    LISTS_FOLDER,
    MADE_FILE,
)
from placewise.plans.lists.contract import DONE as DONE_SCHEMA
from placewise.plans.lists.every_contact import build_every_contact

LIST = "af_not_anticoagulated"
CARD = {
    "title": "People with AF at stroke risk without an anticoagulant",
    "measure": "af_anticoagulated",
    "programme": "heart_care",
    "next_action": "Review the record, then invite the person to talk about an anticoagulant.",
    "order": ["stroke risk score, highest first", "last seen, longest ago first"],
    "columns": ["age", "last_seen"],
}
OTHER_LIST = "blood_pressure_not_controlled"
OTHER_CARD = {
    **CARD,
    "title": "People with high blood pressure above target",
    "measure": "hypertension_control",
    "next_action": "Measure blood pressure.",
}
DONE = 10_900_000
"""The pseudonym of somebody at each practice whose record shows the first list's gap closed."""
GONE = 10_800_000
"""The pseudonym of somebody who left the first practice's list because they moved."""
EXCLUDED = 3
"""So many at the end of each list are left out, with the reason."""


def write_call_lists(store: Path, people: int = 20) -> Path:
    """One list for each planted practice in the lists named `planted`, now in force; the folder of the private keys."""
    folder = store / LISTS_FOLDER / "planted"
    keys = store / "practice_keys"
    (folder / LIST).mkdir(parents=True, exist_ok=True)
    keys.mkdir(exist_ok=True)
    write_json(folder / LISTS_FILE, {LIST: CARD})
    for number, practice in enumerate(PRACTICES):
        key = PrivateKey.generate()
        (keys / f"{practice}.key").write_text(bytes(key).hex(), encoding="ascii")
        pq.write_table(build_list(key, people, first=number * people), folder / LIST / f"{practice}.parquet")
    write_json(folder / MADE_FILE, {"loads": [{"synthetic": True}]})
    point_to(store / LISTS_FOLDER, "planted")
    return keys


HANDED = "bowel_screening_not_done"
HANDED_CARD = {
    **CARD,
    "title": "Aged 60 to 74, no bowel screening kit returned",
    "measure": "bowel_screening_uptake",
    "next_action": "Send a kit again.",
    "order": ["kit returned, longest ago first"],
    "purpose": "screening_invitation",
}


def write_handed_list(store: Path, keys: Path, recipient: str, people: int = 6) -> None:
    """A list that goes to a recipient in place of the planted practices, with its key; one more came meanwhile."""
    folder = store / LISTS_FOLDER / "planted" / HANDED_FOLDER
    (folder / DONE_FOLDER).mkdir(parents=True)
    key = PrivateKey.generate()
    (keys / f"{recipient}.key").write_text(bytes(key).hex(), encoding="ascii")
    rows = build_list(key, people + EXCLUDED, first=500).slice(0, people)
    pq.write_table(rows, folder / f"{HANDED}.parquet")
    done = pa.table([pa.array([recipient]).dictionary_encode(), pa.array([DONE])], schema=DONE_SCHEMA)
    pq.write_table(done, folder / DONE_FOLDER / f"{HANDED}.parquet")
    write_json(folder / LISTS_FILE, {HANDED: HANDED_CARD | {"recipient": recipient}})


def write_other_lists(store: Path, keys: Path, practice: str = PRACTICES[0]) -> None:
    """A second list of a practice, with rows 2 and 5 of the first; everybody once; and one who is done."""
    folder = store / LISTS_FOLDER / "planted"
    key = PrivateKey(bytes.fromhex((keys / f"{practice}.key").read_text(encoding="ascii")))
    first = pq.read_table(folder / LIST / f"{practice}.parquet")
    rows = first.take([1, 4])
    second = rows.set_column(0, CALL_LIST.field("rank"), pa.array([1, 2], pa.int32())).cast(CALL_LIST)
    for name in (OTHER_LIST, EVERY_CONTACT_FOLDER, DONE_FOLDER):
        (folder / name).mkdir()
    pq.write_table(second, folder / OTHER_LIST / f"{practice}.parquet")
    lists = {LIST: first, OTHER_LIST: second}
    ranked = {
        name: pa.table(
            {
                "practice": pa.array([0] * len(table), pa.int32()),
                **{column: table[column] for column in ("person_id", "rank", "excluded")},
                "reviewed": pa.array([0] * len(table), pa.int32()),
            }
        )
        for name, table in lists.items()
    }
    people = build_every_contact(ranked)
    own, sealed = fingerprint(bytes(key.public_key)), _seal(key, [9_990_000_001] * len(people))
    people = people.append_column("sealed", pa.array(sealed, pa.binary()))
    people = people.append_column("key_id", pa.array([own] * len(people), pa.string()))
    pq.write_table(
        people.select(EVERY_CONTACT.names).cast(EVERY_CONTACT), folder / EVERY_CONTACT_FOLDER / f"{practice}.parquet"
    )
    done = pa.table([pa.array([practice]).dictionary_encode(), pa.array([DONE])], schema=DONE_SCHEMA)
    pq.write_table(done, folder / DONE_FOLDER / f"{LIST}.parquet")
    write_json(folder / LISTS_FILE, {LIST: CARD, OTHER_LIST: OTHER_CARD})
    _write_lists_before(folder, first, practice)


def _write_lists_before(lists: Path, now: pa.Table, practice: str) -> None:
    """The lists before: without rows 1 and 2 of the first list, and with two people who have left it since."""
    earlier = lists.with_name("before")
    (earlier / LIST).mkdir(parents=True)
    left = now.slice(0, 2).set_column(1, CALL_LIST.field("person_id"), pa.array([DONE, GONE]))
    pq.write_table(pa.concat_tables([left, now.slice(2)]), earlier / LIST / f"{practice}.parquet")
    write_json(earlier / LISTS_FILE, {LIST: CARD})
    for folder, made_at in ((earlier, "2026-10-01"), (lists, "2026-11-01")):
        said = read_json(lists / MADE_FILE) | {"deployment": "haven", "made_at": made_at}
        write_json(folder / MADE_FILE, said)


def build_list(key: PrivateKey, people: int, first: int) -> pa.Table:
    sealed = _seal(key, range(9_990_000_001 + first, 9_990_000_001 + first + people))
    rows = [
        {
            "rank": rank,
            "person_id": 10_000_000 + first + rank,
            "reason": [f"AF recorded in {2010 + rank % 12}", f"stroke risk score {9 - rank * 8 // people} in 2025"],
            "excluded": "a mechanical heart valve is recorded" if rank > people - EXCLUDED else None,
            "shown": {"age": str(88 - rank % 30), "last_seen": f"2025-{1 + rank % 12:02}"},
            "sealed": sealed[rank - 1],
            "key_id": fingerprint(bytes(key.public_key)),
        }
        for rank in range(1, people + 1)
    ]
    return pa.Table.from_pylist(rows, schema=CALL_LIST)


def _seal(key: PrivateKey, numbers: Iterable[int]) -> list[bytes]:
    written = list(map(str, numbers))
    return seal_numbers(written, ["own"] * len(written), {"own": bytes(key.public_key)})
