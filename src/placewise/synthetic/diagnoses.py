"""The codes that put people on registers, and those that take them off."""

import numpy as np

from placewise.synthetic.chance import days_between
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events


def add_diagnoses(cohort: Cohort, events: Events, rng: np.random.Generator) -> None:
    """The code that puts each person on a register; for who was on it once, that code and the one that resolves it."""
    for register in cohort.margins.registers:
        onset = cohort.since(register.code_list)
        now = np.flatnonzero(cohort.on.now[register.code_list])
        events.add(register.code_list, now, onset[now], rng)
        if register.resolved_by:
            once = np.flatnonzero(cohort.on.resolved[register.code_list])
            events.add(register.code_list, once, onset[once], rng)
            resolved = days_between(onset[once], cohort.people.last[once], rng)
            events.add(register.resolved_by, once, resolved, rng)
