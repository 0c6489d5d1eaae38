"""Gaps between people: in how long they live, in how many die early, along deprivation."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from placewise.floor.statistics.age_bands import LIFE_TABLE_TO_85, LIFE_TABLE_TO_90, read_band
from placewise.floor.statistics.direct_standardisation import get_directly_standardised_rates
from placewise.floor.statistics.estimate import Estimate, Floats
from placewise.floor.statistics.healthy_life_expectancy import get_healthy_life_expectancy, get_share_variance
from placewise.floor.statistics.inequality_gap import get_absolute_gap
from placewise.floor.statistics.life_expectancy import LifeExpectancy, get_life_expectancy
from placewise.floor.statistics.slope_index import get_slope_index, get_standard_errors
from placewise.floor.statistics.standard_population import EUROPEAN_STANDARD_POPULATION_2013
from placewise.gaps.ambitions.contract import Line, Scale
from placewise.gaps.ambitions.definition import ExcessRule, LifeExpectancyRule, Target
from placewise.gaps.ambitions.outcome import Outcome, at, get_points
from placewise.gaps.ambitions.reading import SEPARATOR, Reading
from placewise.gaps.ambitions.rules.change import compare_with_start

YEARS = Scale(decimals=2, unit="years")


def judge_inequality(target: Target, reading: Reading) -> Outcome:
    """The slope index in every period: by how much the most deprived end of the line is worse off."""
    rates = reading.levels()
    order = _in_order(reading.groups)
    errors = get_standard_errors(rates.lower, rates.upper)
    index = get_slope_index(
        rates.value[order].T,
        errors[order].T,
        reading.of[order].T,
        high_is_bad=reading.better != "higher",
        areas=reading.periods,
    )
    followed = replace(reading, better="lower")
    how = f"{reading.title}: the slope index of inequality, from the most to the least deprived"
    outcome = compare_with_start(target, followed, index.slope, how)
    last = tuple(
        Line(
            title=f"Group {reading.groups[row]}{' (most deprived)' if place == 0 else ''}",
            scale=reading.scale,
            points=get_points(reading.periods[-1:], reading.ends[-1:], _last(at(rates, row))),
        )
        for place, row in enumerate(order)
    )
    return replace(outcome, beside=last, what="the change of the gap")


def judge_life_expectancy(
    target: Target, rule: LifeExpectancyRule, reading: Reading, healthy: Reading | None
) -> Outcome:
    """Everybody else's life expectancy at birth less that of the most deprived, period by period."""
    found = sorted({part[1] for part in map(_parts, reading.groups)})
    names = [found[place] for place in _in_order(found)]
    bands = _find_bands({part[2] for part in map(_parts, reading.groups)})
    deaths, lived = (_arrange(reading, each, rule.sex, names, bands) for each in (reading.number, reading.of))
    deprived = [place for place, name in enumerate(names) if name in rule.most_deprived]
    others = [place for place in range(len(names)) if place not in deprived]
    most, rest = (
        get_life_expectancy(deaths[chosen].sum(axis=0), lived[chosen].sum(axis=0), bands)
        for chosen in (deprived, others)
    )
    gap = get_absolute_gap(at_birth(rest), at_birth(most))
    followed = replace(reading, scale=YEARS, better="lower", kind="value")
    who = f"of {rule.sex}s" if rule.sex else "of men and women together"
    how = (
        f"Life expectancy at birth {who}: everybody else less the most deprived "
        f"(group {', '.join(rule.most_deprived)} of {len(names)})"
    )
    outcome = compare_with_start(target, followed, gap, how)
    by_group = get_life_expectancy(deaths[:, -1], lived[:, -1], bands)
    beside = [
        *_lines(reading, names, at_birth(by_group)),
        _slope_line(reading, by_group, lived[:, -1].sum(axis=-1)),
        *_healthy_lines(rule, reading, healthy, names, bands, by_group),
    ]
    return replace(outcome, beside=tuple(beside), what="the change of the gap")


def judge_excess(target: Target, rule: ExcessRule, reading: Reading) -> Outcome:
    """Deaths of people on a register above those of others, per person and year, both as if of the standard's ages."""
    bands = sorted({age for _, age in map(_parts, reading.groups)}, key=lambda name: read_band(name)[0])
    bands = [band for band in bands if read_band(band)[1] <= rule.below]
    standard = _get_standard(bands)

    def standardise(register: str) -> Estimate:
        deaths, lived = (_by_band(reading, each, register, bands) for each in (reading.number, reading.of))
        return get_directly_standardised_rates(deaths, lived, standard, areas=reading.periods)

    on, off = standardise(rule.of), standardise(rule.others)
    gap = get_absolute_gap(on, off)
    how = (
        f"{reading.title}: the rate of those on the register less that of others, under {rule.below}, age-standardised"
    )
    outcome = compare_with_start(target, replace(reading, better="lower"), gap, how)
    lines = tuple(
        Line(title=title, scale=reading.scale, points=get_points(reading.periods, reading.ends, rate))
        for title, rate in (("On the register", on), ("Others", off))
    )
    return replace(outcome, beside=lines, what="the change of the gap")


def at_birth(table: LifeExpectancy) -> Estimate:
    return Estimate(*(each[..., 0] for each in (table.years.value, table.years.lower, table.years.upper)))


def _lines(reading: Reading, names: Sequence[str], years: Estimate) -> list[Line]:
    """The life expectancy of each group in the last period."""
    return [
        Line(
            title=f"Life expectancy, group {name}{' (most deprived)' if place == 0 else ''}",
            scale=YEARS,
            points=get_points(reading.periods[-1:], reading.ends[-1:], _slice(years, place)),
        )
        for place, name in enumerate(names)
    ]


def _slope_line(reading: Reading, table: LifeExpectancy, population: Floats) -> Line:
    years = at_birth(table)
    if np.isnan(years.value).any():
        blank = np.full(1, np.nan)
        slope = Estimate(blank, blank, blank)
    else:
        slope = get_slope_index(
            years.value[None], get_standard_errors(years.lower, years.upper)[None], population
        ).slope
    points = get_points(reading.periods[-1:], reading.ends[-1:], slope)
    return Line(title="Slope index of inequality in life expectancy", scale=YEARS, points=points)


def _healthy_lines(
    rule: LifeExpectancyRule,
    reading: Reading,
    healthy: Reading | None,
    names: Sequence[str],
    bands: Sequence[str],
    table: LifeExpectancy,
) -> list[Line]:
    """Healthy life expectancy of each group in the last period that both tell of."""
    if healthy is None or not healthy.periods:
        return []
    well, asked = (_arrange(healthy, each, rule.sex, names, bands)[:, -1] for each in (healthy.number, healthy.of))
    share = well / asked
    years = get_healthy_life_expectancy(
        table.survivors, table.person_years, share, get_share_variance(share, asked), areas=list(names)
    )
    lines = _lines(reading, names, Estimate(*(each[:, 0] for each in _all(years))))
    return [line.model_copy(update={"title": line.title.replace("Life", "Healthy life", 1)}) for line in lines]


def _arrange(reading: Reading, values: Floats, sex: str, names: Sequence[str], bands: Sequence[str]) -> Floats:
    """[group, period, band], of one sex or both added up. A combination that the reading lacks is NaN."""
    place = {group: row for row, group in enumerate(reading.groups)}
    sexes = [sex] if sex else sorted({_parts(group)[0] for group in reading.groups})
    missing = np.full(len(reading.periods), np.nan)

    def find(name: str, band: str) -> Floats:
        rows = [place.get(SEPARATOR.join((each, name, band))) for each in sexes]
        return np.sum([missing if row is None else values[row] for row in rows], axis=0)

    return np.array([[find(name, band) for band in bands] for name in names]).transpose(0, 2, 1)


def _by_band(reading: Reading, values: Floats, register: str, bands: Sequence[str]) -> Floats:
    """[period, band]"""
    place = {group: row for row, group in enumerate(reading.groups)}
    return np.array([values[place[SEPARATOR.join((register, band))]] for band in bands]).T


def _get_standard(bands: Sequence[str]) -> Floats:
    """The standard population's people in these bands alone."""
    edges = [read_band(band) for band in bands]
    people = [
        sum(
            count
            for (first, last), count in EUROPEAN_STANDARD_POPULATION_2013.items()
            if start <= first and last <= end
        )
        for start, end in edges
    ]
    return np.array(people, dtype=np.float64)


def _find_bands(found: set[str]) -> tuple[str, ...]:
    """The declared bands of a life table that the reading has."""
    return next((bands for bands in (LIFE_TABLE_TO_90, LIFE_TABLE_TO_85) if set(bands) == found), LIFE_TABLE_TO_90)


def _in_order(groups: Sequence[str]) -> list[int]:
    """The places of groups by their number, the most deprived first."""
    return sorted(range(len(groups)), key=lambda place: int(groups[place]) if groups[place].isdigit() else 0)


def _parts(group: str) -> tuple[str, ...]:
    return tuple(group.split(SEPARATOR))


def _slice(estimate: Estimate, place: int) -> Estimate:
    """One item, as a row of one."""
    return Estimate(*(each[place : place + 1] for each in _all(estimate)))


def _all(estimate: Estimate) -> tuple[Floats, Floats, Floats]:
    return estimate.value, estimate.lower, estimate.upper


def _last(estimate: Estimate) -> Estimate:
    return Estimate(*(each[-1:] for each in _all(estimate)))
