"""Atrial fibrillation: stroke risk scores, anticoagulants in repeated courses, and an antiplatelet taken instead."""

import numpy as np
import numpy.typing as npt

from placewise.synthetic.chance import DAYS_A_YEAR, Days, days_between, days_in_steps, pick_evenly_within
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events, Rows
from placewise.synthetic.planting import GAP, NOTHING, Tally

COURSE = 56
"""Days a repeat prescription lasts."""
_AT_RISK = 2
_DECILES_BETWEEN_FIFTHS = 8
"""From the middle of deciles 1 and 2 to the middle of deciles 9 and 10."""


def add_heart_rhythm(cohort: Cohort, events: Events, tally: Tally, rng: np.random.Generator) -> None:
    who = np.flatnonzero(cohort.has("af_codes"))
    rates = cohort.margins.tendencies
    onset = cohort.since("af_codes")[who]
    last = cohort.people.last[who]
    valve = rng.random(len(who)) < rates.valve_disease
    events.add("mechanical_valve_or_mitral_stenosis_codes", who[valve], onset[valve], rng)
    scored, score = _add_scores(cohort, events, who, onset, rng)
    here = cohort.people.still_here[who]
    at_risk = here & ~valve & (score >= _AT_RISK)
    group = cohort.decile[who] * 2 + at_risk
    unsuitable = pick_evenly_within(group, np.full(len(who), rates.anticoagulant_contraindicated), rng)
    events.add(
        "anticoagulant_contraindicated", who[unsuitable], days_between(onset[unsuitable], last[unsuitable], rng), rng
    )

    slope = cohort.planting.size(GAP) / _DECILES_BETWEEN_FIFTHS
    chance = rates.anticoagulant_taken + slope * (cohort.decile[who] - 5.5)
    treated = pick_evenly_within(group, np.where(unsuitable, 0.3, 1.0) * chance, rng)
    started = _add_anticoagulants(cohort, events, who, onset, treated, rng)
    _add_antiplatelets(cohort, events, who, onset, treated, rng)

    tally.add("treated", (treated & (started <= last))[at_risk], cohort.decile[who][at_risk], groups=11)
    if NOTHING in cohort.planting.planted:
        tally.add("scored", scored[here & ~valve], cohort.people.sex[who][here & ~valve], groups=2)


def _add_scores(
    cohort: Cohort, events: Events, who: Rows, onset: Days, rng: np.random.Generator
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64]]:
    """A CHA2DS2-VASc score about once a year; one person in ten has a CHA2DS2-VA score (without sex) besides.

    Returns who was scored, and each one's latest CHA2DS2-VASc score, 0 where there is none. Lip and others, Chest 2010.
    """
    last = cohort.people.last[who]
    chance = np.full(len(who), cohort.margins.tendencies.stroke_risk_scored)
    scored = pick_evenly_within(cohort.people.sex[who], chance, rng)
    first = np.maximum(onset + rng.integers(0, 90, len(who)), cohort.first_day[who]).astype(np.int32)
    scored &= first <= last
    row, day = days_in_steps(first[scored], last[scored], 366)
    row = np.flatnonzero(scored)[row]
    age = cohort.age_at(who[row], day)
    conditions = sum(
        (
            cohort.has(register)[who] * points
            for register, points in (
                ("heart_failure_codes", 1),
                ("hypertension_codes", 1),
                ("diabetes_codes", 1),
                ("stroke_codes", 2),
                ("coronary_heart_disease_codes", 1),
            )
        ),
        np.zeros(len(who), np.int64),
    )
    without_sex = (conditions[row] + np.where(age >= 75, 2, np.where(age >= 65, 1, 0))).astype(np.float64)
    value = without_sex + (cohort.people.sex[who[row]] == 0)
    unit = np.zeros(len(row), np.int32)
    events.add("cha2ds2vasc", who[row], day, rng, value_as_number=value, unit_concept_id=unit)
    other = (rng.random(len(who)) < 0.1)[row]
    events.add(
        "cha2ds2va", who[row[other]], day[other], rng, value_as_number=without_sex[other], unit_concept_id=unit[other]
    )
    latest = np.zeros(len(who))
    latest[row] = value  # in order of days: the last one stands
    return scored, latest


def _add_anticoagulants(
    cohort: Cohort, events: Events, who: Rows, onset: Days, treated: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Days:
    """Courses from soon after the diagnosis, for one in four only from some day in the window, up to the last day.

    One in five of the people not treated now took it once and stopped over a year ago. Returns the day each one's
    treatment starts.
    """
    last = cohort.people.last[who]
    soon = onset + np.ceil(rng.exponential(45, len(who)))
    late = days_between(np.maximum(onset, cohort.calendar.first).astype(np.int32), last, rng)
    start = np.where(rng.random(len(who)) < 0.25, late, soon).astype(np.int32)
    stopped = ~treated & (rng.random(len(who)) < 0.2)
    until = np.where(stopped, last - 400 - rng.integers(0, 600, len(who)), last).astype(np.int32)
    takes = treated | stopped
    row, day = days_in_steps(np.maximum(start, cohort.first_day[who])[takes], until[takes], COURSE)
    row = np.flatnonzero(takes)[row]
    end = np.minimum(day + COURSE - 1, last[row]).astype(np.int32)
    medicine = rng.random(len(who))[row]
    events.add("anticoagulants", who[row], day, rng, each=medicine, drug_exposure_end_date=end)
    return start


def _add_antiplatelets(
    cohort: Cohort,
    events: Events,
    fibrillating: Rows,
    onset: Days,
    treated: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> None:
    """Taken by most people with vascular disease, and by some with atrial fibrillation instead of an anticoagulant.

    The latter become half as common during the window: half of them stop, as reviews find them, and fewer of the newly
    diagnosed start.
    """
    people = len(cohort.people)
    has_rhythm, protected = np.zeros(people, np.bool_), np.zeros(people, np.bool_)
    has_rhythm[fibrillating] = True
    protected[fibrillating] = treated
    first_day = cohort.first_day
    vascular = cohort.has("coronary_heart_disease_codes") | cohort.has("stroke_codes")
    start = np.where(has_rhythm, 0, first_day)
    start[fibrillating] = np.maximum(onset, first_day[fibrillating])
    for register in ("coronary_heart_disease_codes", "stroke_codes"):
        rows = np.flatnonzero(cohort.has(register) & ~has_rhythm)
        start[rows] = np.maximum(first_day[rows], cohort.since(register)[rows])
    chance = np.where(vascular & ~protected, 0.75, 0.0)
    instead = has_rhythm & ~protected & ~vascular
    newly = cohort.since("af_codes") >= cohort.calendar.first
    chance[instead] = (cohort.margins.tendencies.antiplatelet_instead * np.where(newly, 0.4, 1.0))[instead]
    takes = np.flatnonzero(rng.random(people) < chance)
    window = int(cohort.calendar.years * DAYS_A_YEAR)
    stop = cohort.calendar.first + rng.integers(0, window, len(takes))
    stops = instead[takes] & (rng.random(len(takes)) < 0.5)
    until = np.where(stops, np.minimum(stop, cohort.people.last[takes]), cohort.people.last[takes])
    row, day = days_in_steps(start[takes].astype(np.int32), until.astype(np.int32), COURSE)
    end = np.minimum(day + COURSE - 1, cohort.people.last[takes][row]).astype(np.int32)
    medicine = rng.random(len(takes))[row]
    events.add("antiplatelets", takes[row], day, rng, each=medicine, drug_exposure_end_date=end)
