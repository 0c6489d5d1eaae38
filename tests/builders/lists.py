"""Call lists of the planted release's practices, sealed for real: invented people, NHS numbers from the test range."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from nacl.public import PrivateKey, SealedBox

from builders.release import PRACTICES
from placewise.door.sealing import fingerprint
from placewise.floor.folders import point_to, write_json
from placewise.plans.lists.contract import CALL_LIST, LISTS_FILE, LISTS_FOLDER

LIST = "af_not_anticoagulated"
CARD = {
    "title": "People with AF at stroke risk without an anticoagulant",
    "measure": "af_anticoagulated",
    "programme": "heart_care",
    "next_action": "Review the record, then invite the person to talk about an anticoagulant.",
    "order": ["stroke risk score, highest first", "last seen, longest ago first"],
    "columns": ["age", "last_seen"],
}
EXCLUDED = 3
"""So many at the end of each list are left out, with the reason."""


def write_call_lists(store: Path, people: int = 20) -> Path:
    """One list for each planted practice in the build named `planted`, now in force; the folder of the private keys."""
    folder = store / "builds" / "planted" / LISTS_FOLDER
    keys = store / "practice_keys"
    (folder / LIST).mkdir(parents=True, exist_ok=True)
    keys.mkdir(exist_ok=True)
    write_json(folder / LISTS_FILE, {LIST: CARD})
    for number, practice in enumerate(PRACTICES):
        key = PrivateKey.generate()
        (keys / f"{practice}.key").write_text(bytes(key).hex(), encoding="ascii")
        pq.write_table(build_list(key, people, first=number * people), folder / LIST / f"{practice}.parquet")
    write_json(folder.parent / "build.json", {"loads": [{"synthetic": True}]})
    point_to(store / "builds", "planted")
    return keys


def build_list(key: PrivateKey, people: int, first: int) -> pa.Table:
    box = SealedBox(key.public_key)
    rows = [
        {
            "rank": rank,
            "person_id": 10_000_000 + first + rank,
            "reason": [f"AF recorded in {2010 + rank % 12}", f"stroke risk score {9 - rank * 8 // people} in 2025"],
            "excluded": "a mechanical heart valve is recorded" if rank > people - EXCLUDED else None,
            "shown": {"age": str(88 - rank % 30), "last_seen": f"2025-{1 + rank % 12:02}"},
            "sealed": box.encrypt(f"999{first + rank:07}".encode()),
            "key_id": fingerprint(bytes(key.public_key)),
        }
        for rank in range(1, people + 1)
    ]
    return pa.Table.from_pylist(rows, schema=CALL_LIST)
