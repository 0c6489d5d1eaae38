"""The strategy in force beside the plan that is to show regard to it, item by item, with every gap."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from placewise_site.assurance.models import PlannedItem, RegardShown, Strategy, StrategyAim
from placewise_site.assurance.rules.strategy import GAP_WORDS, Gap, Regard, find_gap, find_unserved


@dataclass(frozen=True, slots=True)
class ItemRow:
    """aims: those of the strategy in force that it serves; gap: None where it shows regard."""

    item: PlannedItem
    aims: tuple[StrategyAim, ...]
    reason: str
    gap: Gap | None

    @property
    def told(self) -> str:
        return GAP_WORDS[self.gap] if self.gap else ""


@dataclass(frozen=True, slots=True)
class StrategyBook:
    """A strategy in force, the items of plans that are to show regard to it, and the aims that none of them serves."""

    strategy: Strategy
    aims: tuple[StrategyAim, ...]
    rows: tuple[ItemRow, ...]
    unserved: tuple[StrategyAim, ...]

    @property
    def gaps(self) -> list[ItemRow]:
        return [row for row in self.rows if row.gap]


def get_books(user: Any) -> list[StrategyBook]:
    """One for each body that agreed a strategy: its newest."""
    newest: dict[int, Strategy] = {}
    for each in Strategy.objects.visible_to(user).select_related("owner").order_by("-agreed_on", "-pk"):
        newest.setdefault(each.owner_id, each)
    return [_get_book(user, each) for each in newest.values()]


def get_aims(strategy: Strategy) -> QuerySet[StrategyAim]:
    """Those of the strategy in force of its owner: a newer one takes its place."""
    in_force = Strategy.objects.filter(owner=strategy.owner_id).order_by("-agreed_on", "-pk")[:1].get()
    return StrategyAim.objects.filter(strategy=in_force).order_by("pk")


def _get_book(user: Any, strategy: Strategy) -> StrategyBook:
    aims = {each.pk: each for each in get_aims(strategy)}
    items = PlannedItem.objects.visible_to(user).filter(strategy__owner=strategy.owner_id).select_related("board")
    said = {each.pk: _read(list(each.regards.all())) for each in items.prefetch_related("regards")}
    rows = tuple(
        ItemRow(
            each,
            tuple(aims[key] for key in sorted(said[each.pk].aims & aims.keys())),
            said[each.pk].reason,
            find_gap(said[each.pk], aims.keys()),
        )
        for each in items
    )
    return StrategyBook(strategy, tuple(aims.values()), rows, tuple(aims[key] for key in find_unserved(aims, said)))


def _read(rows: list[RegardShown]) -> Regard:
    """A reason counts until an aim is named after it."""
    last = max(rows, key=lambda each: each.pk, default=None)
    return Regard(frozenset(each.aim_id for each in rows if each.aim_id), last.reason if last else "")
