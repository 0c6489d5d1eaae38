"""What a control chart says, in words: of each point, of the series, and of the level to reach."""

from collections import Counter

from placewise_site.evidence.charts.control import (
    SCREEN,
    SHORT,
    Assurance,
    Method,
    PointType,
    ReadSeries,
    Rule,
)
from placewise_site.web.figures.points import Subject
from placewise_site.web.figures.signs import Sign
from placewise_site.web.figures.wording import NOT_COMPLETE_WORDS, value_words

METHODS = {
    Method.XMR: "XmR chart: limits from the changes between neighbouring months",
    Method.P_PRIME: "p' chart (Laney), for shares of large numbers",
    Method.U_PRIME: "u' chart (Laney), for rates of large numbers",
    Method.T: "t chart, for rare events: the time between each and the next, with exact limits",
    Method.G: "g chart, for rare events: what lies between each and the next, with exact limits",
}
"""How the caption names each method."""

KINDS = {
    PointType.COMMON_CAUSE: "Common cause",
    PointType.IMPROVEMENT: "Improvement",
    PointType.CONCERN: "Concern",
    PointType.NEUTRAL_HIGH: "Unusually high",
    PointType.NEUTRAL_LOW: "Unusually low",
    PointType.NO_LIMITS: "No limits",
}
"""The key of the chart, and how its table names each point."""


def rule_words(rule: Rule, *, is_high: bool, run_length: int) -> str:
    """Why a point is no chance, after a verb: above the upper limit."""
    return {
        Rule.OUTSIDE: f"{'above the upper' if is_high else 'below the lower'} limit",
        Rule.TREND: f"part of a run of {run_length} or more that each {'rise' if is_high else 'fall'}",
        Rule.TWO_OF_THREE: f"one of two in three near the {'upper' if is_high else 'lower'} limit",
        Rule.SHIFT: f"part of a run of {run_length} or more {'above' if is_high else 'below'} the centre line",
    }[rule]


def reading_words(read: ReadSeries, place: int) -> str:
    """What the table says of a point."""
    point, rule = read.points[place], read.rule(place)
    if not point.settled:
        return NOT_COMPLETE_WORDS
    if point.value is None:
        return point.missing
    kind = KINDS[read.kind(place)]
    return kind if rule is None else f"{kind}: {_why(read, rule, place)}"


def signs(read: ReadSeries) -> tuple[Sign, ...]:
    """The icons of the latest point and, where there is a level to reach, of whether it is reached."""
    assured = ASSURANCE_SIGNS.get(read.assurance)
    return (_variation_sign(read.kind(read.latest), is_high=read.is_high(read.latest)), *([assured] if assured else ()))


def _variation_sign(kind: PointType, *, is_high: bool) -> Sign:
    letter, side = ("H", "high") if is_high else ("L", "low")
    if kind == PointType.COMMON_CAUSE:
        return Sign("variation", "common", "", "Variation: common cause, no change")
    if kind in (PointType.IMPROVEMENT, PointType.CONCERN):
        which = "improvement" if kind == PointType.IMPROVEMENT else "concern"
        return Sign("variation", which, letter, f"Variation: special cause {which} ({side})")
    if kind in (PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW):
        return Sign("variation", "neutral", letter, f"Variation: special cause ({side}), neither good nor bad")
    return Sign("variation", "none", "", "Variation: too few points to say")


def _why(read: ReadSeries, rule: Rule, place: int) -> str:
    return rule_words(rule, is_high=read.is_high(place), run_length=read.run_length)


ASSURANCE_SIGNS = {
    Assurance.PASS: Sign("assurance", "pass", "P", "Assurance: consistently met"),
    Assurance.FAIL: Sign("assurance", "fail", "F", "Assurance: consistently not met"),
    Assurance.INCONSISTENT: Sign("assurance", "inconsistent", "?", "Assurance: met or not by chance"),
}
ASSURANCE_WORDS = {
    Assurance.PASS: "lies beyond the limits on the good side: it is met whatever chance does.",
    Assurance.FAIL: "lies beyond the limits: it is not met unless something changes.",
    Assurance.INCONSISTENT: "lies within the limits: it may be met or missed by chance.",
}


def sentences(subject: Subject, read: ReadSeries) -> list[str]:
    """The latest point, how many the rules mark, what takes no part, and the level to reach."""
    known = sum(1 for each in read.points if each.settled and each.value is not None)
    marked = sum(1 for place in range(len(read.points)) if read.rule(place) is not None)
    told = [_latest_sentence(subject.where, read), f"The rules mark {marked or 'none'} of {known} {read.noun}s."]
    told += gap_sentences(read)
    if read.chart.limits.is_short.any():
        told.append(f"Limits of fewer than {SHORT} {read.noun}s are not firm yet.")
    if newest := [each for each in read.points if not each.settled]:
        drawn = " (hollow)" if any(each.value is not None for each in newest) else ""
        told.append(f"The newest {len(newest)} are {NOT_COMPLETE_WORDS}{drawn} and take no part.")
    if subject.ambition and read.assurance in ASSURANCE_WORDS:
        level = value_words(subject.ambition.value, subject.scale)
        told.append(f"The level to reach, {level}, {ASSURANCE_WORDS[read.assurance]}")
    return told


def gap_sentences(read: ReadSeries) -> list[str]:
    """How many points have no number, a sentence for each reason; those not complete yet are told apart."""
    missing = Counter(point.missing for point in read.points if point.missing and point.settled)
    return [
        f"{number} {read.noun}s are {why}: gaps in the line."
        if number > 1
        else f"{number} {read.noun} is {why}: a gap in the line."
        for why, number in missing.items()
    ]


def _latest_sentence(where: str, read: ReadSeries) -> str:
    place = read.latest
    point, kind, rule = read.points[place], read.kind(place), read.rule(place)
    said = f"{where}, {point.name}: {value_words(point.value, read.scale)}"
    low, high = (value_words(float(line[place]), read.scale) for line in (read.lower, read.upper))
    if kind == PointType.NO_LIMITS:
        return f"{said}; there are too few {read.noun}s about it for limits."
    if rule is None:
        return f"{said}, within the limits of {low} to {high}: common cause, no change."
    return f"{said}, marked as special cause: {_why(read, rule, place)} (limits {low} to {high})."


def caption(subject: Subject, read: ReadSeries) -> str:
    """Method, screening, run length, breaks and what the counts are."""
    words = [f"{METHODS[read.method]}."]
    if not read.method.is_of_gaps:
        words.append(
            f"Changes of {SCREEN} times their mean or more are left out of the limits once."
            if read.chart.limits.screened
            else "No change is left out of the limits."
        )
    words.append(
        "Rules of Making Data Count: outside the limits; two of three near a limit; "
        f"{read.run_length} in a row on one side, or {read.run_length} rising or falling."
    )
    words += [f"Begun anew: {each.words}." for each in read.breaks]
    words.append("Solid line: centre. Dashed grey lines: limits.")
    words += ["Dashed plum line: the level to reach."] if subject.ambition else []
    return " ".join([*words, subject.counts]).strip()


def description(subject: Subject, read: ReadSeries) -> str:
    points = read.points
    words = [
        f"Control chart of {len(points)} {read.noun}s, {points[0].name} to {points[-1].name}: a line of points with a "
        "centre line and an upper and a lower limit.",
    ]
    for kind, label in KINDS.items():
        number = sum(1 for place in range(len(points)) if points[place].settled and read.kind(place) == kind)
        if number and kind != PointType.NO_LIMITS:
            words.append(f"{label}: {number}.")
    words += gap_sentences(read)
    if subject.ambition:
        words.append(f"A dashed line marks the level to reach, {subject.ambition.words}.")
    return " ".join(words)
