"""Room 5: from the exact cube to findings in words, for every measure that has a better direction."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from placewise.floor.timeline.window import Window
from placewise.floor.vocabulary.organisations import PRACTICE, Hierarchy
from placewise.floor.vocabulary.residence import RESIDENCE
from placewise.gaps import words
from placewise.gaps.case_mix import find_adjusted
from placewise.gaps.clusters import iter_clusters
from placewise.gaps.contract import Finding, Kind, Side, Verdict
from placewise.gaps.counted import Counted, iter_counted, read_rounded_to
from placewise.gaps.definition import Judged, Watched
from placewise.gaps.inequality import find_gaps
from placewise.gaps.special_causes import find_jumps
from placewise.gaps.trend import find_falling, find_fastest, find_verdicts, get_change_scores
from placewise.gaps.values import Changes, get_changes
from placewise.gaps.variation import find_outliers
from placewise.measures.case_mix import read_case_mix
from placewise.measures.cube import Cube
from placewise.measures.residence import Homes
from placewise.population.areas import Areas

Booleans = npt.NDArray[np.bool_]


def build_findings(
    cube: Cube,
    judged: Sequence[Judged],
    hierarchy: Hierarchy,
    watched: Sequence[Watched] = (),
    outlines: pa.Table | None = None,
    areas: Areas | None = None,
) -> tuple[Finding, ...]:
    """Every finding of exact counts, by level from the top, middle and small areas last, then by measure as they are
    judged; the fastest in their order.

    Practices, and areas where people live, are compared with one another; how people fare by deprivation, and months
    that jump, are told of larger areas. Every area that reported has a verdict on every measure, also where none is
    known yet; one where people live has those that are known. judged: shares of people first. outlines: BOUNDARIES,
    which tell what lies beside what, or None; areas: those of the cube's build, which tell in which middle area small
    ones lie, or None.
    """
    return build_both_findings(cube, judged, hierarchy, watched, outlines, areas, round_to=1)[0]


def build_both_findings(
    cube: Cube,
    judged: Sequence[Judged],
    hierarchy: Hierarchy,
    watched: Sequence[Watched],
    outlines: pa.Table | None,
    areas: Areas | None,
    *,
    round_to: int,
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """As build_findings; and those that hold however figures of practices and of where people live are read that are
    rounded to this step."""
    shares = [each for each in judged if each.of_people]
    others = [each for each in judged if not each.of_people]
    homes = Homes.of(cube, areas)
    # Each of these is looked at once for every level.
    cube = replace(cube, held={**cube.held, **{(PRACTICE, each.measure): cube.read(each.measure) for each in others}})
    exact: list[Finding] = []
    careful: list[Finding] = []
    for counted in iter_counted(cube, shares, hierarchy, homes):
        changes = _get_changes(cube, others, hierarchy, counted)
        found = list(_find(counted, shares, others, changes, cube.window))
        rounded = read_rounded_to(counted, shares, round_to)
        exact += found
        careful += found if rounded is counted else _find(rounded, shares, others, changes, cube.window)
    alike = (*_find_by_case_mix(cube, shares, hierarchy), *_find_clusters(cube, homes, watched, outlines))
    return (*exact, *alike), (*careful, *alike)


def _find_clusters(
    cube: Cube, homes: Homes, watched: Sequence[Watched], outlines: pa.Table | None
) -> Iterator[Finding]:
    months = cube.window.month_ends
    yield from (
        Finding(
            measure=each.watched.measure,
            version=each.watched.version,
            level=each.level,
            area=area,
            kind=Kind.CLUSTER,
            word=Side.MORE,
            month=f"{months[len(months) - 1 - each.watched.settles_after]:%Y-%m}",
            told=words.CLUSTER if len(each.areas) == 1 else words.CLUSTER_TOGETHER,
        )
        for each in iter_clusters(homes, watched, outlines)
        for area in each.areas
    )


def _get_changes(cube: Cube, others: Sequence[Judged], hierarchy: Hierarchy, counted: Counted) -> Changes:
    """Of measures that are no share of people: they are not counted by where people live."""
    if counted.level in RESIDENCE:
        nothing = np.full((2, len(others), len(counted.areas)), np.nan)
        return Changes(nothing, np.zeros(nothing.shape[1:], dtype=np.bool_))
    return get_changes(cube, others, hierarchy, counted.level)


def _find(
    counted: Counted, shares: Sequence[Judged], others: Sequence[Judged], changes: Changes, window: Window
) -> Iterator[Finding]:
    """changes: of the others."""
    counts = counted.readings
    judged = (*shares, *others)
    falling = find_falling(counts, _get_known_by(judged))
    scores = np.concatenate([get_change_scores(counts), changes.scores], axis=1)
    verdicts = find_verdicts(scores, falling)
    reported = np.concatenate([~np.isnan(counted.people[..., -1]), changes.reported])
    fastest = find_fastest(counts)
    tell = _Teller(counted, judged, window)
    yield from tell.find(Kind.FALLING, falling & reported, Verdict.NOT_YET_KNOWN, words.FALLING)
    for verdict in Verdict:
        now = (verdicts == verdict) & reported
        if counted.level not in RESIDENCE or verdict != Verdict.NOT_YET_KNOWN:
            yield from tell.find(Kind.CHANGE, now & ~falling, verdict, words.CHANGE[verdict])
            yield from tell.find(Kind.CHANGE, now & falling, verdict, words.UNMEASURED)
    faster = fastest.found & ~falling[: len(shares)]
    yield from tell.find(Kind.FASTEST, faster, Verdict.IMPROVED, words.FASTEST, -fastest.lead)
    if not shares:
        return
    if counted.level in (PRACTICE, *RESIDENCE):
        yield from _find_outliers(counted, tell)
    else:
        yield from _find_in_large_areas(counted, tell)


def _find_by_case_mix(cube: Cube, shares: Sequence[Judged], hierarchy: Hierarchy) -> Iterator[Finding]:
    """Of practices beside what is expected of people like theirs, and of the system how much that explains."""
    practices = np.array(cube.units())
    case_mix = read_case_mix(cube.folder, cube.units())
    found = find_adjusted([case_mix.get(each.measure) for each in shares], len(practices))
    for row, each in enumerate(shares):
        make = partial(Finding, measure=each.measure, version=each.version, month=f"{cube.window.month_ends[-1]:%Y-%m}")
        if found.differ[row] and not np.isnan(found.explained[row]):
            side = Side.WARRANTED if found.explained[row] >= 0.5 else Side.UNWARRANTED
            told, top = words.VARIATION[side], hierarchy.top
            yield make(level=top.level, area=top.code, kind=Kind.VARIATION, word=side, told=told)
        for place in np.flatnonzero(found.outside[row]).tolist():
            code = str(practices[place])
            if code in hierarchy.chains:
                side = Side.BETTER if found.is_above[row, place] == each.higher_is_better else Side.WORSE
                yield make(level=PRACTICE, area=code, kind=Kind.CASE_MIX, word=side, told=words.CASE_MIX[side])


def _find_outliers(counted: Counted, tell: "_Teller") -> Iterator[Finding]:
    outliers = find_outliers(counted.readings.last())
    told = words.OUTLIER[counted.level]
    for side, here in ((Side.BETTER, outliers.is_better), (Side.WORSE, ~outliers.is_better)):
        yield from tell.find(Kind.OUTLIER, outliers.widened & here, side, told.widened[side])
        yield from tell.find(Kind.OUTLIER, outliers.exact & ~outliers.widened & here, side, told.exact[side])


def _find_in_large_areas(counted: Counted, tell: "_Teller") -> Iterator[Finding]:
    gaps = find_gaps(counted.good_by_fifth, counted.people_by_fifth)
    jumps = find_jumps(counted.good, counted.people)
    for side, here in ((Side.BETTER, gaps.gap.value < 0), (Side.WORSE, gaps.gap.value > 0)):
        yield from tell.find(Kind.INEQUALITY, gaps.found & here, side, words.INEQUALITY[side])
    for side, found in ((Side.BETTER, jumps.better), (Side.WORSE, jumps.worse)):
        for month in np.flatnonzero(found.any(axis=(0, 1))).tolist():
            yield from tell.find(Kind.JUMP, found[..., month], side, words.JUMP[side], month=month)


def _get_known_by(judged: Sequence[Judged]) -> npt.NDArray[np.int64]:
    row = {each.measure: place for place, each in enumerate(judged)}
    return np.array([row.get(each.known_by, -1) for each in judged], dtype=np.int64)


class _Teller:
    """Makes findings of what holds of some measures in some areas of one level."""

    def __init__(self, counted: Counted, judged: Sequence[Judged], window: Window) -> None:
        self._counted, self._judged = counted, judged
        self._months = [f"{end:%Y-%m}" for end in window.month_ends]

    def find(
        self,
        kind: Kind,
        found: Booleans,
        word: Verdict | Side,
        told: str,
        order: npt.NDArray[np.float64] | None = None,
        month: int = -1,
    ) -> Iterator[Finding]:
        """found: bool[measures, areas]; order: of the areas, least first, else as they are listed; month: its place
        among the months counted, whose last is the newest that is settled."""
        for row in np.flatnonzero(found.any(axis=1)).tolist():
            areas = np.flatnonzero(found[row])
            areas = areas if order is None else areas[np.argsort(order[row, areas], kind="stable")]
            each = self._judged[row]
            place = month % len(self._months) - each.settles_after
            for area in areas.tolist():
                yield Finding(
                    measure=each.measure,
                    version=each.version,
                    level=self._counted.level,
                    area=self._counted.areas[area],
                    kind=kind,
                    word=word,
                    month=self._months[place],
                    told=told,
                )
