"""Record a strategy with its aims, the items of a board's plan, and what each says of the strategy."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from placewise_site.accounts.actions import record_event
from placewise_site.accounts.models import User
from placewise_site.assurance.actions.permission import check_may
from placewise_site.assurance.models import PlannedItem, RegardShown, Strategy, StrategyAim
from placewise_site.assurance.queries.strategy import get_aims
from placewise_site.governance.models import Body


@transaction.atomic
def record_strategy(
    *,
    by: User | None,
    owner: Body,
    title: str,
    agreed_on: date,
    source: str,
    aims: Sequence[str],
    is_invented: bool = False,
) -> Strategy:
    """owner: the body that agreed it. A newer one takes the place of an earlier, and each item must be looked at again.

    Raises ValidationError without aims, or with one twice.
    """
    check_may(by, "keep_strategy")
    said = [each.strip() for each in aims if each.strip()]
    if not said or len(set(said)) != len(said):
        raise ValidationError("Write each aim of the strategy on a line of its own, once.")
    now = timezone.now()
    strategy = Strategy(
        at=now, by=by, owner=owner, title=title, agreed_on=agreed_on, source=source, is_invented=is_invented
    )
    strategy.full_clean()
    strategy.save()
    for each in said:
        aim = StrategyAim(at=now, by=by, strategy=strategy, title=each)
        aim.full_clean()
        aim.save()
    record_event(by=by, action="strategy_recorded", subject=owner.slug, strategy=strategy.pk, aims=len(said))
    return strategy


@transaction.atomic
def plan_for(
    *, by: User | None, strategy: Strategy, board: Body, plan: str, title: str, is_invented: bool = False
) -> PlannedItem:
    """An item of a board's plan. Until it shows regard to the strategy it is listed as a gap."""
    check_may(by, "keep_strategy")
    item = PlannedItem(
        at=timezone.now(), by=by, strategy=strategy, board=board, plan=plan, title=title, is_invented=is_invented
    )
    item.full_clean()
    item.save()
    record_event(by=by, action="plan_item_recorded", subject=board.slug, item=item.pk)
    return item


@transaction.atomic
def show_regard(*, by: User | None, item: PlannedItem, aim: StrategyAim | None = None, reason: str = "") -> RegardShown:
    """An aim that the item serves, or why it serves none. Raises ValidationError for neither, both, or an aim of a
    strategy that is not in force."""
    check_may(by, "keep_strategy")
    if (aim is None) == (not reason.strip()):
        raise ValidationError("Choose the aim that it serves, or say why it serves none: one of the two.")
    if aim is not None and aim not in get_aims(item.strategy):
        raise ValidationError("This aim is of an earlier strategy. Choose one of the strategy in force.")
    shown = RegardShown(at=timezone.now(), by=by, item=item, aim=aim, reason=reason.strip())
    shown.full_clean()
    shown.save()
    record_event(by=by, action="regard_shown", subject=item.board.slug, item=item.pk, aim=aim.pk if aim else None)
    return shown
