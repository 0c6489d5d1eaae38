"""From what was promised and what is measured to a card a target, with its verdict on a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from placewise.gaps.ambitions.contract import (
    AmbitionCard,
    AreasTold,
    Claim,
    TargetCard,
    Verdict,
)
from placewise.gaps.ambitions.definition import (
    Ambition,
    ChangeRule,
    ContributionRule,
    Target,
)
from placewise.gaps.ambitions.forecast import Prospect, get_prospect
from placewise.gaps.ambitions.implied import get_implied_start, tell_implied_start
from placewise.gaps.ambitions.outcome import Outcome
from placewise.gaps.ambitions.reading import Read, Reading, find_last_reaching
from placewise.gaps.ambitions.rules.apply import apply_rule
from placewise.gaps.ambitions.verdict import decide
from placewise.gaps.ambitions.words import tell

NO_MEASURE = "Nobody measures it yet."
NO_FIGURE = "What is to tell of it holds no figure yet."
NOTHING_SHOWN = "By the exact counts; none of them may be shown."
NOT_SAID = "Counts that are hidden or rounded here can be read either way, so no word of the exact ones is told."


def _find_no_readings(_baseline: str) -> tuple[Read, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Readers:
    """exact: what verdicts rest on; shown: what may be seen of the same, on which all that is shown rests;
    find_readings: given the period of a baseline, the ends of what the exact counts can be read as by what is shown."""

    exact: Read
    shown: Read
    find_readings: Callable[[str], tuple[Read, ...]] = _find_no_readings


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
    """The verdict of exact figures, if it holds however those that may be seen are read; values, forecast and
    sentences of these."""
    exact = _judge(target, read.exact, as_of)
    if exact is None:
        why = NO_FIGURE if target.measure else NO_MEASURE
        claims = _claims(target)
        if claims:
            why = "No number was promised: what is claimed stands with its mechanism and its evidence."
        return _card(target, None, Verdict.NOT_MEASURED, why, claims)
    baseline = target.baseline.period or "" if target.baseline else ""
    readings = (_judge(target, each, as_of) for each in read.find_readings(baseline))
    is_told = all(each is not None and each.verdict == exact.verdict for each in readings)
    verdict = exact.verdict if is_told else Verdict.NOT_YET_KNOWN
    shown = _judge(target, read.shown, as_of)
    if shown is None:
        return _card(target, None, verdict, NOTHING_SHOWN if is_told else NOT_SAID, ())
    if not is_told:
        return _card(target, shown, verdict, NOT_SAID, ())
    told = tell(shown.at_due, shown.verdict, target, as_of, shown.chance)
    if verdict != shown.verdict:
        told = f"{told} By the exact counts, of which some are hidden or rounded here, it is {verdict}."
    return _card(target, shown, verdict, told, ())


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
        implied=get_implied_start(target),
        notes=tuple(tell_implied_start(target, None)),
    )
    if judged is None:
        return card
    outcome = judged.latest
    points = outcome.points
    notes = [*outcome.notes, *tell_implied_start(target, outcome)]
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
