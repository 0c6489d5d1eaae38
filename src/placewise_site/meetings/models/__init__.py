"""What bodies decide: every table is history, and only grows."""

from placewise_site.meetings.models.action import Action, ActionStep
from placewise_site.meetings.models.bid import Bid, BidScore, ScorerDeclaration, ScorerRuling
from placewise_site.meetings.models.decision import Decision, Override, Refusal, Rest, Review, Route, Signature
from placewise_site.meetings.models.item import AimScore, Assessed, Item, ItemStep, Placement, Purpose, SystemReason
from placewise_site.meetings.models.meeting import Attendance, Meeting, MeetingStep, Minute
from placewise_site.meetings.models.paper import Citation, Paper, PaperStep, PaperVersion
from placewise_site.meetings.models.part import Declaration, InterestRuling, Vote
from placewise_site.meetings.models.rule import EqualityThreshold, UrgentRule

__all__ = [
    "Action",
    "ActionStep",
    "AimScore",
    "Assessed",
    "Attendance",
    "Bid",
    "BidScore",
    "Citation",
    "Decision",
    "Declaration",
    "EqualityThreshold",
    "InterestRuling",
    "Item",
    "ItemStep",
    "Meeting",
    "MeetingStep",
    "Minute",
    "Override",
    "Paper",
    "PaperStep",
    "PaperVersion",
    "Placement",
    "Purpose",
    "Refusal",
    "Rest",
    "Review",
    "Route",
    "ScorerDeclaration",
    "ScorerRuling",
    "Signature",
    "SystemReason",
    "UrgentRule",
    "Vote",
]
