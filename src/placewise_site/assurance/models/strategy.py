"""The strategy of a partnership with its aims, the plan of a board with its items, and what each item says of the
strategy."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from placewise_site.assurance.models.recorded import Recorded
from placewise_site.governance.models import Body


class Strategy(Recorded):
    """owner: the body that agreed it. Of several of one owner the newest is in force."""

    owner = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    agreed_on = models.DateField()
    source = models.CharField(max_length=300)  # the document, and where it can be read
    is_invented = models.BooleanField(default=False)

    open_to_all: ClassVar[Q | None] = Q()  # strategies and plans are published

    class Meta(Recorded.Meta):
        ordering = ["-agreed_on", "-pk"]
        verbose_name = "record of strategies"

    def __str__(self) -> str:
        return self.title


class StrategyAim(Recorded):
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="aims")
    title = models.CharField(max_length=300)

    open_to_all: ClassVar[Q | None] = Q()

    class Meta(Recorded.Meta):
        verbose_name = "record of aims of strategies"
        constraints = [models.UniqueConstraint(fields=["strategy", "title"], name="strategy_aim_once")]

    def __str__(self) -> str:
        return self.title


class PlannedItem(Recorded):
    """One item of the plan of a board, which shows regard to a strategy. plan: what the plan is called."""

    board = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")  # of whose owner it shows regard
    plan = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    is_invented = models.BooleanField(default=False)

    open_to_all: ClassVar[Q | None] = Q()

    class Meta(Recorded.Meta):
        verbose_name = "record of items of boards' plans"

    def __str__(self) -> str:
        return self.title


class RegardShown(Recorded):
    """An aim that an item serves, or why it serves none. A reason holds until an aim is named after it."""

    item = models.ForeignKey(PlannedItem, on_delete=models.PROTECT, related_name="regards")
    aim = models.ForeignKey(StrategyAim, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    open_to_all: ClassVar[Q | None] = Q()

    class Meta(Recorded.Meta):
        verbose_name = "record of regard to strategies"
        constraints = [
            models.CheckConstraint(
                condition=Q(aim=None) & ~Q(reason="") | Q(aim__isnull=False, reason=""), name="regard_aim_or_why_not"
            )
        ]

    def __str__(self) -> str:
        return str(self.aim or self.reason)
