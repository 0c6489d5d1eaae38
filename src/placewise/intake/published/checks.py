"""What must hold of every published file that was read."""

from placewise.floor.faults import refuse
from placewise.intake.published.reading import Reading

REPORT = "report it to the authors of the adapter"


def check_reading(file: str, reading: Reading) -> None:
    """Raises FaultsFound where rows went missing or are counted for no reason."""
    if reading.rows_in != reading.rows_kept + sum(reading.rejected.values()):
        aside = sum(reading.rejected.values())
        fault = f"{reading.rows_in} rows went in, {reading.rows_kept} were kept and {aside} set aside"
        raise refuse(file, fault, REPORT)
    if any(count <= 0 for count in reading.rejected.values()):
        raise refuse(file, "a reason for setting rows aside has no rows", REPORT)
