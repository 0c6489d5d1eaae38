"""Did a programme work in the areas where it began: judged on released numbers alone, so that nothing new is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from placewise.floor.statistics.estimate import Floats
from placewise.floor.vocabulary.organisations import PRACTICE
from placewise.plans.impact.evaluation import Course, Judgement, judge
from placewise.publishing.contract import SHOWN, MeasureCard
from placewise.publishing.release import NotReleased, Release

SHARE = "proportion"
LEAST_BEFORE, LEAST_AFTER = 12, 3
"""Months: fewer before hide the seasons, fewer after are no change."""
HIDDEN_MONTHS, CODING_DRIVE = "a month of it is hidden or was not reported", "its register had a coding drive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """areas: where it began; beside: those it is compared with; left_out: area -> why."""

    measure: str
    start: str
    months: tuple[str, ...]
    areas: tuple[str, ...]
    beside: tuple[str, ...]
    left_out: dict[str, str]
    judgement: Judgement

    @property
    def word(self) -> str:
        """rose, fell, or no change known: what the deciding method's limits allow."""
        return {1: "rose", -1: "fell", 0: "no change known"}[self.judgement.sign]


def get_effect(
    release: Release,
    measure: str,
    areas: Sequence[str],
    start: str,
    breaks: Sequence[str] = (),
    steps: Sequence[str] = (),
) -> Effect:
    """What became of a measure from a month (YYYY-MM) on in areas of one level, beside all others of that level.

    Areas with a hidden month are left out, and so is a practice whose register had a coding drive, which lifts the
    count and treats nobody. Raises NotReleased, in one sentence, for what the release does not hold or cannot carry.
    """
    card = release.measure(measure)
    if card.statistic != SHARE:
        raise NotReleased(f"what is judged is a share, and {measure} is a {card.statistic}")
    months = release.months[: len(release.months) - card.settles_after]
    starts_at = _place(start, months)
    if wrong := [each for each in (*breaks, *steps) if each not in months[1:]]:
        raise NotReleased(f"this release cannot tell what changed in {wrong[0]}")
    level = _level(release, areas)
    every = sorted(code for code, each in release.manifest.areas.items() if each["level"] == level and each["reported"])
    counted, of = _read(release, measure, every, months)
    left_out = _left_out(release, card, every, counted, level)
    kept = [place for place, code in enumerate(every) if code not in left_out]
    began, beside = (
        [each for each in every if each not in left_out and (each in areas) is here] for here in (True, False)
    )
    if not began:
        raise NotReleased("every one of these areas has a hidden month or a coding drive, so nothing can be judged")
    course = Course(
        months=months,
        counted=counted[kept],
        of=of[kept],
        treated=np.isin([every[place] for place in kept], began),
        starts_at=starts_at,
        breaks=breaks,
        steps=steps,
    )
    try:
        judgement = judge(course)
    except ValueError as reason:
        raise NotReleased(f"it cannot be judged: {reason}") from reason
    return Effect(
        measure=measure,
        start=start,
        months=months,
        areas=tuple(began),
        beside=tuple(beside),
        left_out=left_out,
        judgement=judgement,
    )


def _place(start: str, months: Sequence[str]) -> int:
    if start not in months:
        raise NotReleased(f"{start} is none of the months of this release, written like {months[-1]}")
    place = months.index(start)
    if place < LEAST_BEFORE or len(months) - place < LEAST_AFTER:
        raise NotReleased(
            f"{place} months before {start} and {len(months) - place} from it on are too few: "
            f"{LEAST_BEFORE} and {LEAST_AFTER} are needed"
        )
    return place


def _level(release: Release, areas: Sequence[str]) -> str:
    """The one level of these areas."""
    if not areas:
        raise NotReleased("no area is named where it began")
    known = release.manifest.areas
    for each in areas:
        if not known.get(each, {}).get("level"):
            raise NotReleased(f"this release counts nobody by {each}")
    levels = {known[each]["level"] for each in areas}
    if len(levels) > 1:
        raise NotReleased(f"these areas are of different levels: {', '.join(sorted(levels))}")
    return str(levels.pop())


def _read(release: Release, measure: str, areas: Sequence[str], months: Sequence[str]) -> tuple[Floats, Floats]:
    """Counted and of, [areas, months]; NaN where a month is not shown."""
    place = {month: column for column, month in enumerate(months)}
    counted, of = (np.full((len(areas), len(months)), np.nan) for _ in range(2))
    for row, area in enumerate(areas):
        try:
            held = release.trend(measure, area)
        except NotReleased:
            continue
        for each in held.select(["month", "numerator", "denominator", "state"]).to_pylist():
            column = place.get(f"{each['month']:%Y-%m}")
            if column is not None and each["state"] == SHOWN and each["denominator"]:
                counted[row, column], of[row, column] = each["numerator"], each["denominator"]
    return counted, of


def _left_out(release: Release, card: MeasureCard, areas: Sequence[str], counted: Floats, level: str) -> dict[str, str]:
    found = {areas[row]: HIDDEN_MONTHS for row in np.flatnonzero(np.isnan(counted).any(axis=1)).tolist()}
    if level == PRACTICE:
        registers = _get_registers(release, card)
        driven = [drives.areas for drives in release.manifest.drives if drives.register in registers]
        found |= {area: CODING_DRIVE for area in areas if any(each.get(area, {}).get("with_drive") for each in driven)}
    return found


def _get_registers(release: Release, card: MeasureCard) -> Collection[str]:
    """Those that a measure counts, counts the changes of, or cares for."""
    own = {card.register, str((card.change or {}).get("register", ""))}
    return own | {each.register for each in release.manifest.case_finding if card.measure in each.missed_by}
