"""What a funnel plot says, in words."""

from collections.abc import Sequence

from placewise_site.evidence.charts.funnel import FEWEST_WIDENED, Funnel, Significance, Words
from placewise_site.web.figures.points import Point, Subject
from placewise_site.web.figures.rows import plural
from placewise_site.web.figures.wording import value_words

STANDS = {
    Significance.HIGH_ALARM: "above the 99.8% limit",
    Significance.HIGH: "above the 95% limit",
    Significance.NONE: "within the limits",
    Significance.LOW: "below the 95% limit",
    Significance.LOW_ALARM: "below the 99.8% limit",
}
ALARMS = (Significance.HIGH_ALARM, Significance.LOW_ALARM)

WITHIN, BETTER, WORSE = "Within the 99.8% limits", "Better, beyond 99.8%", "Worse, beyond 99.8%"
ABOVE, BELOW = "Above 99.8%", "Below 99.8%"
"""The key of the chart."""


def stand_words(word: str) -> str:
    """A word of Significance as the table has it; empty where nothing is known."""
    return STANDS[Significance(word)] if word else ""


def mark_of(word: str, better: str) -> str:
    """By which a point is marked."""
    if word not in ALARMS:
        return WITHIN
    is_high = word == Significance.HIGH_ALARM
    if better == "neither":
        return ABOVE if is_high else BELOW
    return BETTER if is_high == (better == "higher") else WORSE


def sentences(
    subject: Subject, found: Funnel, points: Sequence[Point], compared: str, period: str, own: str
) -> list[str]:
    known = int((found.exact != "").sum())
    together = value_words(found.target * subject.scale.per, subject.scale)
    told = [
        f"{subject.where}, {period}: {known} {plural(compared)} about {together}.",
        f"By chance alone {_outside(found.exact)}.",
    ]
    if found.widened is not None:
        told.append(f"Allowing for how far they usually lie apart (overdispersion), {_outside(found.widened)}.")
    hidden = len(points) - known
    if hidden:
        told.append(f"{hidden} {'is' if hidden == 1 else 'are'} not shown.")
    for place, point in enumerate(points):
        if own and point.code == own and point.value is not None:
            told.append(_own(subject, found, point, place))
    return told


def _outside(stands: Words) -> str:
    alarm = sum(1 for word in stands if word in ALARMS)
    outside = sum(1 for word in stands if word not in ("", Significance.NONE))
    if not outside:
        return "none lies outside the 95% limits"
    verb = "lies" if outside == 1 else "lie"
    return f"{outside} {verb} outside the 95% limits, {alarm or 'none'} of them outside 99.8%"


def _own(subject: Subject, found: Funnel, point: Point, place: int) -> str:
    said = f"{point.name}, {value_words(point.value, subject.scale)}, lies {stand_words(found.exact[place])}"
    if found.widened is None:
        return f"{said}."
    return f"{said} of chance alone, and {stand_words(found.widened[place])} that allow for overdispersion."


def caption(subject: Subject, found: Funnel) -> str:
    method = "Wilson's score interval" if subject.scale.is_share else "the exact Poisson distribution"
    words = [
        f"Grey lines: limits of chance alone, 95% (dashed) and 99.8% (solid), by {method}, without overdispersion."
    ]
    if found.widened is not None:
        words.append(
            "Shaded: limits that allow for overdispersion (Spiegelhalter), 95% within 99.8%; they mark the points."
        )
    elif (found.exact != "").sum() < FEWEST_WIDENED:
        words.append(f"Overdispersion is not told from fewer than {FEWEST_WIDENED} areas.")
    else:
        words.append("They lie no further apart than chance puts them, so nothing is allowed for overdispersion.")
    words.append("Even where nothing differs about 1 area in 20 lies outside 95%, and 1 in 500 outside 99.8%.")
    words.append("To lie outside is a reason to ask why, and no verdict.")
    return " ".join([*words, subject.counts]).strip()


def description(subject: Subject, found: Funnel, points: Sequence[Point], compared: str) -> str:
    words = [
        f"Funnel plot of {len(points)} {plural(compared)}: a point for each, by its size along "
        "the bottom and its value along the side, with limits that narrow as areas grow."
    ]
    marks = [mark_of(str(word), subject.better) for word in found.marked if word]
    words += [f"{mark}: {marks.count(mark)}." for mark in dict.fromkeys(marks)]
    return " ".join(words)
