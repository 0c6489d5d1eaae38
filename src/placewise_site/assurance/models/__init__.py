"""Risks and their controls, what organisations owe one another, reviews, packs, assessments of equality, money, and
plans beside the strategy."""

from placewise_site.assurance.models.assessments import Assessment, Effect, SignOff
from placewise_site.assurance.models.commitments import Commitment, Step
from placewise_site.assurance.models.finance import Forecast, OrganisationPlan, PlanClosing, PlanPart, SystemPlan
from placewise_site.assurance.models.packs import Answer, Challenge, Involvement, MoneyLine, Pack
from placewise_site.assurance.models.reviews import Review, Reviewer, SelfAssessment
from placewise_site.assurance.models.risks import Control, ControlTest, Risk, Score, Watch
from placewise_site.assurance.models.strategy import PlannedItem, RegardShown, Strategy, StrategyAim

__all__ = [
    "Answer",
    "Assessment",
    "Challenge",
    "Commitment",
    "Control",
    "ControlTest",
    "Effect",
    "Forecast",
    "Involvement",
    "MoneyLine",
    "OrganisationPlan",
    "Pack",
    "PlanClosing",
    "PlanPart",
    "PlannedItem",
    "RegardShown",
    "Review",
    "Reviewer",
    "Risk",
    "Score",
    "SelfAssessment",
    "SignOff",
    "Step",
    "Strategy",
    "StrategyAim",
    "SystemPlan",
    "Watch",
]
