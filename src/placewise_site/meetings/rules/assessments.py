"""Which assessments a decision needs: of equality, and of how the people concerned were involved."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from placewise_site.meetings.rules.objections import Objection, Slug
from placewise_site.meetings.rules.powers import pounds


class Assessment(StrEnum):
    EQUALITY = "equality"
    INVOLVEMENT = "involvement"


ABSENT = {
    Assessment.EQUALITY: (
        Slug.EQUALITY_ASSESSMENT_ABSENT,
        "an equality impact assessment",
        "Have one signed for this item first.",
    ),
    Assessment.INVOLVEMENT: (
        Slug.INVOLVEMENT_ASSESSMENT_ABSENT,
        "an account of how people were involved",
        "Record where it stands first.",
    ),
}


@dataclass(frozen=True, slots=True)
class AssessmentRule:
    """When assessments are due. from_amount: pounds from which equality is assessed; 0: for any money at all."""

    from_amount: int


STRICTEST = AssessmentRule(0)
"""What holds where no rule is recorded."""


def find_due(rule: AssessmentRule, *, amount: int | None, changes_service: bool) -> dict[Assessment, str]:
    """The assessments that are due, each with why."""
    due: dict[Assessment, str] = {}
    if changes_service:
        due = dict.fromkeys(Assessment, "it changes a service that people use")
    elif amount is not None and amount > 0 and amount >= rule.from_amount:
        due[Assessment.EQUALITY] = f"it commits {pounds(amount)}"
    return due


def find_assessment_objections(due: dict[Assessment, str], recorded: Collection[Assessment]) -> Iterator[Objection]:
    for each, why in due.items():
        if each not in recorded:
            slug, name, remedy = ABSENT[each]
            yield Objection(slug, f"This needs {name}, since {why}, and there is none.", remedy, each)
