"""What the planted release says besides its numbers."""

from typing import Any

from placewise.publishing.contract import CaseFinding, MeasureCard, NotMeasured, SeriesCard

CODE_LIST = {
    "name": "care_codes",
    "title": "The care that is asked for",
    "version": "1",
    "owner": "Invented network",
    "source": "invented",
    "review_date": "2027-01-15",
    "status": "preview",
    "codes": 3,
}


def build_card(
    measure: str, title: str, programme: str, *, better: str = "higher", lead: bool = False, **changed: Any
) -> MeasureCard:
    told: dict[str, Any] = {
        "measure": measure,
        "title": title,
        "programme": programme,
        "programme_title": programme.replace("_", " ").capitalize(),
        "why_it_matters": "Untreated, these conditions cause illness that could have been avoided.",
        "unit": "person",
        "better": better,
        "denominator_means": "people on the register",
        "numerator_means": "people among them with the care recorded",
        "definition": f"{measure}:\n  of: {{in: register}}\n  count: {{has: care_codes}}\n",
        "code_lists": (CODE_LIST,),
        "owner": "Invented network",
        "status": "published",
        "version": "0a1b2c3d",
        "reviewed": "2026-01-15",
        "next_review": "2027-01-15",
        "ambition": None,
        "lead": lead,
    }
    return MeasureCard(**(told | changed))


_COHORT = {"horizon": "12 months", "kind": "observed", "source": "An invented cohort", "note": ""}
_TREATED = {"population": "People of an invented cohort", "range": None} | _COHORT
IMPACT = {
    "people": "People newly given an anticoagulant",
    "effects": (
        {"event": "strokes", "effect": "prevents", "one_in": 25.0, **_TREATED},
        {"event": "major bleeds", "effect": "causes", "one_in": 100.0, **_TREATED},
    ),
    "net": (
        {"title": "One cohort", "one_in": 34.0, **_COHORT},
        {"title": "Another cohort", "one_in": 46.0, **_COHORT},
    ),
}
"""As the programme's section of it stands in a card."""

CARDS = (
    build_card(
        "af_anticoagulated",
        "People with AF at stroke risk who take an anticoagulant",
        "heart_care",
        lead=True,
        ambition={"value": 0.9, "by": "2029-03", "source": "invented"},
        impact=IMPACT,
        step=1,
        taken_up=True,
    ),
    build_card(
        "blood_pressure_treated", "People with high blood pressure treated to target", "heart_care", sensitive=True
    ),
    build_card(
        "carers_reviewed",
        "Unpaid carers offered a review",
        "carers",
        lead=True,
        previous={"version": "9f8e7d6c", "since": "2025-04-01", "changes": ("the period changed from 12 to 6 months",)},
    ),
)

CARD_KNOWN = build_card(
    "carers_known",
    "People known to be unpaid carers",
    "carers",
    better="neither",
    register="unpaid_carers",
    step=1,
    taken_up=True,
)

CASE_FINDING = (
    CaseFinding(
        register="unpaid_carers",
        title="Unpaid carers",
        measure="carers_known",
        missed_by=("carers_reviewed",),
        bases=(
            {
                "title": "An invented census",
                "share": 0.1,
                "from_age": 18,
                "kind": "estimated",
                "source": "Invented statistics office, 2021",
                "note": "Asked of households.",
            },
            {
                "title": "The partnership's statement",
                "people": 400000,
                "of": 2400000,
                "kind": "told",
                "source": "Haven Partnership, 2021",
                "note": "Stated without method.",
            },
        ),
    ),
)

NOT_MEASURED = (
    NotMeasured(
        slug="carers_lives",
        title="Years of life that carers lose",
        because="No deaths are linked to the register.",
        programme="carers",
    ),
)
FALLS: dict[str, Any] = {
    "note": "By the year of registration.",
    "programme": "falls_prevention",
    "programme_title": "Falls",
    "why_it_matters": "Falls break lives.",
    "owner": "Falls network",
    "status": "preview",
    "reviewed": "2026-03-01",
    "next_review": "2027-03-01",
}


def _falls(title: str, *rates: float) -> dict[str, Any]:
    """A Line of deaths for 100,000, a year each."""
    points = tuple(
        {"period": str(year), "end": f"{year}-12-31", "value": rate / 1e5, "lower": (rate - 1) / 1e5,
         "upper": (rate + 1) / 1e5, "number": rate * 10, "of": 1e6}
        for year, rate in enumerate(rates, start=2022)
    )  # fmt: skip
    return {"title": title, "scale": {"per": 100000, "decimals": 1, "unit": "per 100,000"}, "points": points}


RESTS_ON = (
    SeriesCard(slug="falls", title="Deaths by falls", lead=True, **FALLS),
    SeriesCard(
        slug="falls_by_sex",
        title="Deaths by falls and sex",
        lines=(_falls("Men", 9.0, 9.5, 8.0), _falls("Women", 12.0, 11.0, 10.5)),
        **FALLS,
    ),
    SeriesCard(
        slug="falls_by_place",
        title="Deaths by falls and place",
        lines=tuple(_falls(f"Place {number}", 9.0 + number) for number in range(1, 6)),
        **FALLS,
    ),
)
KNOWN_AND_EXPECTED: dict[str, Any] = {
    "cards": (*CARDS, CARD_KNOWN),
    "case_finding": CASE_FINDING,
    "not_measured": NOT_MEASURED,
    "rests_on": RESTS_ON,
}
"""`build_planted_release(store, **KNOWN_AND_EXPECTED)` tells how many carers are expected, and what is not measured."""

TITLES = {
    "learning_disability": "On the learning disability register",
    "unpaid_carers": "Known as an unpaid carer",
    "end_of_life": "End of life",
    "frailty": "Frailty or dementia",
    "chronic_conditions": "Long-term conditions",
    "healthy": "Generally healthy",
}

INDICATORS = {
    "rtt_waiting": {
        "title": "People waiting for planned treatment",
        "unit": "waits",
        "better": "lower",
        "note": "Incomplete pathways.",
    },
    "rtt_within_18_weeks": {"title": "Waits under 18 weeks", "unit": "proportion", "better": "higher", "note": ""},
    "rtt_over_52_weeks": {"title": "Waits over 52 weeks", "unit": "waits", "better": "lower", "note": ""},
    "residents_by_decile": {
        "title": "Residents by deprivation decile",
        "unit": "proportion",
        "better": "neither",
        "note": "Mid-year estimates.",
        "kind": "estimated",
    },
}

_PUBLISHED = {
    "publisher": "Invented statistics office",
    "licence": "Open Government Licence v3.0",
    "attribution": "Invented attribution",
    "rejected": {},
    "note": "",
}
SOURCES = (
    {
        "load": "0a1b2c3d4e5f",
        "table": "person",
        "file": "person.parquet",
        "sha256": "1" * 64,
        "rows_in": 36200,
        "rows_kept": 36190,
        "rejected": {"the date lies after the extract": None},
    },
    _PUBLISHED
    | {
        "source": "rtt_2026_01",
        "title": "Referral to treatment waiting times",
        "file": "rtt_2026_01.zip",
        "sha256": "2" * 64,
        "period": "2026-01",
        "geography_edition": "Trusts 2026",
        "rows_in": 21,
        "rows_kept": 21,
    },
    _PUBLISHED
    | {
        "source": "residents_2020",
        "title": "Residents by deprivation",
        "file": "residents.csv",
        "sha256": "3" * 64,
        "period": "2020",
        "geography_edition": "Invented areas 2021",
        "rows_in": 10,
        "rows_kept": 10,
    },
)

LOADS = (
    {
        "load": "0a1b2c3d4e5f",
        "source": "general_practice",
        "extracted_on": "2026-04-01",
        "purpose": "population_health_planning",
        "legal_basis": "UK GDPR article 6(1)(e)",
        "controller": "Invented practices",
        "retention_until": "2034-03-31",
        "people": 36190,
    },
)

CHECKS = ({"room": "measures", "check": "splits sum to all", "passed": True, "told": "Every split adds up."},)
