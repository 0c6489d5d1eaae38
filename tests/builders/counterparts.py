"""Published figures of twelve invented alliances, ours among them, with a place planted for ours.

Of 4,000 cancers each, found early: ours 45%, one 40%, nine 55% and the best, Upland, 60%. Stage is known of 80% of ours
and of 90% of the others'. In the most deprived fifth ours finds 16 percentage points fewer early than in the least, the
others 8. Of survival nothing is published by group.
"""

from typing import Any

from placewise.publishing.contract import SeriesCard

KIND, OURS, LATE, BEST = "alliance", "AL07", "AL03", "AL12"
NAMES = {f"AL{number:02d}": f"Alliance {number}" for number in range(1, 12)} | {BEST: "Upland", OURS: "Haven Alliance"}
FOUND = 4000
EARLY = dict.fromkeys(NAMES, 0.55) | {OURS: 0.45, LATE: 0.40, BEST: 0.60}
LISTED = {
    "kind": KIND,
    "title": "Cancer alliance",
    "where": "Everywhere",
    "ours": OURS,
    "names": NAMES,
    "source": "Invented statistics office",
    "as_of": "2023-07",
}


def _card(title: str, rank: int, **more: Any) -> dict[str, Any]:
    said = {"title": title, "unit": "proportion", "better": "higher", "note": "", "counted": "Cancers", "rank": rank}
    return said | {"sources": ["emergency_care"], "counterparts": LISTED} | more


COUNTERPARTS = {
    "found_early_by_alliance": _card("Cancers found early by alliance", 10, completeness="stage_known_by_alliance"),
    "stage_known_by_alliance": _card("Cancers whose stage is known", 11),
    "alive_by_alliance": _card("People alive a year after their cancer was found", 12),
}
RESTS_ON_THEM = tuple(
    SeriesCard(
        slug=slug,
        title=COUNTERPARTS[slug]["title"],
        note="Invented.",
        programme="cancer_care",
        programme_title="Cancer care",
        why_it_matters="Cancer found early can mostly be cured.",
        owner="Invented network",
        status="preview",
        reviewed="2026-03-01",
        next_review="2027-03-01",
    )
    for slug in ("found_early_by_alliance", "alive_by_alliance")
)


def iter_counterpart_rows() -> Any:
    """Rows of RELEASED_PUBLISHED."""
    for code in NAMES:
        yield _row("found_early_by_alliance", code, EARLY[code])
        yield _row("stage_known_by_alliance", code, 0.8 if code == OURS else 0.9)
        yield _row("alive_by_alliance", code, 0.75)
        for fifth in range(5):
            lean = (0.04 if code == OURS else 0.02) * (fifth - 2)
            yield _row("found_early_by_alliance", code, EARLY[code] + lean, str(fifth + 1), FOUND / 5)


def _row(indicator: str, area: str, share: float, fifth: str = "", of: float = FOUND) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "area": area,
        "area_name": NAMES[area],
        "area_kind": KIND,
        "period": "2025",
        "split": "deprivation_fifth" if fifth else "all",
        "group": fifth or "all",
        "numerator": float(round(share * of)),
        "denominator": of,
        "value": round(share * of) / of,
        "lower": None,
        "upper": None,
        "unit": "proportion",
        "source": "emergency_care",
    }
