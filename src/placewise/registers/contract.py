"""What registers hands on."""

from placewise.floor.timeline.window import Words

Registers = dict[str, Words]
"""Register -> a word a person, in the order of the shard's person table: on the register at the end of that month, read
from the record alone. Whether the person is with a practice then is asked apart, where people are counted."""
