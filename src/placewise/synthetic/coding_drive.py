"""One practice's clean-up of its records: people long treated for high blood pressure are all coded in one month."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from placewise.synthetic.chance import Days, days_between
from placewise.synthetic.people import Calendar, People
from placewise.synthetic.planting import DRIVE, NO_PRACTICE, Planting, Tally, find_drive_month
from placewise.synthetic.registers import OnRegister

_EPOCH = date(1970, 1, 1)
_REGISTER = "hypertension_codes"


def plant_coding_drive(
    onset: Mapping[str, Days],
    people: People,
    on: OnRegister,
    planting: Planting,
    calendar: Calendar,
    tally: Tally,
    rng: np.random.Generator,
) -> dict[str, Days]:
    """The days people came onto registers, with a share of one practice's people moved into the month of the drive.

    Who is on the register at the last day stays the same; only the day they were coded changes.
    """
    if planting.driving == NO_PRACTICE or _REGISTER not in onset:
        return dict(onset)
    month = find_drive_month(_EPOCH + timedelta(days=calendar.last))
    days = np.array([month, month + 1], dtype="datetime64[D]").astype(int)
    first, last = int(days[0]), int(days[1]) - 1
    at = np.where(people.practice_since <= last, people.practice, people.earlier_practice)
    there = (at >= 0) & (people.start <= last) & (people.end > last)
    came = onset[_REGISTER].copy()
    known = on.now[_REGISTER] & (came < first) & there & (at == planting.driving)
    moved = np.flatnonzero(known & (rng.random(len(people)) < planting.size(DRIVE)))
    came[moved] = days_between(np.full(len(moved), first, np.int32), np.full(len(moved), last, np.int32), rng)
    added = on.now[_REGISTER] & (came >= first) & (came <= last)
    tally.add("added_in_drive", added[there], at[there], len(planting.practices))
    return {**onset, _REGISTER: came}
