"""A release whose published figures are monthly series of two trusts and registers of practices, with planted truths.

- RT1 reports the four-hour share from 2022-02 only, and is 12 points better from 2025-04 on, against a standard of 95%;
- RT2 has neither a gap nor a step; `emergency_attendances` of it counts 100 for each day of the month;
- cancer patients come in halves; of 2025-03 nobody published anything;
- of 24 practices one has twice the others' share on its register;
- of twelve alliances ours is the last but one (counterparts.py).
"""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from builders.counterparts import COUNTERPARTS, RESTS_ON_THEM, iter_counterpart_rows
from builders.release import build_planted_release, build_published
from builders.release_texts import INDICATORS, SOURCES
from placewise.publishing.contract import RELEASED_PUBLISHED
from placewise.publishing.release import Release

TRUSTS = {"RT1": "Haven General Hospitals", "RT2": "South Haven Infirmary"}
MONTHS = [str(month) for month in np.arange(np.datetime64("2021-04"), np.datetime64("2026-04"))]
REPORTED_FROM, STEP = "2022-02", "2025-04"
PRACTICES = [f"P{number:05d}" for number in range(1, 25)]
OUTLIER = PRACTICES[6]

SERIES = {
    "emergency_within_4_hours": {
        "title": "Emergency attendances over within four hours",
        "unit": "proportion",
        "better": "higher",
        "note": "A month that a trust did not report is not 100%.",
        "counted": "Attendances",
        "chart": "control",
        "standard": {"value": 0.95, "says": "Invented standard"},
        "phases": [],
        "rank": 0,
        "sources": ["emergency_care"],
    },
    "emergency_attendances": {
        "title": "Emergency attendances",
        "unit": "attendances",
        "better": "neither",
        "note": "",
        "counted": "Attendances",
        "chart": "control",
        "rank": 1,
        "sources": ["emergency_care"],
    },
    "cancer_within_62_days": {
        "title": "Cancer treatment begun within 62 days",
        "unit": "proportion",
        "better": "higher",
        "note": "",
        "counted": "Patients",
        "chart": "control",
        "phases": [{"since": "2024-04", "because": "the routes were counted together", "areas": ["RT1"]}],
        "rank": 2,
        "sources": ["emergency_care"],
    },
    "qof_hypertension": {
        "title": "People on the hypertension register",
        "unit": "proportion",
        "better": "neither",
        "note": "",
        "counted": "Patients",
        "chart": "funnel",
        "rank": 3,
        "sources": ["emergency_care"],
    },
    "life_expectancy": {
        "title": "Life expectancy at birth, recomputed",
        "unit": "years",
        "better": "higher",
        "note": "Our own life table.",
        "kind": "estimated",
        "beside": "life_expectancy_published",
        "rank": 4,
        "sources": ["emergency_care", "residents_2020"],
    },
    "life_expectancy_published": {
        "title": "Life expectancy at birth, as published",
        "unit": "years",
        "better": "higher",
        "note": "",
        "rank": 5,
        "sources": ["residents_2020"],
    },
}
SOURCE = {
    "source": "emergency_care",
    "title": "Invented emergency care by month",
    "file": "waiting/emergency_care.csv",
    "sha256": "ab" * 32,
    "period": "2021-04 to 2026-03",
    "geography_edition": "Invented trusts",
    "rows_in": 120,
    "rows_kept": 120,
    "publisher": "Invented statistics office",
    "licence": "Open Government Licence v3.0",
    "attribution": "Invented attribution",
    "rejected": {},
    "note": "",
}


def build_series_release(store: Path) -> Release:
    return build_planted_release(store, **tell_series())


def tell_series() -> dict[str, Any]:
    """What a build of the planted release is told in place of its own published figures."""
    return {
        "published": pa.concat_tables([build_published(), build_series()]).unify_dictionaries(),
        "indicators": INDICATORS | SERIES | COUNTERPARTS,
        "sources": (*SOURCES, SOURCE),
        "rests_on": RESTS_ON_THEM,
    }


def build_series() -> pa.Table:
    chance = np.random.default_rng(7)
    rows: list[dict[str, Any]] = []
    for trust in TRUSTS:
        for month in MONTHS:
            came = 100 * _days(month)
            share = 0.7 + 0.12 * (trust == "RT1" and month >= STEP) + chance.normal(0, 0.01)
            reported = trust != "RT1" or month >= REPORTED_FROM
            within = round(came * share) if reported else None
            rows.append(_row("emergency_within_4_hours", trust, month, within, came, "proportion"))
            rows.append(_row("emergency_attendances", trust, month, came, None, "attendances"))
            if month >= "2023-04" and month != "2025-03":
                treated = 40 + chance.integers(20) / 2
                rows.append(_row("cancer_within_62_days", trust, month, treated / 2, treated, "proportion"))
    for place, practice in enumerate(PRACTICES):
        listed = 3000 + 500 * place
        on_register = round(listed * (0.28 if practice == OUTLIER else chance.normal(0.14, 0.01)))
        row = _row("qof_hypertension", practice, "2025-26", on_register, listed, "proportion")
        rows.append(row | {"area_kind": "practice", "area_name": f"Surgery {place + 1}"})
    nation = {"area_kind": "nation", "area_name": "Everywhere", "split": "sex", "group": "male"}
    for period, value, published in (("2016-2018", 79.528, 79.48), ("2017-2019", 79.654, 79.61)):
        ours = _row("life_expectancy", "nation", period, 795_938, 87_619_066, "years")
        rows.append(ours | nation | {"value": value, "lower": value - 0.028, "upper": value + 0.028})
        rows.append(_row("life_expectancy_published", "nation", period, published, None, "years") | nation)
    rows += iter_counterpart_rows()
    return pa.Table.from_pylist(rows, schema=RELEASED_PUBLISHED)


def _row(
    indicator: str, area: str, period: str, numerator: float | None, denominator: float | None, unit: str
) -> dict[str, Any]:
    value = numerator / denominator if numerator is not None and denominator else numerator
    return {
        "indicator": indicator,
        "area": area,
        "area_name": TRUSTS.get(area, area),
        "area_kind": "trust",
        "period": period,
        "split": "all",
        "group": "all",
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "lower": None,
        "upper": None,
        "unit": unit,
        "source": "emergency_care",
    }


def _days(month: str) -> int:
    first = np.datetime64(month)
    return int(((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(int))
