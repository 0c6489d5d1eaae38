"""A system plan with each organisation's own, the newest forecast beside it, and who bears what is overspent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from placewise_site.assurance.models import Forecast, OrganisationPlan, PlanClosing, PlanPart, SystemPlan
from placewise_site.assurance.rules.finance import Borne, Money, add_up, share_overspend
from placewise_site.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One organisation. own: None where it entered no plan; forecast: None where it gave none for the month asked."""

    organisation: Organisation
    part: PlanPart
    own: OrganisationPlan | None
    forecast: Forecast | None
    borne: Borne | None

    @property
    def differs(self) -> bool:
        """Whether its own plan is another than what the system plans for it."""
        return self.own is not None and self.own.money != self.part.money


@dataclass(frozen=True, slots=True)
class PlanBook:
    """month: of the forecasts, None where there are none; forecast: of all together, once all gave one;
    entered: of all organisations' own plans, once all entered one."""

    plan: SystemPlan
    is_closed: bool
    rows: tuple[PlanRow, ...]
    planned: Money
    month: date | None
    months: tuple[date, ...]
    forecast: Money | None
    entered: Money | None

    @property
    def overspend(self) -> int | None:
        """How much worse the balance is forecast than planned, below nothing for better; None where nobody knows."""
        return None if self.forecast is None else self.planned.balance - self.forecast.balance


def find_plans(user: Any) -> QuerySet[SystemPlan]:
    """Those a person may read, the newest year first."""
    return SystemPlan.objects.visible_to(user).prefetch_related(Prefetch("closing", PlanClosing.objects.all()))


def get_parts(plan: SystemPlan) -> list[PlanPart]:
    return list(PlanPart.objects.filter(plan=plan).select_related("organisation"))


def get_own_plans(plan: SystemPlan) -> dict[int, OrganisationPlan]:
    """Key of an organisation -> its newest plan."""
    return {each.organisation_id: each for each in OrganisationPlan.objects.filter(plan=plan).order_by("pk")}


def get_forecasts(plan: SystemPlan) -> dict[date, dict[int, Forecast]]:
    """Month -> key of an organisation -> its newest forecast; the months in order."""
    found: dict[date, dict[int, Forecast]] = {}
    for each in Forecast.objects.filter(plan=plan).order_by("month", "pk"):
        found.setdefault(each.month, {})[each.organisation_id] = each
    return found


def get_book(plan: SystemPlan, month: date | None = None) -> PlanBook:
    """month: which forecasts to set beside the plan; the newest month where it is None or has none."""
    parts, own, forecasts = get_parts(plan), get_own_plans(plan), get_forecasts(plan)
    month = month if month in forecasts else max(forecasts, default=None)
    given = forecasts[month] if month else {}
    has_all = bool(parts) and all(part.organisation_id in given for part in parts)
    borne = _share(parts, given) if has_all else {}
    rows = tuple(
        PlanRow(
            part.organisation,
            part,
            own.get(part.organisation_id),
            given.get(part.organisation_id),
            borne.get(part.organisation.code),
        )
        for part in parts
    )
    return PlanBook(
        plan=plan,
        is_closed=hasattr(plan, "closing"),
        rows=rows,
        planned=add_up(part.money for part in parts),
        month=month,
        months=tuple(forecasts),
        forecast=add_up(given[part.organisation_id].money for part in parts) if has_all else None,
        entered=add_up(each.money for each in own.values()) if len(own) == len(parts) else None,
    )


def _share(parts: list[PlanPart], given: Mapping[int, Forecast]) -> dict[str, Borne]:
    return share_overspend(
        {part.organisation.code: part.money for part in parts},
        {part.organisation.code: given[part.organisation_id].money for part in parts},
        {part.organisation.code: part.share for part in parts},
    )
