"""Births before 30 weeks, few beside all others, and whether the mother was given magnesium sulphate before."""

import numpy as np

from placewise.synthetic.chance import days_at_random
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events

_OF_PREGNANCIES = 0.011
"""About 1 birth in 90 in England is before 30 weeks (working knowledge)."""
_DAYS_TO_CONFIRM = 60
_FIRST_DAY, _LAST_DAY = 24 * 7, 30 * 7 - 1
_GIVEN_AT_FIRST, _GIVEN_AT_LAST = 0.62, 0.86
"""The share given rises over the window, as it did nationally."""
_REASON_RECORDED = 0.7


def add_early_births(cohort: Cohort, events: Events, rng: np.random.Generator) -> None:
    people, calendar = cohort.people, cohort.calendar
    mother = np.flatnonzero((people.sex == 0) & (people.age >= 17) & (people.age < 45))
    rate = np.full(len(mother), cohort.margins.tendencies.pregnancies_a_year * _OF_PREGNANCIES)
    row, begun = days_at_random(rate, cohort.first_day[mother], people.last[mother], rng)
    born = begun + rng.integers(_FIRST_DAY, _LAST_DAY + 1, len(begun)).astype(begun.dtype)
    seen = born <= people.last[mother[row]]
    who, begun, born = mother[row[seen]], begun[seen], born[seen]
    share = np.clip((born - calendar.first) / max(calendar.last - calendar.first, 1), 0, 1)
    given = rng.random(len(born)) < _GIVEN_AT_FIRST + (_GIVEN_AT_LAST - _GIVEN_AT_FIRST) * share
    told = ~given & (rng.random(len(born)) < _REASON_RECORDED)
    events.add("pregnancy_codes", who, begun + np.int32(_DAYS_TO_CONFIRM), rng)
    for code_list in ("birth_under_30_weeks", "pregnancy_ended_codes"):
        events.add(code_list, who, born, rng)
    events.add("magnesium_sulphate", who[given], born[given], rng, drug_exposure_end_date=born[given])
    events.add("magnesium_sulphate_not_given", who[told], born[told], rng)
