"""Who may decide: bodies, their seats, who sits there, what they declared, agreements, and the scheme of delegation."""

from placewise_site.governance.models.bodies import Body, Seat, SeatKind
from placewise_site.governance.models.composition import Characteristic, Composition, SelfDescription
from placewise_site.governance.models.engagement import (
    Clause,
    ClauseComment,
    ClauseResponse,
    Disposition,
    Engagement,
    EngagementClosing,
)
from placewise_site.governance.models.interests import Interest, InterestEnd, InterestKind
from placewise_site.governance.models.members import Ending, Member, Membership, MemberSkill
from placewise_site.governance.models.powers import Delegation, Edition, Function, Instrument, InstrumentVersion, Quorum
from placewise_site.governance.models.seats import SeatVersion

__all__ = [
    "Body",
    "Characteristic",
    "Clause",
    "ClauseComment",
    "ClauseResponse",
    "Composition",
    "Delegation",
    "Disposition",
    "Edition",
    "Ending",
    "Engagement",
    "EngagementClosing",
    "Function",
    "Instrument",
    "InstrumentVersion",
    "Interest",
    "InterestEnd",
    "InterestKind",
    "Member",
    "MemberSkill",
    "Membership",
    "Quorum",
    "Seat",
    "SeatKind",
    "SeatVersion",
    "SelfDescription",
]
