"""What happens in any practice: contacts, short illnesses, pregnancies, reviews, and codes the law restricts."""

import numpy as np

from placewise.synthetic.chance import days_at_random, days_between
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events

_LONG_TERM = ("hypertension_codes", "diabetes_codes", "af_codes", "copd_codes", "asthma_codes", "heart_failure_codes")
_DAYS_TO_CONFIRM, _DAYS_TO_END = 60, 275
_KNOWN_TO_BE_DYING = 0.45


def add_contacts(cohort: Cohort, events: Events, rng: np.random.Generator) -> None:
    people, rates = cohort.people, cohort.margins.tendencies
    age, first, last = people.age, cohort.first_day, people.last

    often = rates.visits_a_year * np.select([age < 5, age < 18, age < 40, age < 65], [1.2, 0.5, 0.7, 1.0], 1.8)
    events.add("general_practice_visit", *days_at_random(often, first, last, rng), rng)
    ill = rates.acute_illnesses_a_year * np.where((age < 5) | (age >= 75), 2.0, 0.85)
    events.add("acute_illness_codes", *days_at_random(ill, first, last, rng), rng)

    long_term = np.logical_or.reduce([cohort.has(register) for register in _LONG_TERM])
    reviews = np.where(long_term, rates.medication_reviews_a_year, 0.0)
    events.add("medication_review", *days_at_random(reviews, first, last, rng), rng)

    _add_pregnancies(cohort, events, rng)
    restricted = np.flatnonzero(rng.random(len(people)) < rates.restricted_codes * ((age >= 16) & (age < 50)))
    events.add("restricted_codes", restricted, days_between(first[restricted], last[restricted], rng), rng)

    dying = people.died & (age >= 18) & (rng.random(len(people)) < _KNOWN_TO_BE_DYING)
    dying &= ~cohort.has("end_of_life_codes")
    days = rng.integers(10, 300, int(dying.sum()))
    known = np.maximum(last[dying] - days, people.start[dying]).astype(np.int32)
    events.add("end_of_life_codes", np.flatnonzero(dying), known, rng)


def _add_pregnancies(cohort: Cohort, events: Events, rng: np.random.Generator) -> None:
    """At most about one a year, each confirmed, and ended before the last day or not yet."""
    people = cohort.people
    mother = np.flatnonzero((people.sex == 0) & (people.age >= 17) & (people.age < 45))
    rate = np.full(len(mother), cohort.margins.tendencies.pregnancies_a_year)
    row, begun = days_at_random(rate, cohort.first_day[mother], people.last[mother], rng)
    in_order = np.lexsort((begun, row))
    row, begun = row[in_order], begun[in_order]
    apart = np.diff(begun, prepend=-10_000) > _DAYS_TO_END + 90
    apart |= np.diff(row, prepend=-1) > 0
    row, begun = row[apart], begun[apart]
    for code_list, after in (("pregnancy_codes", _DAYS_TO_CONFIRM), ("pregnancy_ended_codes", _DAYS_TO_END)):
        seen = begun + after <= people.last[mother[row]]
        events.add(code_list, mother[row[seen]], begun[seen] + after, rng)
