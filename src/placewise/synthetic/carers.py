"""Unpaid carers: by which route each was found, some by two, and the support offered to them."""

import numpy as np

from placewise.synthetic.chance import days_at_random, days_between
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events
from placewise.synthetic.planting import TWICE, Tally

_ROUTES = ("carer_found_by_practice", "carer_found_by_inequalities_subgroup", "carer_found_by_impact_assessment")
_SHARES = (0.6, 0.25, 0.15)
"""Of the carers found during the window; before it the practice was the only route."""


def add_carers(cohort: Cohort, events: Events, tally: Tally, rng: np.random.Generator) -> None:
    carer = cohort.has("carer_codes")
    who = np.flatnonzero(carer)
    found = cohort.since("carer_codes")[who]
    last = cohort.people.last[who]
    rates = cohort.margins.tendencies

    route = rng.choice(len(_ROUTES), len(who), p=_SHARES)
    route[found < cohort.calendar.first] = 0
    twice = (rng.random(len(who)) < rates.carer_found_twice) & (found >= cohort.calendar.first)
    again = days_between(found, last, rng)
    for number, code_list in enumerate(_ROUTES):
        once = route == number
        events.add(code_list, who[once], found[once], rng)
        second = twice & ((route + 1) % len(_ROUTES) == number)
        events.add(code_list, who[second], again[second], rng)

    from_day = np.maximum(found, cohort.first_day[who]).astype(np.int32)
    row, day = days_at_random(np.full(len(who), rates.carer_support_a_year), from_day, last, rng)
    events.add("carer_support_offered", who[row], day, rng)

    here = cohort.people.still_here
    if TWICE in cohort.planting.planted:
        tally.add("found_twice", twice[here[who]])
        tally.add("carers_of_everybody", carer[here])
