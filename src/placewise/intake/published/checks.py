"""What must hold of every published file that was read."""

from placewise.floor.checking import Check, hold
from placewise.intake.published.reading import Reading

ROOM = "published files"


def check_reading(file: str, reading: Reading) -> Check:
    """Raises FaultsFound where rows went missing."""
    aside = sum(reading.rejected.values())
    return hold(
        ROOM,
        "rows in = rows kept + rows set aside",
        reading.rows_in == reading.rows_kept + aside and min(reading.rejected.values(), default=1) > 0,
        f"{reading.rows_in:,} rows of {file} came, {reading.rows_kept:,} were kept, {aside:,} set aside with a reason.",
    )


def check_outlines(file: str, areas: int) -> Check:
    """Outlines are read whole or not at all."""
    return hold(
        ROOM,
        "outlines are closed, in degrees, and each of an area of its own",
        areas > 0,
        f"{areas:,} areas of {file}.",
    )
