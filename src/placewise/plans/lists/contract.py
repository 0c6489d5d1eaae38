"""What a call list is: names for the treating practice only, sealed everywhere else.

BUILD/lists/LIST/PRACTICE.parquet    CALL_LIST, in rank order
BUILD/lists/lists.json               list -> CallListCard
"""

from dataclasses import dataclass

import pyarrow as pa

LISTS_FOLDER = "lists"
LISTS_FILE = "lists.json"

CALL_LIST = pa.schema(
    [
        pa.field("rank", pa.int32(), nullable=False),
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("reason", pa.list_(pa.string()), nullable=False),  # the recorded events that put the person here
        pa.field("excluded", pa.string()),  # why the person is not to be called, or null; excluded people rank last
        pa.field("shown", pa.map_(pa.string(), pa.string()), nullable=False),  # the columns the programme declares
        pa.field("sealed", pa.binary()),  # the NHS number under the practice's key
        pa.field("key_id", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListCard:
    """What a list is, without saying who is on it: one entry of lists.json."""

    title: str
    measure: str
    programme: str
    next_action: str
    order: tuple[str, ...]
    """The published rule, a phrase for each key: "CHA2DS2-VASc stroke risk score, highest first"."""
    columns: tuple[str, ...]
    """The keys of `shown`, in the order to show them."""
