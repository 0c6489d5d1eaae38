"""What must hold before a plan is made: a ground for aiming at a protected group, and teams to send."""

from datetime import date

from placewise.floor.faults import refuse
from placewise.plans.outreach.definition import NOT_PROTECTED, Ground


def check_ground(groups_are: str, ground: Ground | None, today: date) -> None:
    """Raises FaultsFound where groups are of a protected characteristic and no ground in force is recorded.

    Source: Equality Act 2010, sections 149 and 158.
    """
    if groups_are in NOT_PROTECTED:
        return
    if ground is None:
        told = f"groups by {groups_are} may be of a protected characteristic, and no ground is recorded"
        raise refuse("outreach", told, f"give --ground, or group by one of {', '.join(NOT_PROTECTED)}")
    if ground.ends < today:
        raise refuse("outreach", f"its ground ended on {ground.ends}", "review it and record a new one")


def check_teams(teams: int) -> None:
    if teams < 1:
        raise refuse("outreach", f"{teams} teams can go nowhere", "give one team or more")
