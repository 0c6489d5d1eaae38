"""The four aims of an integrated care system, each scored in a word or not assessed. They are never added up."""

from collections.abc import Mapping
from enum import StrEnum


class Aim(StrEnum):
    INEQUALITIES = "inequalities"
    VARIATION = "variation"
    RESOURCES = "resources"
    WIDER_BENEFIT = "wider_benefit"


AIM_WORDS = {
    Aim.INEQUALITIES: "Cut inequalities",
    Aim.VARIATION: "Manage unwarranted variation",
    Aim.RESOURCES: "Use resources wisely",
    Aim.WIDER_BENEFIT: "Secure wider benefits",
}


class Score(StrEnum):
    HELPS = "helps"
    NO_DIFFERENCE = "no_difference"
    HARMS = "harms"
    NOT_ASSESSED = "not_assessed"


def fill_scores(scored: Mapping[Aim, Score]) -> dict[Aim, Score]:
    """All four, in their order; one that nobody scored reads not assessed."""
    return {aim: scored.get(aim, Score.NOT_ASSESSED) for aim in Aim}
