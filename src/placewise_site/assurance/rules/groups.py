"""Which groups of people fare worse, by released figures alone; nobody is left out for being unknown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PROTECTED = (
    "age", "disability", "gender reassignment", "marriage and civil partnership", "pregnancy and maternity", "race",
    "religion or belief", "sex", "sexual orientation",
)  # fmt: skip
"""The protected characteristics: Equality Act 2010, section 4."""
DEPRIVATION = "deprivation"
"""Not protected by that Act: the duty to reduce inequalities is in the National Health Service Act 2006, 14Z35."""
CHARACTERISTICS = (*PROTECTED, DEPRIVATION)
RECORDED_AS = {"age_band": "age", "ethnicity": "race", "sex": "sex", "deprivation_fifth": DEPRIVATION}
"""How a release counts people -> the characteristic that this tells of."""


class Standing(StrEnum):
    WORSE = "worse"
    NOT_WORSE = "not worse"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigure:
    """One group's released value with its 95% limits; all None where it is hidden."""

    group: str
    title: str
    value: float | None
    lower: float | None
    upper: float | None


def judge_group(figure: GroupFigure, whole: float | None, better: str) -> Standing:
    """Worse where all of its interval is on the worse side of everybody's value.

    better: higher or lower; anything else has no worse side. Hidden is not known, and never "not worse".
    """
    if whole is None or figure.lower is None or figure.upper is None or better not in ("higher", "lower"):
        return Standing.NOT_KNOWN
    is_worse = figure.upper < whole if better == "higher" else figure.lower > whole
    return Standing.WORSE if is_worse else Standing.NOT_WORSE


def find_affected(figures: Sequence[GroupFigure], whole: float | None, better: str) -> list[GroupFigure]:
    """The groups that fare worse than everybody together."""
    return [each for each in figures if judge_group(each, whole, better) == Standing.WORSE]
