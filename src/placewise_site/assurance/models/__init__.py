"""Risks and their controls, what organisations owe one another, reviews, packs and assessments of equality."""

from placewise_site.assurance.models.assessments import Assessment, Effect, SignOff
from placewise_site.assurance.models.commitments import Commitment, Step
from placewise_site.assurance.models.packs import Answer, Challenge, Involvement, MoneyLine, Pack
from placewise_site.assurance.models.reviews import Review, Reviewer, SelfAssessment
from placewise_site.assurance.models.risks import Control, ControlTest, Risk, Score, Watch

__all__ = [
    "Answer",
    "Assessment",
    "Challenge",
    "Commitment",
    "Control",
    "ControlTest",
    "Effect",
    "Involvement",
    "MoneyLine",
    "Pack",
    "Review",
    "Reviewer",
    "Risk",
    "Score",
    "SelfAssessment",
    "SignOff",
    "Step",
    "Watch",
]
