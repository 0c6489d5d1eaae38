"""Blood pressures: readings at the practice and at home, with two practices planted to differ."""

from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.floor.vocabulary.cdm import MILLIMETRE_OF_MERCURY
from placewise.synthetic.chance import Days, days_at_random
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events, Rows
from placewise.synthetic.planting import FALLING, OUTLIER, Tally

_EPOCH = date(1970, 1, 1)
_YEAR = 365
_HOME_IS_LOWER = 5.0
_SHARE_KEPT_IF_HIGH = 0.25
"""Where measurement falls, a high reading is kept this often beside one that is not: why those left look better."""


def add_blood_pressures(cohort: Cohort, events: Events, tally: Tally, rng: np.random.Generator) -> None:
    rates = cohort.margins.tendencies
    treated = cohort.has("hypertension_codes")
    age = cohort.people.age
    rate = np.where(treated, rates.readings_a_year, np.select([age < 18, age < 40, age < 65], [0.02, 0.12, 0.3], 0.6))
    who, day = days_at_random(rate, cohort.first_day, cohort.people.last, rng)
    for each in cohort.margins.disruptions:
        from_day, to_day = ((end - _EPOCH).days for end in (each.from_date, each.to_date))
        kept = (day < from_day) | (day > to_day) | (rng.random(len(who)) < each.kept)
        who, day = who[kept], day[kept]

    own = np.where(
        treated, rates.mean_systolic + rng.normal(0, 9, len(age)), 108 + age / 4 + rng.normal(0, 8, len(age))
    )
    by_practice = _practice_effects(cohort)
    better_each_year = np.where(treated[who], 0.4 * (day - cohort.calendar.first) / _YEAR, 0.0)
    level = own[who] + by_practice[cohort.people.practice[who]] - better_each_year
    systolic = np.rint(level + rng.normal(0, 7, len(who)))
    diastolic = np.rint(78 + 0.45 * (systolic - 134) + rng.normal(0, 6, len(who)))
    home = rng.random(len(who)) < rates.home_readings
    systolic, diastolic = systolic - home * _HOME_IS_LOWER, diastolic - home * _HOME_IS_LOWER
    controlled = is_controlled(systolic, diastolic, cohort.age_at(who, day), home)

    falling = (cohort.people.practice[who] == cohort.planting.falling) & (day > cohort.calendar.last - _YEAR)
    chance = np.where(controlled, 1.0, _SHARE_KEPT_IF_HIGH) * (1 - cohort.planting.size(FALLING))
    kept = ~falling | (rng.random(len(who)) < chance)
    who, day, systolic, diastolic, home, controlled = (
        each[kept] for each in (who, day, systolic, diastolic, home, controlled)
    )
    for is_home, names in ((False, ("systolic", "diastolic")), (True, ("home_systolic", "home_diastolic"))):
        rows = home == is_home
        unit = np.full(int(rows.sum()), MILLIMETRE_OF_MERCURY, np.int32)
        for name, value in zip(names, (systolic, diastolic), strict=True):
            events.add(name, who[rows], day[rows], rng, value_as_number=value[rows], unit_concept_id=unit)
    _count(cohort, tally, who, day, controlled)


def is_controlled(
    systolic: npt.NDArray[np.float64],
    diastolic: npt.NDArray[np.float64],
    age: npt.NDArray[np.float64],
    home: npt.NDArray[np.bool_],
) -> npt.NDArray[np.bool_]:
    """140/90 or less to age 79, 150/90 from 80; at home 135/85 and 145/85 (Quality and Outcomes Framework)."""
    highest = np.where(age < 80, 140, 150) - 5 * home
    return (systolic <= highest) & (diastolic <= 90 - 5 * home)


def _practice_effects(cohort: Cohort) -> npt.NDArray[np.float64]:
    """mmHg by practice: a little natural variation, the same in every cohort, and the planted outlier."""
    practices = np.arange(len(cohort.planting.practices))
    effects = 1.2 * np.sin(practices * 2.399963)  # the golden angle: spread, and without a draw
    effects[practices == cohort.planting.outlier] = cohort.planting.size(OUTLIER)
    return effects


def _count(cohort: Cohort, tally: Tally, who: Rows, day: Days, controlled: npt.NDArray[np.bool_]) -> None:
    """People with hypertension by the last reading of the last twelve months, and of the twelve before."""
    order = np.argsort((who.astype(np.int64) << 20) + day, kind="stable")
    who, day, controlled = who[order], day[order], controlled[order]
    practices = len(cohort.planting.practices)
    for suffix, until in (("", cohort.calendar.last), ("_year_before", cohort.calendar.last - _YEAR)):
        on = cohort.people.still_here & cohort.has("hypertension_codes") & (cohort.people.start <= until)
        on &= cohort.since("hypertension_codes") <= until
        within = (day > until - _YEAR) & (day <= until)
        latest = np.full(len(cohort.people), -1)
        latest[who[within]] = controlled[within]
        group = cohort.people.practice
        tally.add(f"recorded{suffix}", (latest >= 0)[on], group[on], practices)
        tally.add(f"controlled{suffix}", (latest == 1)[on], group[on], practices)
        measured = on & (latest >= 0)
        tally.add(f"controlled_of_recorded{suffix}", (latest == 1)[measured], group[measured], practices)
