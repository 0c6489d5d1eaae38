"""Waits for planned treatment, from published statistics: by trust and by specialty."""

from dataclasses import dataclass
from typing import Any

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight

WAITING, WITHIN_18, OVER_52 = "rtt_waiting", "rtt_within_18_weeks", "rtt_over_52_weeks"
TRUST = "trust"
SPECIALTY = "treatment_function"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Waits:
    """One trust, specialty or system. Counts of waits, not of people; None where nothing was published.

    The addresses are of the claims for the number waiting, those under 18 weeks and those over 52.
    """

    code: str
    name: str
    period: str
    waiting: float | None
    within_18: float | None
    share_within_18: float | None
    over_52: float | None
    address: str
    within_18_address: str
    over_52_address: str


def has_waits(sight: Sight) -> bool:
    return WAITING in sight.manifest.indicators


def by_trust(sight: Sight, specialty: str = ALL) -> list[Waits]:
    """Every trust of the release, in all specialties or one, by name."""
    return _waits(sight, "area", "area_name", area_kind=TRUST, **_of(specialty))


def by_specialty(sight: Sight, area: str) -> list[Waits]:
    """One trust's or system's specialties, by name."""
    return _waits(sight, "group", "group", area=area, split=SPECIALTY)


def in_all(sight: Sight, area: str) -> Waits | None:
    """One trust or system in all its specialties."""
    return next(iter(_waits(sight, "area", "area_name", area=area, split=ALL)), None)


def system_waits(sight: Sight) -> Waits | None:
    """The whole system's list: everybody its commissioner answers for, wherever they wait."""
    return in_all(sight, sight.whole.code) if sight.areas else None


def specialties(sight: Sight) -> list[tuple[str, str]]:
    """Code and title of each specialty that some trust reports, by title."""
    codes = {row["group"] for row in _rows(sight, WAITING, area_kind=TRUST, split=SPECIALTY)}
    return sorted(((code, sight.group_title(SPECIALTY, code)) for code in codes), key=lambda each: each[1])


def waits_source(sight: Sight) -> dict[str, Any] | None:
    """The published file that the latest waits came from: its title, publisher, period and licence."""
    latest = max(_rows(sight, WAITING), key=lambda row: row["period"], default=None)
    return next((each for each in sight.manifest.sources if latest and each.get("source") == latest["source"]), None)


def _of(specialty: str) -> dict[str, str]:
    return {"split": ALL} if specialty == ALL else {"split": SPECIALTY, "group": specialty}


def _waits(sight: Sight, by: str, name: str, **filters: str) -> list[Waits]:
    waiting = _rows(sight, WAITING, **filters)
    latest = max((row["period"] for row in waiting), default="")
    filters["period"] = latest
    within = {row[by]: row for row in _rows(sight, WITHIN_18, **filters)}
    over = {row[by]: row for row in _rows(sight, OVER_52, **filters)}
    found = [
        Waits(
            code=row[by],
            name=sight.group_title(SPECIALTY, row[name]) if by == "group" else row[name],
            period=row["period"],
            waiting=row["numerator"],
            within_18=within.get(row[by], {}).get("numerator"),
            share_within_18=within.get(row[by], {}).get("value"),
            over_52=over.get(row[by], {}).get("numerator"),
            address=sight.published_address(row),
            within_18_address=_address(sight, within.get(row[by])),
            over_52_address=_address(sight, over.get(row[by])),
        )
        for row in waiting
        if row["period"] == latest
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def _address(sight: Sight, row: dict[str, Any] | None) -> str:
    return sight.published_address(row) if row else ""


def _rows(sight: Sight, indicator: str, **filters: str) -> list[dict[str, Any]]:
    try:
        return list(sight.published(indicator, **filters).to_pylist())
    except NotReleased:
        return []
