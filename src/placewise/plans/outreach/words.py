"""An outreach plan in words and as rows: each group beside the total."""

from typing import Any

from placewise.plans.outreach.contract import OutreachPlan

RESTS_ON = (
    "Whoever comes to a site is seen, whatever their group: what is decided is where to go. An area's people come to "
    "the one open site that most of them would come to, and where more come than can be seen, every area gets the same "
    "share. The shares who would come are assumptions: compare them with what happens."
)


def tell_percent(share: float) -> str:
    return f"{share:.1%}"


def tell_plan(plan: OutreachPlan) -> str:
    """One sentence or two: how far the lowest group rises, beside the simplest choice and the price in total."""
    fairest, simplest, lowest = plan.fairest, plan.simplest, plan.lowest_group
    place = plan.need.groups.index(lowest)
    told = (
        f"With {_teams(plan.teams)} the lowest uptake rises from {tell_percent(plan.before[place])} (group {lowest}) "
        f"to {tell_percent(fairest.lowest)}; going where most people are reached would bring the lowest to "
        f"{tell_percent(simplest.lowest)}. In all about {fairest.total:,.0f} people would be newly reached, beside "
        f"{simplest.total:,.0f}."
    )
    return f"{told} {tell_proof(plan)}".strip()


def tell_proof(plan: OutreachPlan) -> str:
    """Empty where no other choice is better."""
    if plan.is_proved:
        return ""
    return (
        f"Not proved to be the best: the search was cut short, and another choice may bring the lowest up to "
        f"{tell_percent(plan.bound)}."
    )


def as_row(plan: OutreachPlan) -> dict[str, Any]:
    """For a machine: people not rounded, uptake from 0 to 1."""
    need = plan.need
    return {
        "told": tell_plan(plan),
        "rests_on": RESTS_ON,
        "teams": plan.teams,
        "lowest_group": plan.lowest_group,
        "proved": plan.is_proved,
        "bound": plan.bound,
        "fairest": {"sites": list(plan.fairest.sites), "lowest": plan.fairest.lowest, "newly": plan.fairest.total},
        "simplest": {"sites": list(plan.simplest.sites), "lowest": plan.simplest.lowest, "newly": plan.simplest.total},
        "groups": [
            {
                "group": group,
                "people": float(need.people[:, place].sum()),
                "reached": float(need.reached[:, place].sum()),
                "before": float(plan.before[place]),
                "newly_fairest": float(plan.fairest.newly[place]),
                "fairest": float(plan.fairest.uptake[place]),
                "newly_simplest": float(plan.simplest.newly[place]),
                "simplest": float(plan.simplest.uptake[place]),
            }
            for place, group in enumerate(need.groups)
        ],
    }


def _teams(number: int) -> str:
    return f"{number} team{'s' if number > 1 else ''}"
