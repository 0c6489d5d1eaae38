"""From what was promised and what is measured to a card a target, with its verdict on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from placewise.gaps.ambitions.contract import (
    AmbitionCard,
    AreasTold,
    Claim,
    Point,
    StatementCard,
    TargetCard,
    Verdict,
)
from placewise.gaps.ambitions.definition import (
    Ambition,
    ChangeRule,
    ComparatorRule,
    ContributionRule,
    ExcessRule,
    ExpectedRule,
    InequalityRule,
    LifeExpectancyRule,
    RareEventsRule,
    Statement,
    Target,
    TrajectoryRule,
    TrendRule,
)
from placewise.gaps.ambitions.forecast import Prospect, get_prospect
from placewise.gaps.ambitions.outcome import Outcome
from placewise.gaps.ambitions.reading import Read, Reading, find_last_reaching
from placewise.gaps.ambitions.rules.change import judge_change, judge_level, judge_trajectory, judge_trend
from placewise.gaps.ambitions.rules.counts import judge_comparator, judge_count_above_expected, judge_rare_events
from placewise.gaps.ambitions.rules.gaps import judge_excess, judge_inequality, judge_life_expectancy
from placewise.gaps.ambitions.verdict import decide
from placewise.gaps.ambitions.words import tell

NO_MEASURE = "Nobody measures it yet."
NO_FIGURE = "What is to tell of it holds no figure yet."
NOTHING_SHOWN = "By the exact counts; none of them may be shown."


@dataclass(frozen=True, slots=True)
class Readers:
    """exact: what verdicts rest on; shown: what may be seen of the same, on which all that is shown rests."""

    exact: Read
    shown: Read


def judge_ambitions(
    ambitions: Mapping[str, Ambition], bodies: Mapping[str, str], read: Readers, as_of: date
) -> tuple[AmbitionCard, ...]:
    """A card an ambition, in the order of the file; none is dropped. bodies: slug -> name."""
    return tuple(
        AmbitionCard(
            ambition=slug,
            title=each.title,
            wording=each.wording,
            footprint=each.footprint,
            source=each.source,
            doubt=each.doubt or "",
            owner=bodies[each.owner] if each.owner else "",
            is_orphan=each.is_orphan,
            targets=tuple(judge_target(target, read, as_of) for target in each.targets) or (_nothing_promised(),),
        )
        for slug, each in ambitions.items()
    )


def judge_target(target: Target, read: Readers, as_of: date) -> TargetCard:
    """The verdict of exact figures; values, forecast and sentences of those that may be seen."""
    exact = _judge(target, read.exact, as_of)
    if exact is None:
        why = NO_FIGURE if target.measure else NO_MEASURE
        claims = _claims(target)
        if claims:
            why = "No number was promised: what is claimed stands with its mechanism and its evidence."
        return _card(target, None, Verdict.NOT_MEASURED, why, claims)
    shown = _judge(target, read.shown, as_of)
    if shown is None:
        return _card(target, None, exact.verdict, NOTHING_SHOWN, ())
    told = tell(shown.at_due, shown.verdict, target, as_of, shown.chance)
    if exact.verdict != shown.verdict:
        told = f"{told} By the exact counts, of which some are hidden or rounded here, it is {exact.verdict}."
    return _card(target, shown, exact.verdict, told, ())


@dataclass(frozen=True, slots=True)
class _Judged:
    latest: Outcome
    at_due: Outcome
    verdict: Verdict
    prospect: Prospect | None
    reading: Reading

    @property
    def chance(self) -> float | None:
        return self.prospect.chance if self.prospect else None


def _judge(target: Target, read: Read, as_of: date) -> _Judged | None:
    """With what had ended by the day; a target whose day is past is judged by the first period that reaches it."""
    reading = read(target.measure, _get_areas(target)) if target.measure else None
    reading = reading.until(as_of) if reading else None
    if reading is None or not reading.periods:
        return None
    latest = apply_rule(target, reading, read, as_of)
    at_due = latest
    is_past = target.due is not None and target.due <= as_of
    if is_past and target.due is not None:
        place = find_last_reaching(reading.ends, target.due)
        if place is not None and place < len(reading.periods) - 1:
            until = reading.ends[place]
            at_due = apply_rule(target, reading.until(until), read, until)
    prospect = None
    if target.due is not None and not is_past and latest.aim is not None and latest.ends:
        prospect = get_prospect(
            latest.levels.value,
            latest.ends,
            target.due,
            latest.aim,
            latest.better,
            has_seasons=latest.has_seasons,
            bounds=latest.bounds,
        )
    verdict = decide(
        None if at_due.why_not else at_due.achieved,
        at_due.goal,
        at_due.better,
        due=target.due,
        as_of=as_of,
        measured_until=at_due.ends[-1] if at_due.ends else None,
        chance=prospect.chance if prospect else None,
    )
    return _Judged(latest, at_due, verdict, prospect, reading)


def apply_rule(target: Target, reading: Reading, read: Read, until: date) -> Outcome:
    """What the target's rule makes of a reading; the last period is the one that is judged."""
    rule = target.verdict

    def beside(name: str | None) -> Reading | None:
        found = read(name) if name else None
        return found.until(until) if found else None

    match rule:
        case ChangeRule():
            return judge_change(target, rule, reading)
        case TrendRule():
            return judge_trend(target, reading)
        case InequalityRule():
            return judge_inequality(target, reading)
        case LifeExpectancyRule():
            return judge_life_expectancy(target, rule, reading, beside(rule.healthy))
        case ExcessRule():
            return judge_excess(target, rule, reading)
        case ExpectedRule():
            return judge_count_above_expected(target, reading, _needed(beside(rule.cases), reading))
        case RareEventsRule():
            return judge_rare_events(target, reading, beside(rule.between))
        case ComparatorRule():
            return judge_comparator(target, rule, reading)
        case TrajectoryRule():
            return judge_trajectory(target, reading)
        case _:
            return judge_level(target, reading)


def build_statements(
    statements: Mapping[str, Statement],
    ambitions: Mapping[str, str],
    programmes: Mapping[str, str],
    measures: Mapping[str, str],
) -> tuple[StatementCard, ...]:
    """The coverage of a vision; the mappings are of titles by slug, of what there is."""
    return tuple(
        StatementCard(
            says=each.says,
            source=each.source,
            measures=tuple(measures[slug] for slug in each.measures if slug in measures),
            programmes=tuple(programmes[slug] for slug in each.programmes if slug in programmes),
            ambitions=tuple(ambitions[slug] for slug in each.ambitions if slug in ambitions),
            note=each.note,
        )
        for each in statements.values()
    )


def _needed(cases: Reading | None, reading: Reading) -> Reading:
    """Without a series of all cases, those of known stage are all there are known to be."""
    return cases if cases is not None and cases.periods else replace(reading, number=reading.of)


def _card(target: Target, judged: _Judged | None, verdict: Verdict, told: str, claims: tuple[Claim, ...]) -> TargetCard:
    card = TargetCard(
        says=target.says,
        by=target.by or "",
        due=target.due,
        doubt=target.doubt or "",
        measure=target.measure or "",
        measure_title="",
        source="",
        how="",
        verdict=verdict,
        told=told,
        claims=claims,
        areas=_areas(target),
        implied=_get_implied(target),
        notes=tuple(_flag_implied(target, None)),
    )
    if judged is None:
        return card
    outcome = judged.latest
    points = outcome.points
    notes = [*outcome.notes, *_flag_implied(target, outcome)]
    return card.model_copy(
        update={
            "measure_title": judged.reading.title,
            "source": judged.reading.source,
            "how": outcome.how,
            "chance": judged.chance,
            "better": outcome.better,
            "scale": outcome.scale,
            "aim": _finite(outcome.aim),
            "baseline": outcome.baseline,
            "baseline_source": target.baseline.source if target.baseline else "",
            "judged": judged.at_due.points[-1] if judged.at_due.points else None,
            "latest": points[-1] if points else None,
            "points": points,
            "ahead": judged.prospect.ahead if judged.prospect else (),
            "beside": outcome.beside,
            "between": outcome.between,
            "notes": tuple(notes),
        }
    )


def _nothing_promised() -> TargetCard:
    return TargetCard(
        says="no number was promised",
        by="",
        due=None,
        doubt="",
        measure="",
        measure_title="",
        source="",
        how="",
        verdict=Verdict.NOT_MEASURED,
        told=NO_MEASURE,
    )


def _get_implied(target: Target) -> float | None:
    """The start that the wording implies, where one number is said to be a share of it: in years for months."""
    if target.share_of_start is None or target.value is None:
        return None
    return abs(target.value / target.share_of_start) / (12 if target.unit == "months" else 1)


def _flag_implied(target: Target, outcome: Outcome | None) -> list[str]:
    """Said whether anything is measured or not, and flagged where the measured start is another; it blocks nothing."""
    implied = _get_implied(target)
    if implied is None:
        return []
    told = f"The wording implies a start of {implied:.1f} {'years' if target.unit == 'months' else ''}".rstrip()
    start: Point | None = outcome.baseline if outcome else None
    if outcome is None or start is None or start.value is None:
        return [f"{told}."]
    off = start.lower is not None and start.upper is not None and not start.lower <= implied <= start.upper
    measured = f"measured in {start.period}: {outcome.scale.words(start.value)}"
    return [f"{told}; {measured}{', which differs by more than chance' if off else ''}."]


def _claims(target: Target) -> tuple[Claim, ...]:
    rule = target.verdict
    return tuple(Claim(**each.model_dump()) for each in rule.claims) if isinstance(rule, ContributionRule) else ()


def _get_areas(target: Target) -> tuple[str, ...]:
    rule = target.verdict
    return rule.areas.areas if isinstance(rule, ChangeRule) and rule.areas else ()


def _areas(target: Target) -> AreasTold | None:
    areas = target.verdict.areas if isinstance(target.verdict, ChangeRule) else None
    if areas is None:
        return None
    return AreasTold(version=areas.version, named_on=areas.named_on, areas=len(areas.areas), digest=areas.digest)


def _finite(number: float | None) -> float | None:
    return None if number is None or not np.isfinite(number) else float(number)
