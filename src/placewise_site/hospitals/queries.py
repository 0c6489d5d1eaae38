"""Waits for planned treatment, from the statistics as their publisher released them: by trust and by specialty."""

from dataclasses import dataclass
from typing import Any

from placewise_site.evidence.releases import NotReleased
from placewise_site.evidence.sight import Sight

WAITING, WITHIN_18, OVER_52 = "rtt_waiting", "rtt_within_18_weeks", "rtt_over_52_weeks"
SPECIALTY = "treatment_function"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Waits:
    """One trust, specialty or system. Counts of waits, not of people; None where nothing was published."""

    code: str
    name: str
    period: str
    waiting: float | None
    within_18: float | None
    share_within_18: float | None
    over_52: float | None
    address: str  # of the claim for the number waiting


COLUMNS = (
    # key, title, is it a number
    ("name", "", False),
    ("waiting", "Waiting", True),
    ("within_18", "Under 18 weeks", True),
    ("share_within_18", "Share under 18 weeks", True),
    ("over_52", "Over 52 weeks", True),
)


def by_trust(sight: Sight, specialty: str = ALL) -> list[Waits]:
    """Every trust of the release, in all specialties or one, by name."""
    return _waits(sight, "area", "area_name", area_kind="trust", **_of(specialty))


def by_specialty(sight: Sight, area: str) -> list[Waits]:
    """One trust's or system's specialties, by name."""
    return _waits(sight, "group", "group", area=area, split=SPECIALTY)


def in_all(sight: Sight, area: str) -> Waits | None:
    """One trust or system in all its specialties."""
    return next(iter(_waits(sight, "area", "area_name", area=area, split=ALL)), None)


def system_waits(sight: Sight) -> Waits | None:
    """The whole system's list: everybody its commissioner answers for, wherever they wait."""
    return next(iter(_waits(sight, "area", "area_name", area_kind="system", split=ALL)), None)


def specialties(sight: Sight) -> list[tuple[str, str]]:
    """Code and title of each specialty that some trust reports, by title."""
    codes = {row["group"] for row in _rows(sight, WAITING, area_kind="trust", split=SPECIALTY)}
    return sorted(((code, sight.group_title(SPECIALTY, code)) for code in codes), key=lambda each: each[1])


def in_order(rows: list[Waits], sort: str) -> list[Waits]:
    """Sorted by a column, `-` before it for the largest first; what is missing comes last either way."""
    key = sort.removeprefix("-")
    if key not in {each[0] for each in COLUMNS}:
        return rows
    known = [row for row in rows if getattr(row, key) is not None]
    missing = [row for row in rows if getattr(row, key) is None]
    return sorted(known, key=lambda row: getattr(row, key), reverse=sort.startswith("-")) + missing


def sort_columns(first: str, sort: str, path: str, **kept: str) -> list[dict[str, Any]]:
    """The headings of a table: each links to the page sorted by it, the largest number first, then the other way."""
    headings = []
    for key, title, is_number in COLUMNS:
        state = {key: "ascending", f"-{key}": "descending"}.get(sort, "none")
        fresh = f"-{key}" if is_number else key
        turned = {"ascending": f"-{key}", "descending": key}.get(state, fresh)
        query = "&".join(f"{name}={value}" for name, value in {**kept, "sort": turned}.items() if value)
        headings.append({"title": title or first, "is_number": is_number, "state": state, "href": f"{path}?{query}"})
    return headings


def _of(specialty: str) -> dict[str, str]:
    return {"split": ALL} if specialty == ALL else {"split": SPECIALTY, "group": specialty}


def _waits(sight: Sight, by: str, name: str, **filters: str) -> list[Waits]:
    waiting = _rows(sight, WAITING, **filters)
    within = {row[by]: row for row in _rows(sight, WITHIN_18, **filters)}
    over = {row[by]: row for row in _rows(sight, OVER_52, **filters)}
    latest = max((row["period"] for row in waiting), default="")
    found = [
        Waits(
            code=row[by],
            name=sight.group_title(SPECIALTY, row[name]) if by == "group" else row[name],
            period=row["period"],
            waiting=row["numerator"],
            within_18=within.get(row[by], {}).get("numerator"),
            share_within_18=within.get(row[by], {}).get("value"),
            over_52=over.get(row[by], {}).get("numerator"),
            address="/".join((sight.manifest.release, WAITING, row["area"], row["period"], row["split"], row["group"])),
        )
        for row in waiting
        if row["period"] == latest
    ]
    return sorted(found, key=lambda each: each.name.casefold())


def _rows(sight: Sight, indicator: str, **filters: str) -> list[dict[str, Any]]:
    try:
        return list(sight.published(indicator, **filters).to_pylist())
    except NotReleased:
        return []
