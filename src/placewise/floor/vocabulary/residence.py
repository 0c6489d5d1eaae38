"""Levels of where people live, whichever practice they are registered with: smallest last.

In England a small area is a lower layer super output area (LSOA), of about 1,600 people; a middle area is a middle
layer super output area (MSOA), made of four or five of them.
"""

SMALL_AREA, MIDDLE_AREA = "small_area", "middle_area"
RESIDENCE = (MIDDLE_AREA, SMALL_AREA)
TITLES = {SMALL_AREA: "small areas", MIDDLE_AREA: "middle areas"}


def get_outlines_check(level: str) -> str:
    """What the check is called that tells how outlines fit the records' edition of areas."""
    return f"outlines of {TITLES.get(level, level)}"
