"""A demo's strategy and the plan beside it: one item serves an aim, one says why it serves none, one is a gap."""

from datetime import date, timedelta

from placewise_site.assurance.actions.strategy import plan_for, record_strategy, show_regard
from placewise_site.governance.models import Body

AIMS = (
    "People live longer in good health, and the difference between places grows smaller",
    "Children have the best start in life",
    "People who care for others are seen and supported",
)
ITEMS = (
    "Check blood pressure where people shop and work",
    "Replace the telephone system of the contact centre",
    "Open a second centre for diagnostic tests",
)
PARTNERSHIP, BOARD = "partnership", "board"
"""Kinds of bodies: who agrees the strategy, and whose plan shows regard to it."""


def add_demo_strategy(today: date) -> None:
    """Where the deployment has a partnership and a board."""
    owner = Body.objects.filter(kind=PARTNERSHIP, open_to=None).first()
    board = Body.objects.filter(kind=BOARD, open_to=None).order_by("pk").first()
    if owner is None or board is None:
        return
    strategy = record_strategy(
        by=None,
        owner=owner,
        title="An invented strategy for five years",
        agreed_on=today - timedelta(days=300),
        source="Invented for the demonstration",
        aims=AIMS,
        is_invented=True,
    )
    plan = f"Plan of {today.year}"
    checks, telephones, _ = (
        plan_for(by=None, strategy=strategy, board=board, plan=plan, title=each, is_invented=True) for each in ITEMS
    )
    show_regard(by=None, item=checks, aim=strategy.aims.order_by("pk").first())
    show_regard(by=None, item=telephones, reason="it keeps a service running that every aim needs")
