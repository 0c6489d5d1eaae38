"""Checks offered to the people of a register each financial year, and done; one group of practices improves."""

from datetime import date

import numpy as np
import numpy.typing as npt

from placewise.synthetic.chance import DAYS_A_YEAR, days_between
from placewise.synthetic.cohort import Cohort
from placewise.synthetic.events import Events
from placewise.synthetic.margins import AnnualCheck
from placewise.synthetic.planting import IMPROVEMENT, Tally

_EPOCH = date(1970, 1, 1)
_IMPROVED_YEARS = 2
_MORE_OFFERED_THAN_DONE = 0.05


def add_annual_checks(cohort: Cohort, events: Events, tally: Tally, rng: np.random.Generator) -> None:
    years = financial_years(cohort.calendar.history, cohort.calendar.last)
    whole = [year for year in years if year[1] <= cohort.calendar.last]
    for check in cohort.margins.annual_checks:
        for first, last in years:
            improved = (first, last) in whole[-_IMPROVED_YEARS:] or last > cohort.calendar.last
            done = _add_year(check, cohort, events, first, last, improved, rng)
            if whole and (first, last) == whole[-1]:
                _count(check, cohort, tally, "checked", last, done)
            elif len(whole) > _IMPROVED_YEARS and (first, last) == whole[-1 - _IMPROVED_YEARS]:
                _count(check, cohort, tally, "checked_before", last, done)


def financial_years(first: int, last: int) -> list[tuple[int, int]]:
    """First and last day, since 1970, of each year from 1 April that begins or ends between two days."""
    years = range(1970 + first // 366 - 1, 1970 + last // 365 + 1)
    spans = [((date(year, 4, 1) - _EPOCH).days, (date(year + 1, 3, 31) - _EPOCH).days) for year in years]
    return [span for span in spans if span[1] >= first and span[0] <= last]


def _add_year(
    check: AnnualCheck, cohort: Cohort, events: Events, first: int, last: int, improved: bool, rng: np.random.Generator
) -> npt.NDArray[np.bool_]:
    """One year's events; returns who had the check. Who was there for half a year had half the chance."""
    people = cohort.people
    from_day = np.maximum(np.maximum(people.start, first), cohort.since(check.register))
    to_day = np.minimum(people.last, min(last, cohort.calendar.last))
    there = cohort.has(check.register) & (to_day >= from_day)
    there &= to_day - people.birth >= check.from_age * DAYS_A_YEAR
    who = np.flatnonzero(there)
    from_day, to_day = from_day[who].astype(np.int32), to_day[who].astype(np.int32)
    more = cohort.planting.size(IMPROVEMENT) * (improved & cohort.planting.improving[people.practice[who]])
    done_share = np.minimum(check.done_share + more, 1.0)
    offered_share = np.maximum(check.offered_share, np.minimum(done_share + _MORE_OFFERED_THAN_DONE, 1.0))
    part_of_year = (to_day - from_day + 1) / (last - first + 1)

    offered = rng.random(len(who)) < offered_share * part_of_year
    late = np.maximum(rng.random(len(who)), rng.random(len(who)))  # most checks come towards the end of the year
    offer_day = (from_day + np.floor(late * (to_day - from_day + 1))).astype(np.int32)
    done = offered & (rng.random(len(who)) < done_share / offered_share)
    done_day = days_between(offer_day, np.minimum(offer_day + 45, to_day).astype(np.int32), rng)
    declined = (
        offered
        & ~done
        & (rng.random(len(who)) < check.declined_share / np.maximum(offered_share - done_share, check.declined_share))
    )
    planned = done & (rng.random(len(who)) < check.plan_share)
    for code_list, rows, day in (
        (check.offered, offered, offer_day),
        (check.done, done, done_day),
        (check.declined, declined, done_day),
        (check.plan, planned, done_day),
    ):
        events.add(code_list, who[rows], day[rows], rng)
    had = np.zeros(len(people), np.bool_)
    had[who[done]] = True
    return had


def _count(check: AnnualCheck, cohort: Cohort, tally: Tally, name: str, day: int, done: npt.NDArray[np.bool_]) -> None:
    """Of those on the register, registered and old enough on the last day of the year, who had the check in it."""
    people = cohort.people
    of = cohort.has(check.register) & (people.start <= day) & (people.end > day)
    of &= (cohort.since(check.register) <= day) & (day - people.birth >= check.from_age * DAYS_A_YEAR)
    tally.add(name, done[of], people.practice[of], len(cohort.planting.practices))
