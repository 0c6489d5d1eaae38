"""Some of the people with all that their events are made from. Each clinical module adds events for one cohort."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placewise.synthetic.chance import DAYS_A_YEAR, Days
from placewise.synthetic.margins import Margins
from placewise.synthetic.people import STILL_HERE, Calendar, People
from placewise.synthetic.planting import Planting
from placewise.synthetic.registers import OnRegister


@dataclass(frozen=True, slots=True)
class Cohort:
    """decile: of each person's last home; onset: by register, for everybody, meaning something for those on it."""

    people: People
    decile: npt.NDArray[np.int8]
    on: OnRegister
    onset: Mapping[str, Days]
    calendar: Calendar
    margins: Margins
    planting: Planting

    def has(self, register: str) -> npt.NDArray[np.bool_]:
        """On the register at the last day; nobody where the margins have no such register."""
        return self.on.now.get(register, np.zeros(len(self.people), np.bool_))

    def since(self, register: str) -> Days:
        """The day each person on a register came onto it; no day at all where the margins have no such register."""
        return self.onset.get(register, np.full(len(self.people), STILL_HERE, np.int32))

    @property
    def first_day(self) -> Days:
        """From which each person's routine events are kept."""
        return np.maximum(self.people.start, self.calendar.history).astype(np.int32)

    def age_at(self, who: npt.NDArray[np.intp], day: Days) -> npt.NDArray[np.float64]:
        return (day - self.people.birth[who]) / DAYS_A_YEAR
