"""What a control chart says, in words: of each point, of the series, and of the level to reach."""

from placewise.floor.statistics.control_charts.chart import Assurance, PointType
from placewise.floor.statistics.control_charts.special_causes import Rule
from placewise_site.web.figures.ambition import Ambition
from placewise_site.web.figures.signs import Sign
from placewise_site.web.figures.wording import value_words

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


def variation_sign(kind: PointType, *, is_high: bool) -> Sign:
    """The icon of the latest point."""
    letter = "H" if is_high else "L"
    if kind == PointType.COMMON_CAUSE:
        return Sign("variation", "common", "", "Variation: common cause, no change")
    if kind in (PointType.IMPROVEMENT, PointType.CONCERN):
        which = "improvement" if kind == PointType.IMPROVEMENT else "concern"
        side = "high" if is_high else "low"
        return Sign("variation", which, letter, f"Variation: special cause {which} ({side})")
    if kind in (PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW):
        side = "high" if kind == PointType.NEUTRAL_HIGH else "low"
        return Sign("variation", "neutral", letter, f"Variation: special cause ({side}), neither good nor bad")
    return Sign("variation", "none", "", "Variation: too few points to say")


ASSURANCE_WORDS = {
    Assurance.PASS: ("pass", "P", "Assurance: consistently met"),
    Assurance.FAIL: ("fail", "F", "Assurance: consistently not met"),
    Assurance.INCONSISTENT: ("inconsistent", "?", "Assurance: met or not by chance"),
}


def assurance_sign(assurance: Assurance) -> tuple[Sign, ...]:
    """None without a level to reach."""
    return (Sign("assurance", *ASSURANCE_WORDS[assurance]),) if assurance != Assurance.NONE else ()


def assurance_sentence(assurance: Assurance, ambition: Ambition | None) -> list[str]:
    if assurance == Assurance.NONE or ambition is None:
        return []
    level = f"The level to reach, {value_words(ambition.value, ambition.scale)},"
    return [
        {
            Assurance.PASS: f"{level} lies beyond the limits on the good side: it is met whatever chance does.",
            Assurance.FAIL: f"{level} lies beyond the limits: it is not met unless something changes.",
            Assurance.INCONSISTENT: f"{level} lies within the limits: it may be met or missed by chance.",
        }[assurance]
    ]
