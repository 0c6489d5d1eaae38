"""What a call list is: names for the treating practice only, sealed everywhere else. In STORE/lists, apart from builds:

LISTS/made.json                  of which build and load, when, what was held, the parts it rests on
LISTS/LIST/PRACTICE.parquet      CALL_LIST, in rank order
LISTS/lists.json                 list -> CallListCard
LISTS/every-contact/PRACTICE.parquet   EVERY_CONTACT: each person of any list once, with all of them
LISTS/handed-on/lists.json             list -> CallListCard, of those that go to a recipient and to no practice
LISTS/handed-on/LIST.parquet           CALL_LIST of its recipient: nobody who is excluded or is not sealed to it
LISTS/handed-on/done-by-record/LIST.parquet  DONE of those sealed to it, with the recipient for the practice
LISTS/done-by-record/LIST.parquet      DONE: those who would be on the list, had their record not shown it done
"""

from dataclasses import dataclass

import pyarrow as pa

from placewise.floor.access import DIRECT_CARE

LISTS_FOLDER = "lists"
LISTS_FILE = "lists.json"
MADE_FILE = "made.json"
EVERY_CONTACT_FOLDER, DONE_FOLDER, HANDED_FOLDER = "every-contact", "done-by-record", "handed-on"
"""Beside the folders of lists, whose names have no hyphen."""

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

GAP = pa.struct(
    [
        pa.field("list", pa.string(), nullable=False),
        pa.field("rank", pa.int32(), nullable=False),  # the person's row on that list
        pa.field("excluded", pa.string()),  # as of CALL_LIST
    ]
)
EVERY_CONTACT = pa.schema(
    [
        pa.field("rank", pa.int32(), nullable=False),
        pa.field("person_id", pa.int64(), nullable=False),
        pa.field("gaps", pa.list_(GAP), nullable=False),  # each list the person is on, in the order of the programmes
        pa.field("sealed", pa.binary()),
        pa.field("key_id", pa.string()),
    ]
)
"""The published rule: those called by most lists first, then the longest time since a review that any list names."""

DONE = pa.schema(
    [
        pa.field("practice", pa.dictionary(pa.int32(), pa.string()), nullable=False),
        pa.field("person_id", pa.int64(), nullable=False),
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
    recipient: str = ""
    """The code of the organisation that it goes to in place of the treating practices, or ""."""
    purpose: str = DIRECT_CARE
    """For which it may be opened."""
